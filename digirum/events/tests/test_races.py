"""What happens when many want the same at the same moment.

Each race comes with its positive control: the same clients and the same database, by code that first looks and then
writes. It shows that the race is really run; the act then shows that it cannot be won twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F, Sum

from digirum.base.prepared import Prepared, Value
from digirum.events import actions
from digirum.events.actions import hold
from digirum.events.models import Answer, Occurrence, Offer, Registration, State
from digirum.events.tests.races import DONE, race
from digirum.events.tests.scene import NOW, anew, fill, leave, occurrence, resident, wait, who
from digirum.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 200


def _seats_given(held: Occurrence) -> int:
    return Registration.objects.seated().filter(occurrence=held).aggregate(seats=Sum("seats"))["seats"] or 0


def _naive_sign_up(gate: Barrier, held: Occurrence, number: int, person: Person | None = None) -> None:
    """What a beginner writes: look whether a seat is free, then take it."""
    free = _seats_given(held) < (held.capacity or 0)
    again = person is not None and Registration.objects.active().filter(occurrence=held, person=person).exists()
    gate.wait(60)
    if free and not again:
        Registration.objects.create(
            occurrence=held, person=person, state=State.CONFIRMED, line=number, made_at=NOW, changed_at=NOW
        )


def test_control_looking_first_sells_the_last_seat_many_times() -> None:
    held, gate = occurrence(1), Barrier(20)
    race([partial(_naive_sign_up, gate, held, number) for number in range(1, 21)])
    assert _seats_given(held) > 1


def test_the_last_seat_is_given_once_to_two_hundred() -> None:
    held = occurrence(3)
    for _seat in range(2):
        actions.register(by=resident(), at=NOW, occurrence=held)
    people = [resident() for _client in range(CLIENTS)]
    ends = race([partial(actions.register, by=person, at=NOW, occurrence=held) for person in people])
    assert ends == {DONE: 1, "full": CLIENTS - 1}
    assert _seats_given(held) == anew(held).seats_taken == 3


def test_even_without_the_lock_no_seat_too_many_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    held = occurrence(3)
    primary_key = Value(Occurrence._meta.pk, UUID(int=1))
    unlocked = Prepared(lambda pk: Occurrence.objects.with_event().filter(pk=pk), primary_key)
    monkeypatch.setattr(hold, "_LOCKED", unlocked)
    people = [resident() for _client in range(40)]
    race([partial(actions.register, by=person, at=NOW, occurrence=held) for person in people])
    assert _seats_given(held) == anew(held).seats_taken <= 3


def test_all_who_want_in_get_in_once_where_there_is_room() -> None:
    held = occurrence(CLIENTS)
    people = [resident() for _client in range(CLIENTS)]
    ends = race([partial(actions.register, by=person, at=NOW, occurrence=held) for person in people])
    assert ends == {DONE: CLIENTS}
    lines = Registration.objects.filter(occurrence=held).order_by("line").values_list("line", flat=True)
    assert list(lines) == list(range(1, CLIENTS + 1))
    assert Registration.objects.filter(occurrence=held).values("person").distinct().count() == CLIENTS


def _naive_offer(gate: Barrier, held: Occurrence) -> None:
    """What a beginner writes: look who is first in line, then offer."""
    first = Registration.objects.filter(occurrence=held).in_line().first()
    gate.wait(60)
    assert first is not None
    Registration.objects.filter(pk=first.pk).update(state=State.OFFERED)
    Occurrence.objects.filter(pk=held.pk).update(waiting=F("waiting") - 1)


def test_control_looking_first_offers_two_seats_to_the_same_and_loses_one() -> None:
    held, gate = occurrence(10), Barrier(10)
    fill(held)
    for _entry in range(10):
        wait(held)
    race([partial(_naive_offer, gate, held)] * 10)
    assert Registration.objects.filter(occurrence=held, state=State.OFFERED).count() < 10


def test_many_cancel_at_once_and_each_seat_goes_to_exactly_one_in_order() -> None:
    held = occurrence(50)
    seated = fill(held)
    line = [wait(held) for _entry in range(60)]
    ends = race([partial(leave, entry) for entry in seated])
    assert ends == {DONE: 50}
    offered = Offer.objects.open().order_by("registration__line").values_list("registration", flat=True)
    assert list(offered) == [entry.pk for entry in line[:50]]
    assert (anew(held).seats_taken, anew(held).waiting) == (50, 10)


def test_answers_cancellations_and_the_worker_at_once_lose_no_seat() -> None:
    held = occurrence(20)
    seated = fill(held)
    line = [wait(held) for _entry in range(30)]
    for entry in seated[:10]:
        leave(entry)
    ends_at = Offer.objects.open().latest("expires_at").expires_at
    acts: list[Callable[[], object]] = [partial(leave, entry) for entry in seated[10:]]
    acts += [partial(actions.accept_offer, by=who(entry), at=NOW, registration=entry) for entry in line[:5]]
    acts += [partial(actions.decline_offer, by=who(entry), at=NOW, registration=entry) for entry in line[5:8]]
    acts += [partial(actions.expire_offers, ends_at)] * 4
    race(acts)
    now = anew(held)
    assert _seats_given(held) == now.seats_taken
    assert now.waiting == Registration.objects.filter(occurrence=held, state=State.WAITING).count()
    assert not (now.waiting and now.seats_free), "no seat is left over while somebody waits"
    for entry in Registration.objects.filter(occurrence=held, state=State.OFFERED):
        assert entry.offers.open().count() == 1
    assert Offer.objects.exclude(answer="").filter(answered_at=None).count() == 0


def test_an_offer_is_answered_once() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, second = wait(held), wait(held)
    leave(seated)
    acts: list[Callable[[], object]] = [partial(actions.accept_offer, by=who(first), at=NOW, registration=first)] * 10
    acts += [partial(actions.decline_offer, by=who(first), at=NOW, registration=first)] * 10
    ends = race(acts)
    assert (ends[DONE], ends["no-offer"]) == (1, 19)
    answer = first.offers.get().answer
    second.refresh_from_db()
    assert (answer, second.state) in {(Answer.ACCEPTED, State.WAITING), (Answer.DECLINED, State.OFFERED)}


def test_control_without_the_constraint_one_person_signs_up_many_times() -> None:
    held, person, gate = occurrence(100), resident(), Barrier(20)
    [once] = [rule for rule in Registration._meta.constraints if rule.name == "registration_one_active_a_person"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Registration, once)
    race([partial(_naive_sign_up, gate, held, number, person) for number in range(1, 21)])
    assert Registration.objects.active().filter(occurrence=held, person=person).count() > 1


def test_one_person_who_presses_many_times_is_signed_up_once() -> None:
    held, person = occurrence(100), resident()
    ends = race([partial(actions.register, by=person, at=NOW, occurrence=held)] * 50)
    assert ends == {DONE: 1, "already-registered": 49}
    assert (Registration.objects.filter(person=person).count(), anew(held).seats_taken) == (1, 1)


def test_one_person_who_presses_many_times_stands_in_line_once() -> None:
    held, person = occurrence(1), resident()
    fill(held)
    ends = race([partial(actions.join_waiting_list, by=person, at=NOW, occurrence=held)] * 50)
    assert ends == {DONE: 1, "already-registered": 49}
    assert anew(held).waiting == 1


def test_lowering_while_many_sign_up_never_takes_a_seat_too_many() -> None:
    held = occurrence(40)
    people = [resident() for _client in range(60)]
    acts: list[Callable[[], object]] = [
        partial(actions.register, by=person, at=NOW, occurrence=held) for person in people
    ]
    acts.insert(30, partial(actions.change_capacity, by=None, at=NOW, occurrence=held, capacity=10))
    race(acts)
    now = anew(held)
    assert _seats_given(held) == now.seats_taken <= 40
    assert now.seat_ceiling == max(10, now.seats_taken)
