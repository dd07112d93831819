"""Opening a centre and changing what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from digirum.base import search
from digirum.base.refusal import NotAllowed, Refused
from digirum.people.models import Organisation, Person
from digirum.place import rules
from digirum.place.actions.steps import differs, done, locked, needs_swedish, overtaken, write
from digirum.place.models import Centre
from digirum.place.search import index_centre


@transaction.atomic
def add_centre(
    *, by: Person | None, at: datetime, organisation: Organisation, slug: str, values: Mapping[str, Any]
) -> Centre:
    """Opens a centre as a unit of the city. ``values`` are its columns (``name_sv``, ``street`` …)."""
    if by is not None and not rules.may_add_centre(by, organisation, at=at):
        raise NotAllowed(_("Only administrators open new centres."), code="not-allowed")
    _check(values)
    if Centre.objects.filter(slug=slug).exists():
        raise Refused(_("The address is taken. Choose another one."), code="slug-taken", field="slug")
    if Centre.objects.filter(organisation=organisation).exists():
        raise Refused(
            _("This unit has a centre already. Choose another unit."), code="organisation-taken", field="organisation"
        )
    centre = Centre(slug=slug, organisation=organisation)
    write(centre, values)
    index_centre(centre)
    done(by, at, centre, "place.centre_added", centre)
    return centre


@transaction.atomic
def change_centre(
    *, by: Person | None, at: datetime, centre: Centre, values: Mapping[str, Any], revision: int
) -> Centre:
    """Changes what is said of a centre. ``revision`` is the one that the writer saw; ``RevisionConflict`` if it is old."""
    now = locked(by, at, centre)
    if not differs(now, values):
        return now
    if now.revision != revision:
        raise overtaken(now, now.revision)
    _check(values)
    write(now, {**values, "revision": revision + 1})
    index_centre(now)
    done(by, at, now, "place.centre_changed", now)
    return now


@transaction.atomic
def remove_centre(*, by: Person | None, at: datetime, centre: Centre) -> None:
    """Removes a centre that nothing has happened at. One that has a programme stays, with the hours it has."""
    now = locked(by, at, centre)
    if by is not None and not rules.may_add_centre(by, now.organisation, at=at):
        raise NotAllowed(_("Only administrators remove centres."), code="not-allowed")
    done(by, at, now, "place.centre_removed", now)
    try:
        with transaction.atomic():
            search.remove(now)
            now.delete()
    except (models.ProtectedError, models.RestrictedError) as error:
        raise Refused(
            _("Things have happened at this centre, so it is kept. Set its hours to closed instead."), code="in-use"
        ) from error


def _check(values: Mapping[str, Any]) -> None:
    needs_swedish(values, "name", _("Write the centre's name in Swedish."))
    latitude, longitude = values.get("latitude"), values.get("longitude")
    if (latitude is None) != (longitude is None):
        raise Refused(
            _("A place on the map needs two numbers. Write both latitude and longitude, or neither."),
            code="half-a-place",
            field="longitude",
        )
