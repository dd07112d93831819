"""A guide signs somebody up without asking for anything; the slip is all that they take home."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from digirum.base.refusal import NotAllowed, Refused
from digirum.events import actions, slips
from digirum.events.models import CallAttempt, Occurrence, Registration, State
from digirum.events.queries import not_reached
from digirum.events.tests.scene import (
    HOUR,
    NOW,
    START,
    anew,
    code_of,
    coordinator,
    fill,
    guide,
    leave,
    occurrence,
    resident,
    state,
    wait,
)
from digirum.events.tests.visitors import browser_of, path_of, words
from digirum.notices.models import Notice
from digirum.people.strength import Method

pytestmark = pytest.mark.django_db
HOME = "203.0.113.7"


def test_a_seat_for_somebody_who_leaves_no_data() -> None:
    held = occurrence(2)
    helper = guide(held)
    slip = actions.register_on_behalf(by=helper, at=NOW, occurrence=held)
    assert (slip.registration.state, slip.registration.person) == (State.CONFIRMED, None)
    assert slip.registration.registered_by == helper


def test_the_code_on_the_slip_is_easy_to_read_and_kept_nowhere() -> None:
    held = occurrence(2)
    slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    assert re.fullmatch(f"[{slips.ALPHABET}]{{4}}-[{slips.ALPHABET}]{{4}}", slip.code)
    assert not set("0O1IL5S2Z8BVQG") & set(slips.ALPHABET)
    row = Registration.objects.filter(pk=slip.registration.pk).values().get()
    assert all(slips.plain(slip.code) not in str(value) for value in row.values())


def test_several_may_be_signed_up_without_data() -> None:
    held, codes = occurrence(3), set()
    for _party in range(3):
        codes.add(actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held).code)
    assert (len(codes), anew(held).seats_taken) == (3, 3)


def test_when_it_is_full_the_slip_is_for_a_place_in_line() -> None:
    held = occurrence(1)
    fill(held)
    assert actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held).registration.state == State.WAITING


def test_only_the_desk_there_signs_others_up() -> None:
    held = occurrence(1)
    for stranger in (resident(), guide(occurrence(1))):
        with pytest.raises(NotAllowed):
            actions.register_on_behalf(by=stranger, at=NOW, occurrence=held)


def test_the_desk_signs_up_after_sign_up_has_closed_on_the_web() -> None:
    held = occurrence(1, closes_hours_before=5)
    at = START - 2 * HOUR
    assert actions.register_on_behalf(by=guide(held), at=at, occurrence=held).registration.state == State.CONFIRMED


def test_whoever_holds_the_slip_can_cancel() -> None:
    held = occurrence(1)
    slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    first = wait(held)
    assert actions.find_slip(code=slip.code, client=HOME, at=NOW) == slip.registration
    actions.cancel_by_slip(code=slip.code.lower().replace("-", " "), client=HOME, at=NOW)
    assert (state(slip.registration), state(first)) == (State.CANCELLED, State.OFFERED)


def test_an_unknown_code_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused) as refusal:
        actions.cancel_by_slip(code="AAAA-AAAA", client=HOME, at=NOW)
    assert (code_of(refusal), refusal.value.field) == ("unknown-slip", "code")


def test_guessing_is_stopped() -> None:
    held = occurrence(1)
    slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    for _guess in range(10):
        with pytest.raises(Refused):
            actions.find_slip(code="AAAA-AAAA", client=HOME, at=NOW)
    with pytest.raises(Refused) as refusal:
        actions.find_slip(code=slip.code, client=HOME, at=NOW)
    assert code_of(refusal) == "too-many-guesses"
    assert actions.find_slip(code=slip.code, client="198.51.100.9", at=NOW) == slip.registration


def test_many_at_one_centre_share_an_address() -> None:
    held = occurrence(1)
    slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    with override_settings(CENTRE_NETWORKS=["203.0.113.0/24"]):
        for _guess in range(30):
            with pytest.raises(Refused):
                actions.find_slip(code="AAAA-AAAA", client=HOME, at=NOW)
        assert actions.find_slip(code=slip.code, client=HOME, at=NOW) == slip.registration


def test_a_slip_outlives_a_change_of_the_secret_key() -> None:
    held = occurrence(1)
    with override_settings(SECRET_KEY="old " * 20):
        slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    with override_settings(SECRET_KEY="new " * 20, SECRET_KEY_FALLBACKS=["old " * 20]):
        assert actions.find_slip(code=slip.code, client=HOME, at=NOW) == slip.registration


def test_a_slip_is_dead_a_day_after_it_is_over() -> None:
    held = occurrence(1)
    slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    with pytest.raises(Refused) as refusal:
        actions.find_slip(code=slip.code, client=HOME, at=held.ends_at + timedelta(days=1))
    assert code_of(refusal) == "unknown-slip"


def test_an_offer_to_somebody_without_address_stands_on_the_call_list() -> None:
    held = occurrence(3)
    one, two, three = fill(held)
    slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    silent, reached = wait(held), wait(held, person=resident(email="lonn@example.org"))
    for seated in (one, two, three):
        leave(seated)
    to_call = list(Registration.objects.to_call(NOW))
    assert to_call == [slip.registration, silent]
    assert state(reached) == State.OFFERED


def test_the_call_list_forgets_offers_that_are_over() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated)
    offer = first.offers.get()
    assert Registration.objects.to_call(offer.expires_at - timedelta(seconds=1)).exists()
    assert not Registration.objects.to_call(offer.expires_at).exists()


def test_the_desk_notes_its_calls_and_answers_for_the_person() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated)
    helper = guide(held)
    actions.note_call(by=helper, at=NOW, registration=first, outcome=CallAttempt.Outcome.NO_ANSWER)
    attempt = actions.note_call(by=helper, at=NOW, registration=first, outcome="reached")
    assert (attempt.by, CallAttempt.objects.count()) == (helper, 2)
    actions.accept_offer(by=helper, at=NOW, registration=first)
    assert state(first) == State.CONFIRMED


def test_there_is_nothing_to_call_about_without_an_offer() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    with pytest.raises(Refused) as refusal:
        actions.note_call(by=guide(held), at=NOW, registration=seated, outcome="reached")
    assert code_of(refusal) == "no-offer"


def test_a_person_who_shows_their_key_at_the_desk_finds_it_on_their_page() -> None:
    held, person = occurrence(1), resident()
    slip = actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held, person=person)
    assert slip.registration.person == person


def test_that_person_is_told_what_the_desk_did_in_their_name_address_or_not() -> None:
    held, seated, waiting = occurrence(1), resident(), resident()
    for person in (seated, waiting):
        actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held, person=person)
    told = {notice.person: notice for notice in Notice.objects.all()}
    assert (told[seated].kind, told[waiting].kind) == ("events.registered", "events.stood_in_line")
    assert told[seated].path == f"/program/{held.event.slug}/{held.key}"


def test_who_shows_no_key_is_told_by_the_slip_alone() -> None:
    held = occurrence(1)
    actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    assert not Notice.objects.exists()


def _a_change(what: str, held: Occurrence) -> None:
    if what == "called off":
        actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Handledaren är sjuk.")
    else:
        start = START + 24 * HOUR
        actions.move_occurrence(by=None, at=NOW, occurrence=held, starts_at=start, ends_at=start + HOUR, revision=1)


@pytest.mark.parametrize("what", ["called off", "moved"])
def test_after_a_change_the_desk_knows_for_how_many_nobody_has_told_of_it(what: str) -> None:
    held = occurrence(9)
    helper = guide(held)
    actions.register_on_behalf(by=helper, at=NOW, occurrence=held, seats=2)
    actions.register(by=resident(), at=NOW, occurrence=held)
    actions.register(by=resident(email="lonn@example.org"), at=NOW, occurrence=held)
    served = Occurrence.objects.served_by(helper, at=NOW)
    assert not_reached(served, NOW) == [], "nothing has changed"
    _a_change(what, held)
    assert not_reached(served, NOW) == [(held, 3)]
    assert not_reached(Occurrence.objects.served_by(guide(occurrence(1)), at=NOW), NOW) == []
    assert not_reached(served, START + 48 * HOUR) == [], "it is over"


def test_who_signs_up_after_the_move_knows_the_new_time() -> None:
    held = occurrence(9)
    _a_change("moved", held)
    actions.register_on_behalf(by=guide(held), at=NOW + HOUR, occurrence=held)
    assert not_reached(Occurrence.objects.all(), NOW + HOUR) == []


def test_the_call_list_and_the_list_at_the_door_say_so() -> None:
    held = occurrence(9)
    helper = guide(held)
    for _party in range(3):
        actions.register_on_behalf(by=helper, at=NOW, occurrence=held)
    with time_machine.travel(NOW, tick=False), translation.override("en"):
        client = browser_of(helper, method=Method.PASSKEY)
        door = f"/en/disk{path_of(held)}"
        assert "left no contact data" not in words(client, "/en/disk/ring")
        _a_change("called off", held)
        for page in ("/en/disk/ring", door):
            assert "3 people left no contact data and may not know." in words(client, page)


def test_who_calls_it_off_reads_for_how_many_nobody_has_told_of_it() -> None:
    held = occurrence(9)
    actions.register_on_behalf(by=guide(held), at=NOW, occurrence=held)
    with time_machine.travel(NOW, tick=False):
        client = browser_of(coordinator(held.event), method=Method.PASSKEY)
        address = reverse("events:cancel_time", args=[held.event.slug, held.key])
        client.post(f"/en{address.removeprefix('/en')}", {"reason": "Handledaren är sjuk."})
        assert "1 person left no contact data" in words(client, f"/en/samordna/program/{held.event.slug}")
