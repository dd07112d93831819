"""The steps that every act on a centre takes: may you, lock, write in the journal, make the pages fresh."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from digirum.base.audience import Audience
from digirum.base.generations import raise_generation
from digirum.base.refusal import NotAllowed, Refused, RevisionConflict
from digirum.journal.record import record
from digirum.people.models import Person
from digirum.place import rules
from digirum.place.models import Centre


def overtaken(theirs: Any, revision: int) -> RevisionConflict:
    """Somebody else was first with the same thing."""
    return RevisionConflict(
        _("Somebody else has changed this meanwhile. Compare the texts below, and save again."),
        theirs=theirs,
        revision=revision,
    )


def locked(by: Person | None, at: datetime, centre: Centre) -> Centre:
    """The centre as it is now, locked for this act; ``NotAllowed`` for whoever does not run it."""
    now = Centre.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=centre.pk)
    if by is not None and not rules.may_run(by, now, at=at):
        raise NotAllowed(_("Only those who run this centre change it."), code="not-allowed")
    return now


def done(by: Person | None, at: datetime, centre: Centre, verb: str, noun: models.Model) -> None:
    """Writes in the journal and makes every page that shows the centre fresh."""
    record(by=by, verb=verb, noun=noun, at=at, audience=Audience.PUBLIC)
    raise_generation("place", f"centre:{centre.slug}")


def differs(noun: models.Model, values: Mapping[str, Any]) -> bool:
    """Whether writing the values would change anything. An empty text is as good as none."""
    return any((getattr(noun, name) or None) != (value or None) for name, value in values.items())


def write(noun: models.Model, values: Mapping[str, Any]) -> None:
    """Sets the values and saves."""
    for name, value in values.items():
        setattr(noun, name, value)
    noun.save()


def needs_swedish(values: Mapping[str, Any], field: str, sentence: str) -> None:
    """Swedish stands in for every language that lacks a text, so it is needed."""
    if not (values.get(f"{field}_sv") or "").strip():
        raise Refused(sentence, code=f"{field}-needed", field=f"{field}_sv")
