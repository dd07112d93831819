"""What reaches the people who signed up, and when cached pages are given up."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from digirum.base.audience import Audience
from digirum.base.generations import read_generations
from digirum.events import actions
from digirum.events.models import Occurrence, Offer
from digirum.events.tests.scene import (
    HOUR,
    NOW,
    START,
    event,
    fill,
    guide,
    leave,
    occurrence,
    resident,
    wait,
    who,
)
from digirum.notices.models import Delivery, Notice
from digirum.people.models import Person

pytestmark = pytest.mark.django_db


def _told(person: Person | None) -> list[str]:
    assert person is not None
    return list(Notice.objects.of(person).order_by("id").values_list("kind", flat=True))


def test_who_gets_an_offer_is_told_until_when_it_stands() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated)
    [notice] = Notice.objects.of(who(first))
    assert (notice.kind, notice.path, notice.urgent) == (
        "events.seat_offered",
        f"/program/{held.event.slug}/{held.key}",
        True,
    )
    with translation.override("en"):
        assert notice.title == "A seat is free: Try VR"
        assert "before Tuesday 24 November at 04:15" in notice.text, "a quarter of the time left until Thursday"


def test_the_event_is_named_in_the_readers_language() -> None:
    held = occurrence(1)
    actions.register(by=resident(email="lonn@example.org"), at=NOW, occurrence=held)
    notice = Notice.objects.get()
    with translation.override("ar"):
        assert "Prova VR" in notice.title
    with translation.override("en"):
        assert "Try VR" in notice.title


def test_who_has_just_signed_up_reads_it_on_the_page_and_gets_mail_only_at_an_address() -> None:
    held = occurrence(2)
    silent = actions.register(by=resident(), at=NOW, occurrence=held)
    reached = actions.register(by=resident(email="lonn@example.org"), at=NOW, occurrence=held)
    assert (_told(silent.person), _told(reached.person)) == ([], ["events.registered"])


def test_each_step_of_an_offer_is_told_once() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, second = wait(held), wait(held, person=resident(at_once=True))
    leave(seated)
    ends = Offer.objects.get().expires_at
    for _round in range(2):
        actions.expire_offers(ends)
    assert _told(first.person) == ["events.seat_offered", "events.offer_lapsed"]
    assert _told(second.person) == ["events.seat_given"]


def test_all_who_signed_up_or_wait_are_told_that_it_is_called_off_and_why() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, gone = wait(held), wait(held)
    leave(gone)
    actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Handledaren är sjuk.")
    assert _told(seated.person) == _told(first.person) == ["events.occurrence_cancelled"]
    assert _told(gone.person) == []
    assert "Handledaren är sjuk." in Notice.objects.of(who(first)).get().text


def test_all_are_told_of_each_move() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    for revision in (1, 2):
        start = START + revision * 24 * HOUR
        actions.move_occurrence(
            by=None, at=NOW, occurrence=held, starts_at=start, ends_at=start + HOUR, revision=revision
        )
    assert _told(seated.person) == ["events.occurrence_moved"] * 2


def _changes(held: Occurrence) -> tuple[int, int]:
    """How often the list and the event's own page have been given up."""
    own = f"event:{held.event_id}"
    numbers = read_generations(["events", own])
    return numbers["events"], numbers[own]


def test_cached_pages_stand_while_what_they_show_is_the_same() -> None:
    held = occurrence(6)
    seen = []
    for _person in range(6):
        before = _changes(held)
        actions.register(by=resident(), at=NOW, occurrence=held)
        seen.append(_changes(held) != before)
    assert seen == [False, False, True, False, False, True], "few are left, and then none"


def test_an_offered_seat_changes_nothing_that_the_public_sees() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held)
    before = _changes(held)
    leave(seated)
    assert _changes(held) == before


def test_a_seat_that_comes_back_is_seen_at_once() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    before = _changes(held)
    leave(seated)
    assert _changes(held) == tuple(number + 1 for number in before)


def test_calling_off_is_seen_at_once() -> None:
    held = occurrence(1)
    before = _changes(held)
    actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Sjuk.")
    assert _changes(held) == tuple(number + 1 for number in before)


def test_what_the_public_does_not_see_gives_up_no_page() -> None:
    held = occurrence(1, of=event(audience=Audience.SIGNED_IN))
    before = _changes(held)
    fill(held)
    assert _changes(held) == before


def test_mail_goes_into_the_outbox_in_the_same_transaction() -> None:
    held, person = occurrence(1), resident(email="lonn@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    [seated] = fill(held)
    wait(held, person=person)
    leave(seated)
    assert Delivery.objects.get().notice.kind == "events.seat_offered"
