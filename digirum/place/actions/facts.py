"""Saying what somebody needs to know before they come: accessibility, and languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from digirum.base.refusal import Refused
from digirum.people.models import Person
from digirum.place.actions.steps import differs, done, locked, write
from digirum.place.models import AccessibilityFact, Centre, SpokenLanguage


@transaction.atomic
def state_fact(
    *, by: Person | None, at: datetime, centre: Centre, kind: str, answer: str, notes: Mapping[str, Any]
) -> AccessibilityFact:
    """States one accessibility fact, in place of what was said of it before. ``notes`` are ``note_sv`` and so on."""
    now = locked(by, at, centre)
    if kind not in AccessibilityFact.Kind or answer not in AccessibilityFact.Answer:
        raise Refused(_("Choose what it is about, and yes, partly or no."), code="unknown-fact", field="kind")
    known = AccessibilityFact.objects.filter(centre=now, kind=kind).first()
    fact = known or AccessibilityFact(centre=now, kind=kind)
    values = {"answer": answer, **notes}
    if known and not differs(known, values):
        return known
    write(fact, values)
    done(by, at, now, "place.fact_stated", fact)
    return fact


@transaction.atomic
def withdraw_fact(*, by: Person | None, at: datetime, fact: AccessibilityFact) -> None:
    """Takes a fact away: nothing is said of it any more."""
    centre = locked(by, at, fact.centre)
    done(by, at, centre, "place.fact_withdrawn", fact)
    fact.delete()


@transaction.atomic
def offer_language(
    *, by: Person | None, at: datetime, centre: Centre, language: str, weekday: int | None = None
) -> SpokenLanguage:
    """Says that help is given in a language, every day (None) or on one day of the week. Twice is the same as once."""
    now = locked(by, at, centre)
    if language not in SpokenLanguage.Tongue:
        raise Refused(_("Choose one of the languages in the list."), code="unknown-language", field="language")
    spoken, is_new = SpokenLanguage.objects.get_or_create(centre=now, language=language, weekday=weekday)
    if is_new:
        done(by, at, now, "place.language_offered", spoken)
    return spoken


@transaction.atomic
def withdraw_language(*, by: Person | None, at: datetime, spoken: SpokenLanguage) -> None:
    """Takes a language away."""
    centre = locked(by, at, spoken.centre)
    done(by, at, centre, "place.language_withdrawn", spoken)
    spoken.delete()
