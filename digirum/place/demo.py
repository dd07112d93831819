"""The demo room's centres: Digidel at the city library and two branches, with a summer and a Christmas of their own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from digirum.base import clock
from digirum.people.actions.organisations import create_organisation
from digirum.people.models import Organisation
from digirum.place import actions
from digirum.place.hour_words import read_openings
from digirum.place.hours import Opening
from digirum.place.models import Centre, CentreHelp
from digirum.topics.models import HelpTopic
from digirum.topics.vocabulary import texts

DATA = Path(__file__).parent / "data" / "demo.toml"
CITY = ("helsingborg", "city", {"name_sv": "Helsingborgs stad", "name_en": "City of Helsingborg"})
CULTURE = ("kultur", "administration", {"name_sv": "Kulturförvaltningen", "name_en": "Culture department"})
CLOSED = (
    ("12-24", {"reason_sv": "Julafton", "reason_en": "Christmas Eve", "reason_ar": "ليلة عيد الميلاد"}),
    ("12-25", {"reason_sv": "Juldagen", "reason_en": "Christmas Day", "reason_ar": "عيد الميلاد"}),
    ("12-26", {"reason_sv": "Annandag jul", "reason_en": "Boxing Day", "reason_ar": "ثاني أيام عيد الميلاد"}),
    ("12-31", {"reason_sv": "Nyårsafton", "reason_en": "New Year's Eve", "reason_ar": "ليلة رأس السنة"}),
    ("01-01", {"reason_sv": "Nyårsdagen", "reason_en": "New Year's Day", "reason_ar": "رأس السنة"}),
    ("01-06", {"reason_sv": "Trettondedag jul", "reason_en": "Epiphany", "reason_ar": "عيد الظهور"}),
)
SUMMER = {"name_sv": "Sommar", "name_en": "Summer", "name_ar": "الصيف"}
CHRISTMAS = {"name_sv": "Mellandagarna", "name_en": "Between Christmas and New Year", "name_ar": "بين العيدين"}


def load(at: datetime) -> dict[str, Centre]:
    """Puts the centres in place and returns them by the part each plays: ``main``, ``branch-1``, ``branch-2``.

    Idempotent. The summer and the Christmas that come next are added when they are missing, so the demo stays alive.
    The vocabulary (``topics.demo``) must be there.
    """
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    city = _organisation(*CITY, None, at)
    culture = _organisation(*CULTURE, city, at)
    topics = list(HelpTopic.objects.all())
    centres: dict[str, Centre] = {}
    for row in data["centres"]:
        centre = Centre.objects.filter(slug=row["slug"]).first()
        if centre is None:
            unit = _organisation(row["slug"], "unit", texts(row, "name"), culture, at)
            centre = _open(row, unit, at)
            _tell_facts(centre, row, at)
            _take_stances(centre, row, data, topics, at)
        _add_seasons(centre, row, at)
        centres[row["plays"]] = centre
    return centres


def _organisation(
    slug: str, kind: str, names: Mapping[str, str], parent: Organisation | None, at: datetime
) -> Organisation:
    known = Organisation.objects.filter(slug=slug).first()
    return known or create_organisation(by=None, at=at, slug=slug, names=names, kind=kind, parent=parent)


def _open(row: dict[str, Any], unit: Organisation, at: datetime) -> Centre:
    values: dict[str, Any] = texts(row, "name", "summary", "how_to_find", "what_is_there")
    for name in ("order", "drawing", "street", "postcode", "city", "phone", "email"):
        values[name] = row[name]
    values |= {"latitude": Decimal(row["latitude"]), "longitude": Decimal(row["longitude"])}
    centre = actions.add_centre(by=None, at=at, organisation=unit, slug=row["slug"], values=values)
    openings = _openings(row["week"])
    return actions.set_weekly_hours(by=None, at=at, centre=centre, openings=openings, revision=centre.hours_revision)


def _tell_facts(centre: Centre, row: dict[str, Any], at: datetime) -> None:
    for fact in row["facts"]:
        notes = texts(fact, "note")
        actions.state_fact(by=None, at=at, centre=centre, kind=fact["kind"], answer=fact["answer"], notes=notes)
    for language in row["everyday_languages"]:
        actions.offer_language(by=None, at=at, centre=centre, language=language)
    for weekday, spoken in row["languages"].items():
        for language in spoken:
            actions.offer_language(by=None, at=at, centre=centre, language=language, weekday=int(weekday))


def _take_stances(
    centre: Centre, row: dict[str, Any], data: dict[str, Any], topics: list[HelpTopic], at: datetime
) -> None:
    for topic in topics:
        values: dict[str, Any] = {}
        stance = CentreHelp.Stance.HELP
        if topic.slug in row["no_help"]:
            other = data["who_does"][topic.slug]
            stance = CentreHelp.Stance.NO_HELP
            values = texts({"who_does": other["text"]}, "who_does") | {"link": other.get("link", "")}
        elif topic.slug in data["notes"]:
            values = texts({"note": data["notes"][topic.slug]}, "note")
        actions.set_help(by=None, at=at, centre=centre, topic=topic, stance=stance, values=values)


def _add_seasons(centre: Centre, row: dict[str, Any], at: datetime) -> None:
    """The summer and the Christmas that go on or come next, and the closed days of that Christmas."""
    today = clock.local_day(at)
    seasons = (
        (SUMMER, *_coming(today, summer_of), row["summer"]),
        (CHRISTMAS, *_coming(today, christmas_of), row["christmas"]),
    )
    for names, first_day, last_day, week in seasons:
        if not centre.periods.filter(first_day=first_day).exists():
            actions.add_period(
                by=None,
                at=at,
                centre=centre,
                first_day=first_day,
                last_day=last_day,
                openings=_openings(week),
                names=names,
            )
    winter = _coming(today, christmas_of)[0].year
    for when, reasons in CLOSED:
        year = winter if when.startswith("12") else winter + 1
        actions.close_day(by=None, at=at, centre=centre, day=date.fromisoformat(f"{year}-{when}"), reasons=reasons)


def summer_of(year: int) -> tuple[date, date]:
    """From the first Monday after midsummer week begins until the Sunday in the middle of August."""
    first = date(year, 6, 20)
    first += timedelta(days=-first.weekday() % 7)
    last = date(year, 8, 15)
    return first, last + timedelta(days=(6 - last.weekday()) % 7)


def christmas_of(year: int) -> tuple[date, date]:
    """The days between Christmas and New Year."""
    return date(year, 12, 27), date(year, 12, 30)


def _coming(today: date, season: Any) -> tuple[date, date]:
    """The season that goes on or comes next."""
    this_year: tuple[date, date] = season(today.year)
    next_year: tuple[date, date] = season(today.year + 1)
    return this_year if this_year[1] >= today else next_year


def _openings(week: Mapping[str, str]) -> list[Opening]:
    return [opening for weekday, times in week.items() for opening in read_openings(int(weekday), times)]
