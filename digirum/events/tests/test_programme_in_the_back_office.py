"""The programme in the back office: every save and publication runs an act; each role finds what it may, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel

from digirum.base.generations import read_generations
from digirum.events import actions
from digirum.events.facts import EventFacts
from digirum.events.models import Event, Occurrence
from digirum.events.tests import scene
from digirum.events.tests.scene import NOW, START
from digirum.journal.models import JournalEntry
from digirum.people.models import Person, Role
from digirum.people.strength import Method
from digirum.people.tests.residents import sign_in_client
from digirum.place.models import Centre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def event() -> Event:
    return scene.event()


def browser(person: Person) -> Client:
    client = Client()
    sign_in_client(client, person, method=Method.PASSKEY, at=NOW)
    return client


@pytest.fixture
def coordinator(event: Event) -> Client:
    return browser(scene.coordinator(event))


def of(role: Role, event: Event) -> Client:
    assert event.centre is not None
    return browser(scene.staff(role, event.centre.organisation))


def form(centre: Centre | None, **changes: object) -> dict[str, object]:
    """The form as somebody sends it."""
    return {
        "name_sv": "Prova 3D",
        "kind": "workshop",
        "audience": "public",
        "attendance": "onsite",
        "centre": centre.pk if centre else "",
        "seats_per_person": 1,
        "closes_hours_before": 0,
        "needs_registration": "on",
        "languages": ["sv", "ar"],
        "access_facts": ["lift"],
        **changes,
    }


def verbs() -> list[str]:
    return list(JournalEntry.objects.filter(verb__startswith="events.").order_by("id").values_list("verb", flat=True))


def last() -> JournalEntry:
    return JournalEntry.objects.latest("id")


def test_adding_an_event_runs_the_act_and_nobody_sees_it_yet(coordinator: Client, event: Event) -> None:
    answer = coordinator.post(reverse("events_programme:add"), form(event.centre))

    assert answer.status_code == 302, answer.context["form"].errors
    made = Event.objects.get(name_sv="Prova 3D")
    assert made.slug == "prova-3d"
    assert not made.is_published
    assert {row.language for row in made.languages.all()} == {"sv", "ar"}
    assert [row.fact for row in made.access_facts.all()] == ["lift"]
    assert (last().verb, last().role) == ("events.event_created", "coordinator")


def test_changing_an_event_runs_the_act_and_makes_pages_fresh(coordinator: Client, event: Event) -> None:
    key = f"event:{event.pk}"
    before = read_generations([key])[key]
    Event.objects.filter(pk=event.pk).update(drawn_picture="events/vr.svg")
    changed = form(event.centre, name_sv="Prova VR igen", seen_revision=event.revision)

    assert coordinator.post(reverse("events_programme:edit", args=[event.pk]), changed).status_code == 302

    event.refresh_from_db()
    assert (str(event), event.revision, event.drawn_picture) == ("Prova VR igen", 2, "events/vr.svg")
    assert last().verb == "events.event_revised"
    assert read_generations([key])[key] == before + 1


def test_the_second_writer_sees_both_texts_and_can_save_again(coordinator: Client, event: Event) -> None:
    was = EventFacts.of(event)
    theirs = EventFacts(**{**vars(was), "texts": {**was.texts, "summary_sv": "Din mening."}})
    actions.revise_event(by=None, at=NOW, event=event, facts=theirs, revision=1)
    mine = form(event.centre, name_sv="Prova VR", name_en="Try VR", summary_sv="Min mening.", seen_revision=1)

    answer = coordinator.post(reverse("events_programme:edit", args=[event.pk]), mine)

    assert answer.status_code == 200
    assert "Min mening." in answer.text
    assert "Din mening." in answer.text
    assert 'name="seen_revision" value="2"' in answer.text
    assert (
        coordinator.post(reverse("events_programme:edit", args=[event.pk]), mine | {"seen_revision": 2}).status_code
        == 302
    )
    event.refresh_from_db()
    assert event.summary == "Min mening."


def test_what_the_act_refuses_is_a_sentence_and_nothing_typed_is_lost(coordinator: Client, event: Event) -> None:
    mine = form(event.centre, age_from=20, age_to=10, seen_revision=1)

    answer = coordinator.post(reverse("events_programme:edit", args=[event.pk]), mine)

    assert answer.status_code == 200
    assert answer.context["form"].errors["age_to"] == ["Skriv åldrarna i ordning: den lägsta först."]
    assert "Prova 3D" in answer.text


def test_publishing_and_taking_back_are_asked_for_and_run_the_acts(coordinator: Client) -> None:
    event = scene.event(published=False, centre=Centre.objects.get())
    url = reverse("events_publish", args=[event.pk])

    assert "Prova VR" in coordinator.get(url).text
    assert not Event.objects.get(pk=event.pk).is_published, "looking changes nothing"
    assert coordinator.post(url).status_code == 302
    assert Event.objects.get(pk=event.pk).is_published
    assert coordinator.post(reverse("events_unpublish", args=[event.pk])).status_code == 302
    assert not Event.objects.get(pk=event.pk).is_published
    assert verbs()[-2:] == ["events.event_published", "events.event_unpublished"]


def test_an_event_with_sign_ups_is_not_taken_back_and_the_page_says_why(coordinator: Client, event: Event) -> None:
    scene.fill(scene.occurrence(1, of=event))

    answer = coordinator.post(reverse("events_unpublish", args=[event.pk]), follow=True)

    assert "Ställ in" in answer.text
    assert Event.objects.get(pk=event.pk).is_published


def test_a_time_is_moved_and_gets_other_seats_by_the_acts(coordinator: Client, event: Event) -> None:
    held = scene.occurrence(5, of=event)
    start = START + timedelta(days=1)
    moved = {
        "starts_at": "2026-11-27 14:00",
        "ends_at": "2026-11-27 16:00",
        "capacity": 8,
        "seen_revision": held.revision,
    }

    assert coordinator.post(reverse("events_times:edit", args=[held.pk]), moved).status_code == 302

    held.refresh_from_db()
    assert (held.starts_at, held.capacity) == (start, 8)
    assert verbs()[-2:] == ["events.capacity_changed", "events.occurrence_moved"]


def test_fewer_seats_than_are_taken_throw_nobody_out_and_the_page_says_so(coordinator: Client, event: Event) -> None:
    held = scene.occurrence(3, of=event)
    scene.fill(held)
    fewer = {
        "starts_at": "2026-11-26 14:00",
        "ends_at": "2026-11-26 16:00",
        "capacity": 1,
        "seen_revision": held.revision,
    }

    answer = coordinator.post(reverse("events_times:edit", args=[held.pk]), fewer, follow=True)

    assert "2 platser fler än som finns är tagna" in answer.text
    assert verbs()[-1] == "events.capacity_changed", "and nothing was moved"
    assert scene.anew(held).seats_taken == 3


def test_what_is_over_is_not_moved_and_the_form_says_why(coordinator: Client, event: Event) -> None:
    held = scene.occurrence(3, of=event)
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Sjukdom")
    moved = {
        "starts_at": "2026-11-27 14:00",
        "ends_at": "2026-11-27 16:00",
        "capacity": 3,
        "seen_revision": held.revision,
    }

    answer = coordinator.post(reverse("events_times:edit", args=[held.pk]), moved)

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert scene.anew(held).starts_at == START


LISTS = {
    "events_programme:index": {Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR},
    "events_programme:add": {Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR},
    "events_times:index": {Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR},
    "events_cancellations:index": {Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR},
    "events_moves:index": {Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR},
    "events_sign_ups:index": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "events_offers:index": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "events_check_ins:index": {Role.COORDINATOR, Role.ADMINISTRATOR},
    "events_calls:index": {Role.COORDINATOR, Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.GUIDE])
def test_who_finds_what(event: Event, role: Role) -> None:
    client = of(role, event)

    found = {page for page in LISTS if client.get(reverse(page)).status_code == 200}

    assert found == {page for page, roles in LISTS.items() if role in roles}


def test_who_comes_is_read_and_never_written_here(coordinator: Client, event: Event) -> None:
    entry = scene.fill(scene.occurrence(1, of=event))[0]

    for view in ("add", "edit", "delete"):
        words = [] if view == "add" else [entry.pk]
        assert coordinator.get(reverse(f"events_sign_ups:{view}", args=words)).status_code == 404
        assert coordinator.post(reverse(f"events_sign_ups:{view}", args=words)).status_code == 404
    assert scene.state(entry) == "confirmed"
    assert scene.who(entry).pseudonym in coordinator.get(reverse("events_sign_ups:index")).text


def test_another_centres_coordinator_finds_nothing_changes_nothing_and_finds_nobody_by_name(event: Event) -> None:
    held = scene.occurrence(3, of=event)
    entry = scene.fill(held)[0]
    other = browser(scene.coordinator(scene.event(centre=scene.centre())))

    assert event not in other.get(reverse("events_programme:index")).context["object_list"]
    assert held not in other.get(reverse("events_times:index")).context["object_list"]
    name = scene.who(entry).pseudonym
    found = other.get(reverse("events_sign_ups:index"), {"q": name})
    assert list(found.context["object_list"]) == []
    tries = {
        reverse("events_programme:edit", args=[event.pk]): form(event.centre, seen_revision=1),
        reverse("events_times:edit", args=[held.pk]): {
            "starts_at": "2026-11-27 14:00", "ends_at": "2026-11-27 16:00", "capacity": 8, "seen_revision": 1,
        },
        reverse("events_unpublish", args=[event.pk]): {},
        reverse("events_programme:add"): form(event.centre),
    }  # fmt: skip
    before = JournalEntry.objects.count()
    for url, sent in tries.items():
        other.post(url, sent)
    assert JournalEntry.objects.count() == before
    assert Event.objects.get(pk=event.pk).is_published
    assert Occurrence.objects.get(pk=held.pk).capacity == 3


def test_a_form_offers_only_the_own_centres(coordinator: Client, event: Event) -> None:
    elsewhere = scene.centre()

    offered = coordinator.get(reverse("events_programme:add")).context["form"].fields["centre"].queryset

    assert event.centre in offered
    assert elsewhere not in offered


def test_lists_are_searched_and_filtered(coordinator: Client, event: Event) -> None:
    late = scene.event(published=False, centre=event.centre, kind="talk", texts={"name_sv": "Samtal om AI"})
    times = [scene.occurrence(3, of=event), scene.occurrence(3, of=event, start=START + timedelta(days=30))]
    actions.cancel_occurrence(by=None, at=NOW, occurrence=times[1], reason="Sjukdom")

    def found(page: str, **asked: str) -> set[object]:
        return set(coordinator.get(reverse(page), asked).context["object_list"])

    assert found("events_programme:index") == {event, late}
    assert found("events_programme:index", q="samtal") == {late}
    assert found("events_programme:index", kind="talk") == {late}
    assert found("events_programme:index", is_published="true") == {event}
    assert found("events_times:index", event=str(event.pk)) == set(times)
    assert found("events_times:index", starts_at_to="2026-12-01") == {times[0]}
    assert found("events_times:index", is_cancelled="true") == {times[1]}
    assert event.centre is not None
    assert found("events_times:index", centre=str(event.centre.pk)) == set(times)
    assert len(found("events_cancellations:index", q="sjukdom")) == 1
