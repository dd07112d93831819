"""The tree of organisations: a new one, another name, another place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base import ids
from digirum.base.generations import raise_generation
from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.people import rules
from digirum.people.models import Organisation, Person

LONGEST_PATH = Organisation._meta.get_field("path").max_length or 0


@transaction.atomic
def create_organisation(
    *,
    by: Person | None,
    at: datetime,
    slug: str,
    names: Mapping[str, str],
    kind: str,
    parent: Organisation | None = None,
) -> Organisation:
    """A new part of the tree. ``names`` gives its name by field (``name_sv`` and those of other languages)."""
    _allowed(by, at)
    if Organisation.objects.filter(slug=slug).exists():
        raise Refused(_("Another organisation has this address. Choose another one."), code="slug-taken", field="slug")
    above = _all_locked().get(parent.pk) if parent else None
    organisation = Organisation(slug=slug, kind=kind, parent=above, path=str(ids.uuid4()), **_named(names))
    organisation.save()
    organisation.path = _path_below(above, organisation)
    organisation.save(update_fields=["path"])
    record(by=by, verb="people.organisation_created", noun=organisation, at=at)
    return organisation


@transaction.atomic
def rename_organisation(
    *, by: Person | None, at: datetime, organisation: Organisation, names: Mapping[str, str], slug: str | None = None
) -> Organisation:
    """Another name, in one language or several, and another address if ``slug`` is given."""
    _allowed(by, at)
    locked = _all_locked()[organisation.pk]
    if slug and slug != locked.slug and Organisation.objects.filter(slug=slug).exists():
        raise Refused(_("Another organisation has this address. Choose another one."), code="slug-taken", field="slug")
    locked.slug = slug or locked.slug
    for field, text in _named(names).items():
        setattr(locked, field, text)
    locked.save()
    record(by=by, verb="people.organisation_renamed", noun=locked, at=at)
    raise_generation("site")
    return locked


@transaction.atomic
def move_organisation(
    *, by: Person | None, at: datetime, organisation: Organisation, below: Organisation | None
) -> Organisation:
    """Puts the organisation, with all below it, under another one (or at the top). Roles follow the new tree at once.

    The whole tree is locked meanwhile, so that two moves cannot make a ring.
    """
    _allowed(by, at)
    tree = _all_locked()
    moved, above = tree[organisation.pk], tree[below.pk] if below else None
    if above and above.path.startswith(moved.path):
        raise Refused(
            _("An organisation cannot be a part of itself. Choose one that is not below it."),
            code="ring",
            field="parent",
        )
    old, new = moved.path, _path_below(above, moved)
    below_it = [part for part in tree.values() if part.path.startswith(old)]
    if max(len(part.path) for part in below_it) - len(old) + len(new) > LONGEST_PATH:
        raise Refused(_("The tree would be too deep here. Choose a place higher up."), code="too-deep", field="parent")
    for part in below_it:
        part.path = new + part.path.removeprefix(old)
    moved.parent = above
    Organisation.objects.bulk_update(below_it, ["path", "parent"])
    record(by=by, verb="people.organisation_moved", noun=moved, at=at)
    return moved


def _allowed(by: Person | None, at: datetime) -> None:
    if by is not None and not rules.may_arrange_organisations(by, at=at):
        raise NotAllowed(_("Only an administrator can change organisations. Ask one."), code="not-allowed")


def _all_locked() -> dict[int, Organisation]:
    """The whole tree, which is small, locked in one order."""
    return {part.pk: part for part in Organisation.objects.select_for_update().order_by("pk")}


def _path_below(above: Organisation | None, organisation: Organisation) -> str:
    return f"{above.path if above else '/'}{organisation.pk}/"


def _named(names: Mapping[str, str]) -> dict[str, str]:
    if not any(names.values()):
        raise Refused(_("Write a name."), code="no-name", field="name_sv")
    return {field: text.strip() for field, text in names.items()}
