"""Centres in the back office: every save and delete runs an act; each sees only the own centres."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import models
from django.test import Client

from digirum.base.generations import read_generations
from digirum.journal.models import JournalEntry
from digirum.people.models import Role
from digirum.place import actions
from digirum.place.models import (
    AccessibilityFact,
    Centre,
    CentreHelp,
    ClosedDay,
    HoursPeriod,
    SpokenLanguage,
    WeeklyHours,
)
from digirum.place.tests.scene import (
    NOW,
    client_of,
    make_centre,
    make_organisation,
    make_period,
    make_person,
    runner_of,
)
from digirum.topics.models import HelpTopic

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Centre:
    return make_centre()


@pytest.fixture
def runner(centre: Centre) -> Client:
    return client_of(runner_of(centre))


def fresh(centre: Centre) -> int:
    return read_generations([f"centre:{centre.slug}"])[f"centre:{centre.slug}"]


NOUNS: list[tuple[str, Callable[[Centre], dict[str, object]], dict[str, object], str]] = [
    (
        "weekly-hours",
        lambda centre: {"centre": centre.pk, "weekday": 6, "opens": "12:00", "closes": "16:00"},
        {"weekday": 6, "opens": "11:00", "closes": "16:00"},
        "opening_set opening_set opening_removed",
    ),
    (
        "hours-periods",
        lambda centre: {"centre": centre.pk, "name_sv": "Sommar", "first_day": "2027-06-21", "last_day": "2027-08-15"},
        {"name_sv": "Sommaren", "first_day": "2027-06-21", "last_day": "2027-08-22", "seen_revision": 1},
        "period_added period_changed period_removed",
    ),
    (
        "closed-days",
        lambda centre: {"centre": centre.pk, "day": "2026-12-24", "reason_sv": "Jul"},
        {"reason_sv": "Julafton"},
        "day_closed day_closed day_reopened",
    ),
    (
        "accessibility-facts",
        lambda centre: {"centre": centre.pk, "kind": "lift", "answer": "yes"},
        {"answer": "no", "note_sv": "Den är trasig."},
        "fact_stated fact_stated fact_withdrawn",
    ),
    (
        "spoken-languages",
        lambda centre: {"centre": centre.pk, "language": "ar", "weekday": 0},
        {},
        "language_offered language_withdrawn",
    ),
    (
        "centre-help",
        lambda centre: {
            "centre": centre.pk,
            "topic": HelpTopic.objects.create(slug="wifi", name_sv="Wifi").pk,
            "stance": "help",
        },
        {"stance": "no-help", "who_does_sv": "Operatören.", "seen_revision": 1},
        "help_set help_set help_removed",
    ),
]
MODELS: dict[str, type[models.Model]] = {
    "weekly-hours": WeeklyHours,
    "hours-periods": HoursPeriod,
    "closed-days": ClosedDay,
    "accessibility-facts": AccessibilityFact,
    "spoken-languages": SpokenLanguage,
    "centre-help": CentreHelp,
}


@pytest.mark.parametrize(("noun", "new", "changed", "verbs"), NOUNS, ids=[noun[0] for noun in NOUNS])
def test_every_save_and_delete_leaves_a_line_and_makes_pages_fresh(
    centre: Centre,
    runner: Client,
    noun: str,
    new: Callable[[Centre], dict[str, object]],
    changed: dict[str, object],
    verbs: str,
) -> None:
    start, before = JournalEntry.objects.latest("id").pk, fresh(centre)
    assert runner.post(f"/redaktion/{noun}/new/", new(centre)).status_code == 302
    row = MODELS[noun]._default_manager.latest("pk")
    if changed:
        assert runner.post(f"/redaktion/{noun}/edit/{row.pk}/", changed).status_code == 302
    assert runner.get(f"/redaktion/{noun}/").status_code == 200
    assert runner.post(f"/redaktion/{noun}/delete/{row.pk}/").status_code == 302
    assert not MODELS[noun]._default_manager.filter(pk=row.pk).exists()
    lines = JournalEntry.objects.filter(pk__gt=start).order_by("id")
    assert [line.verb for line in lines] == [f"place.{verb}" for verb in verbs.split()]
    assert {line.role for line in lines} == {"coordinator"}
    assert fresh(centre) == before + len(lines)


def test_a_centre_is_changed_under_its_revision_and_the_second_writer_sees_both_texts(
    centre: Centre, runner: Client
) -> None:
    form = {"name_sv": "Digidel", "summary_sv": "Min text.", "order": "50", "seen_revision": str(centre.revision)}
    actions.change_centre(
        by=None, at=NOW, centre=centre, values={"name_sv": "Digidel", "summary_sv": "Din text."}, revision=1
    )
    answer = runner.post(f"/redaktion/centres/edit/{centre.pk}/", form)
    assert answer.status_code == 200
    assert "Min text." in answer.text
    assert "Din text." in answer.text
    form["seen_revision"] = "2"
    assert runner.post(f"/redaktion/centres/edit/{centre.pk}/", form).status_code == 302
    centre.refresh_from_db()
    assert centre.summary == "Min text."


def test_an_administrator_opens_and_removes_a_centre_and_a_coordinator_does_not(centre: Centre, runner: Client) -> None:
    city = centre.organisation.parent
    unit = make_organisation("nya", city)
    form = {"organisation": unit.pk, "slug": "nya", "name_sv": "Nya", "order": "9"}
    assert runner.post("/redaktion/centres/new/", form).status_code == 404
    assert runner.get("/redaktion/centres/new/").status_code == 404
    assert runner.get(f"/redaktion/centres/delete/{centre.pk}/").status_code == 404
    assert not Centre.objects.filter(slug="nya").exists()
    administrator = client_of(make_person(Role.ADMINISTRATOR, organisation=city))
    assert administrator.post("/redaktion/centres/new/", form).status_code == 302
    new = Centre.objects.get(slug="nya")
    assert administrator.post(f"/redaktion/centres/delete/{new.pk}/").status_code == 302
    assert not Centre.objects.filter(slug="nya").exists()


def test_what_the_act_refuses_is_said_in_the_form(centre: Centre, runner: Client) -> None:
    form = {"centre": centre.pk, "weekday": 0, "opens": "17:00", "closes": "19:00"}
    answer = runner.post("/redaktion/weekly-hours/new/", form)
    assert answer.status_code == 200
    assert "överlappar" in answer.text
    make_period(centre, date(2027, 6, 21), date(2027, 8, 15))
    form = {"centre": centre.pk, "name_sv": "Annat", "first_day": "2027-07-01", "last_day": "2027-07-02"}
    assert "Sommar" in runner.post("/redaktion/hours-periods/new/", form).text
    assert HoursPeriod.objects.count() == 1
    assert WeeklyHours.objects.filter(weekday=0).get().opens == time(10)


def test_a_coordinator_finds_only_the_own_centres_and_changes_no_other(centre: Centre, runner: Client) -> None:
    other = make_centre("filialen")
    closed = actions.close_day(
        by=None, at=NOW, centre=other, day=date(2026, 12, 24), reasons={"reason_sv": "Stängt där"}
    )
    assert "Digidel filialen" not in runner.get("/redaktion/centres/").text
    assert "Stängt där" not in runner.get("/redaktion/closed-days/").text
    runner.post(f"/redaktion/closed-days/delete/{closed.pk}/")
    runner.post(f"/redaktion/centres/edit/{other.pk}/", {"name_sv": "Mitt", "order": "1", "seen_revision": "1"})
    runner.post("/redaktion/closed-days/new/", {"centre": other.pk, "day": "2026-12-25", "reason_sv": "Jul"})
    other.refresh_from_db()
    assert other.name == "Digidel filialen"
    assert list(ClosedDay.objects.all()) == [closed]
