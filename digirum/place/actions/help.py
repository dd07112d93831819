"""Saying what a centre helps with, what it does not, and who does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.people.models import Person
from digirum.place.actions.steps import differs, done, locked, overtaken, write
from digirum.place.models import Centre, CentreHelp
from digirum.topics.models import HelpTopic


@transaction.atomic
def set_help(
    *,
    by: Person | None,
    at: datetime,
    centre: Centre,
    topic: HelpTopic,
    stance: str,
    values: Mapping[str, Any],
    revision: int | None = None,
) -> CentreHelp:
    """Takes a stance on a topic. ``values`` are ``note_sv`` …, ``who_does_sv`` … and ``link``.

    A "no" must name who does help. ``revision`` is the one that the writer saw; None where there was no stance.
    """
    now = locked(by, at, centre)
    if stance not in CentreHelp.Stance:
        raise Refused(_("Choose whether you help with this or not."), code="unknown-stance", field="stance")
    if stance == CentreHelp.Stance.NO_HELP and not (values.get("who_does_sv") or "").strip():
        raise Refused(
            _("Write in Swedish who does help, so that nobody is sent away with nothing."),
            code="who-does-needed",
            field="who_does_sv",
        )
    known = CentreHelp.objects.filter(centre=now, topic=topic).first()
    wanted = {**values, "stance": stance}
    if known and not differs(known, wanted):
        return known
    if known and known.revision != revision:
        raise overtaken(known, known.revision)
    given = known or CentreHelp(centre=now, topic=topic, revision=0)
    write(given, {**wanted, "revision": given.revision + 1})
    done(by, at, now, "place.help_set", given)
    return given


@transaction.atomic
def remove_help(*, by: Person | None, at: datetime, given: CentreHelp) -> None:
    """Takes the stance away: nothing is said of the topic any more."""
    centre = locked(by, at, given.centre)
    done(by, at, centre, "place.help_removed", given)
    given.delete()
