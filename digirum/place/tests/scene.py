"""A centre to test with, and the people who run it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from digirum.people.models import Organisation, Person, Role
from digirum.place import actions
from digirum.place.hours import Opening
from digirum.place.models import Centre, HoursPeriod
from digirum.topics.tests.staff import client_of, make_organisation, make_person

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # Monday 23 November 2026, 10.00 by the wall
TEN_TO_SIX = tuple(Opening(weekday, time(10), time(18)) for weekday in range(5))

__all__ = [
    "NOW",
    "TEN_TO_SIX",
    "client_of",
    "make_centre",
    "make_organisation",
    "make_period",
    "make_person",
    "runner_of",
]


def make_centre(slug: str = "biblioteket", *, parent: Organisation | None = None, **values: Any) -> Centre:
    """A centre with ordinary hours on weekdays, under a city of its own where none is given."""
    city = parent or Organisation.objects.filter(slug="staden").first() or make_organisation()
    unit = make_organisation(slug, parent=city)
    texts = {"name_sv": f"Digidel {slug}", "street": "Storgatan 1", "city": "Staden", **values}
    centre = actions.add_centre(by=None, at=NOW, organisation=unit, slug=slug, values=texts)
    return actions.set_weekly_hours(by=None, at=NOW, centre=centre, openings=TEN_TO_SIX, revision=1)


def make_period(
    centre: Centre, first_day: date, last_day: date, *openings: Opening, name: str = "Sommar"
) -> HoursPeriod:
    """A period with other hours."""
    return actions.add_period(
        by=None,
        at=NOW,
        centre=centre,
        first_day=first_day,
        last_day=last_day,
        openings=openings,
        names={"name_sv": name},
    )


def runner_of(centre: Centre) -> Person:
    """The centre's own coordinator."""
    return make_person(Role.COORDINATOR, organisation=centre.organisation)
