"""A wave of guesses: many cards tried at within a quarter of an hour. Staff are told once an hour while it lasts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from digirum.base import news
from digirum.journal.record import record
from digirum.people.models import GuessCounter, GuessWave, Person, RoleGrant
from digirum.people.rules import DESK

if TYPE_CHECKING:
    from django.db import models

LOOKS_BACK = timedelta(minutes=15)
# Cards with more than one wrong try, cards with any (somebody goes through the numbers), addresses in a pause.
MANY_CARDS = 10
MANY_NUMBERS = 40
MANY_ADDRESSES = 3


def watch(at: datetime) -> None:
    """The chore: looks for a wave, writes it down, and tells staff when one begins. Idempotent."""
    recent = GuessCounter.objects.filter(tried_at__gte=at - LOOKS_BACK)
    tried = recent.filter(scope=GuessCounter.Scope.CARD, tries__gte=1)
    cards = tried.count()
    addresses = recent.filter(scope=GuessCounter.Scope.ADDRESS, paused_until__isnull=False).count()
    again = tried.filter(tries__gte=2).count()
    if again < MANY_CARDS and cards < MANY_NUMBERS and addresses < MANY_ADDRESSES:
        return
    hour = at.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        wave, begun = GuessWave.objects.get_or_create(
            hour=hour, defaults={"cards": cards, "addresses": addresses, "seen_at": at}
        )
        if not begun:
            wave.cards, wave.addresses, wave.seen_at = max(wave.cards, cards), max(wave.addresses, addresses), at
            wave.save(update_fields=["cards", "addresses", "seen_at"])
            return
        record(by=None, verb="people.guess_wave_seen", noun=wave, at=at)
        if not GuessWave.objects.filter(hour=hour - timedelta(hours=1)).exists():
            _tell_staff(wave, at)


def going_on(at: datetime) -> GuessWave | None:
    """The wave of the last hour, for the desk's panel."""
    return GuessWave.objects.filter(seen_at__gte=at - timedelta(hours=1)).first()


def _tell_staff(wave: GuessWave, at: datetime) -> None:
    holding: models.QuerySet[RoleGrant] = RoleGrant.objects.holding_at(at).filter(role__in=DESK)
    for person in Person.objects.filter(pk__in=holding.values("person"), is_active=True):
        news.tell(
            person=person,
            kind="people.guess_wave",
            at=at,
            key=f"guess-wave:{wave.hour.isoformat()}:{person.pk}",
            params={"cards": wave.cards},
            path=reverse("people:desk_key"),
        )
