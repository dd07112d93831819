"""Whatever is done in whatever order, seats and line stay right: a state machine beside a list kept on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from digirum.base.refusal import Refused
from digirum.events import actions
from digirum.events.models import Occurrence, Offer, Registration, State
from digirum.events.tests.oracle import Paper, Party
from digirum.events.tests.scene import NOW, START, event, guide, occurrence, resident, who

SEATS = st.integers(1, 3)
PICK = st.integers(0, 1000)


class Booking(RuleBasedStateMachine):
    """People sign up, wait, answer, cancel; the room grows and shrinks; time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.at = NOW

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(capacity=st.integers(1, 5))
    def open(self, capacity: int) -> None:
        self.held = occurrence(capacity, of=event(seats_per_person=3))
        self.guide = guide(self.held)
        self.paper = Paper(capacity, START)

    def _outcome(self, act: Callable[[], Registration]) -> tuple[str, Registration | None]:
        try:
            entry = act()
        except Refused as refusal:
            return refusal.code, None
        return entry.state, entry

    def _newcomer(self, act: Callable[[], Registration], seats: int, *, line: bool, at_once: bool = False) -> None:
        expected = self.paper.sign_up(seats, self.at, line=line)
        outcome, entry = self._outcome(act)
        assert outcome == expected
        if entry is not None:
            self.paper.parties[entry.pk] = Party(entry.pk, seats, entry.state, at_once)

    def _one(self, state: str, pick: int) -> tuple[Party, Registration] | None:
        there = [party for party in self.paper.parties.values() if party.state == state]
        if not there:
            return None
        party = there[pick % len(there)]
        return party, Registration.objects.select_related("person").get(pk=party.pk)

    @rule(seats=SEATS)
    def sign_up(self, seats: int) -> None:
        person = resident()
        self._newcomer(
            lambda: actions.register(by=person, at=self.at, occurrence=self.held, seats=seats), seats, line=False
        )

    @rule(seats=SEATS, at_once=st.booleans())
    def stand_in_line(self, seats: int, at_once: bool) -> None:
        person = resident(at_once=at_once)
        self._newcomer(
            lambda: actions.join_waiting_list(by=person, at=self.at, occurrence=self.held, seats=seats),
            seats,
            line=True,
            at_once=at_once,
        )

    @rule(state=st.sampled_from(["confirmed", "offered", "waiting"]), pick=PICK)
    def cancel(self, state: str, pick: int) -> None:
        if self.at < START and (found := self._one(state, pick)):
            party, entry = found
            if hasattr(entry, "check_in"):
                return
            actions.cancel_registration(by=who(entry), at=self.at, registration=entry)
            self.paper.end(party, "cancelled", self.at)

    @rule(pick=PICK)
    def say_yes(self, pick: int) -> None:
        if found := self._one("offered", pick):
            party, entry = found
            outcome, _entry = self._outcome(lambda: actions.accept_offer(by=who(entry), at=self.at, registration=entry))
            assert party.until is not None
            if party.until <= self.at:
                assert outcome == "offer-expired"
            else:
                assert outcome == "confirmed"
                party.state, party.until = "confirmed", None

    @rule(pick=PICK)
    def say_no(self, pick: int) -> None:
        if found := self._one("offered", pick):
            party, entry = found
            actions.decline_offer(by=who(entry), at=self.at, registration=entry)
            self.paper.end(party, "cancelled", self.at)

    @rule(capacity=st.integers(0, 6))
    def change_the_room(self, capacity: int) -> None:
        if self.at < START:
            over = self.paper.taken - capacity
            change = actions.change_capacity(by=None, at=self.at, occurrence=self.held, capacity=capacity)
            self.paper.capacity = capacity
            self.paper.promote(self.at)
            assert change.seats_over == max(0, over)

    @rule(seats=SEATS, pick=PICK, state=st.sampled_from(["confirmed", "waiting"]))
    def change_seats(self, seats: int, pick: int, state: str) -> None:
        if self.at < START and seats <= self.paper.capacity and (found := self._one(state, pick)):
            party, entry = found
            more = seats - party.seats
            outcome, _entry = self._outcome(
                lambda: actions.change_seats(by=who(entry), at=self.at, registration=entry, seats=seats)
            )
            if state == "confirmed" and more > 0 and not self.paper.may_take(more):
                assert outcome == "full"
            elif more:
                party.seats = seats
                self.paper.promote(self.at)

    @rule(hours=st.sampled_from([0.2, 1, 5, 19, 25]))
    def time_passes(self, hours: float) -> None:
        self.at = min(self.at + timedelta(hours=hours), START + timedelta(minutes=30))

    @rule()
    def the_worker_comes_by(self) -> None:
        assert actions.expire_offers(self.at) == self.paper.expire(self.at)

    @precondition(lambda self: self.paper.last_hour(self.at))
    @rule(seats=SEATS)
    def somebody_walks_in(self, seats: int) -> None:
        outcome, entry = self._outcome(
            lambda: actions.register_walk_in(by=self.guide, at=self.at, occurrence=self.held, seats=seats)
        )
        if entry is None:
            assert outcome == ("too-many-seats" if seats > self.paper.capacity else "full")
            assert seats > self.paper.free
        else:
            # Nobody can cancel for a party without a person, so it is kept apart from those whom rules pick.
            self.paper.parties[entry.pk] = Party(entry.pk, seats, "confirmed")
            Registration.objects.filter(pk=entry.pk).update(person=resident())

    @invariant()
    def the_database_says_what_the_paper_says(self) -> None:
        there = dict(Registration.objects.filter(occurrence=self.held).values_list("pk", "state"))
        assert there == {pk: party.state for pk, party in self.paper.parties.items()}
        stands = Offer.objects.open().filter(registration__occurrence=self.held)
        offered = {pk: party.until for pk, party in self.paper.parties.items() if party.state == "offered"}
        assert dict(stands.values_list("registration", "expires_at")) == offered

    @invariant()
    def the_counters_are_right(self) -> None:
        held = Occurrence.objects.get(pk=self.held.pk)
        entries = Registration.objects.filter(occurrence=held)
        assert held.seats_taken == (entries.seated().aggregate(seats=Sum("seats"))["seats"] or 0)
        assert held.waiting == entries.filter(state=State.WAITING).count()
        assert held.last_line == entries.count()
        assert held.seats_taken <= (held.seat_ceiling or 0)
        assert held.seat_ceiling == max(held.capacity or 0, held.seats_taken)

    @invariant()
    def nobody_waits_for_a_seat_that_is_free(self) -> None:
        if not self.paper.last_hour(self.at):
            assert not any(party.seats <= self.paper.free for party in self.paper.waiting())


@pytest.mark.django_db
def test_seats_and_line_stay_right_whatever_is_done() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    rounds = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=checks)
    run_state_machine_as_test(Booking, settings=rounds)
