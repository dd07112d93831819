"""So that nobody guesses a key: each try is counted before it is checked, in the database, for the card and the address.

A try is claimed in one short transaction that locks both counters. Fifty tries at once are therefore fifty tries: the
first few are checked, the rest meet the pause. A right answer takes its own claim back. What is told and how long it
takes is the same for a card that exists and for one that does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils.crypto import salted_hmac

from digirum.base.requests import from_centre_network
from digirum.people.models import GuessCounter

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
WORDS_STOP_AFTER = 50
KEPT = {GuessCounter.Scope.ADDRESS: timedelta(days=1), GuessCounter.Scope.CARD: timedelta(days=90)}


@dataclass(frozen=True)
class Allowance:
    """How many tries in a row come before the first pause, and after how long without a try they are forgotten."""

    free: int
    forgotten_after: timedelta | None


CARD = Allowance(free=3, forgotten_after=None)
ADDRESS = Allowance(free=20, forgotten_after=timedelta(hours=1))
CENTRE = Allowance(free=400, forgotten_after=timedelta(hours=1))


@dataclass(frozen=True)
class Claim:
    """What came of asking for a try: it may be checked unless there is a pause or the words have been stopped."""

    paused_until: datetime | None = None
    stopped: bool = False
    just_stopped: bool = False
    card: GuessCounter | None = None

    @property
    def may_try(self) -> bool:
        """Whether the words are to be checked."""
        return self.paused_until is None and not self.stopped


def pause_after(tries: int, allowance: Allowance) -> timedelta:
    """How long to wait after so many tries in a row: nothing at first, then 30 seconds, doubling to an hour."""
    if tries < allowance.free:
        return timedelta(0)
    doublings = min(tries - allowance.free, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def claim(*, number: str, address: str, at: datetime) -> Claim:
    """Counts a try for the card number and for the address, or tells why it may not be made (then it counts nothing)."""
    of_address = CENTRE if from_centre_network(address) else ADDRESS
    with transaction.atomic():
        place = _locked(GuessCounter.Scope.ADDRESS, address, at)
        card = _locked(GuessCounter.Scope.CARD, number, at)
        _forget(place, of_address, at)
        if card.tries >= WORDS_STOP_AFTER:
            return Claim(stopped=True, card=card)
        waits = [
            counter.paused_until for counter in (place, card) if counter.paused_until and counter.paused_until > at
        ]
        if waits:
            return Claim(paused_until=max(waits), card=card)
        _count(place, of_address, at)
        _count(card, CARD, at)
        return Claim(just_stopped=card.tries >= WORDS_STOP_AFTER, card=card)


def forgive(*, number: str, address: str) -> None:
    """The words were right: the card's row of wrong ones is over, and the address gets its try back.

    Must run inside the transaction of the act.
    """
    for counter in _found(address, number).select_for_update().order_by("scope"):
        if counter.scope == GuessCounter.Scope.CARD:
            counter.tries, counter.paused_until = 0, None
        else:
            allowance = CENTRE if from_centre_network(address) else ADDRESS
            counter.tries = max(0, counter.tries - 1)
            pause = pause_after(counter.tries, allowance)
            counter.paused_until = counter.tried_at + pause if pause else None
        counter.save(update_fields=["tries", "paused_until"])


def reopen(number: str) -> None:
    """New words have been given: the wrong ones of before are forgotten."""
    GuessCounter.objects.filter(scope=GuessCounter.Scope.CARD, subject=_digest("card", number)).delete()


def are_stopped(number: str) -> bool:
    """Whether the words of this card have been stopped by too many wrong tries."""
    return GuessCounter.objects.filter(
        scope=GuessCounter.Scope.CARD, subject=_digest("card", number), tries__gte=WORDS_STOP_AFTER
    ).exists()


def forget_old(at: datetime) -> None:
    """The chore that forgets counters nobody has added to: addresses after a day, cards after ninety."""
    for scope, kept in KEPT.items():
        GuessCounter.objects.filter(scope=scope, tried_at__lt=at - kept).delete()


def _digest(scope: str, subject: str) -> str:
    return salted_hmac(f"people.guessing.{scope}", subject, algorithm="sha256").hexdigest()


def _found(address: str, number: str) -> models.QuerySet[GuessCounter]:
    return GuessCounter.objects.filter(subject__in=[_digest("address", address), _digest("card", number)])


def _locked(scope: GuessCounter.Scope, subject: str, at: datetime) -> GuessCounter:
    """The counter, made where there is none, and held until the transaction ends: the address first, then the card."""
    digest = _digest(scope.value, subject)
    while True:  # again where the chore forgot the counter between the two statements
        GuessCounter.objects.bulk_create(
            [GuessCounter(scope=scope, subject=digest, tried_at=at)], ignore_conflicts=True
        )
        counter = GuessCounter.objects.select_for_update().filter(scope=scope, subject=digest).first()
        if counter is not None:
            return counter


def _forget(counter: GuessCounter, allowance: Allowance, at: datetime) -> None:
    quiet_since = max(counter.tried_at, counter.paused_until or counter.tried_at)
    if allowance.forgotten_after is not None and at - quiet_since >= allowance.forgotten_after:
        counter.tries, counter.paused_until = 0, None


def _count(counter: GuessCounter, allowance: Allowance, at: datetime) -> None:
    counter.tries += 1
    pause = pause_after(counter.tries, allowance)
    counter.tried_at = at
    counter.paused_until = at + pause if pause else None
    counter.save(update_fields=["tries", "tried_at", "paused_until"])
