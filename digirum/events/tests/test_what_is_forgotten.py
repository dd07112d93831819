"""Who came where is forgotten in time, and at once when a person asks for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import translation

from digirum.base.registries import chores, erasures, exports, personal_data
from digirum.events import actions
from digirum.events.models import CallAttempt, CheckIn, Registration, State
from digirum.events.tests.scene import NOW, START, anew, fill, guide, leave, occurrence, resident, state, wait, who
from digirum.people.models import Person

pytestmark = pytest.mark.django_db
LATER = START + timedelta(days=91)


def test_ninety_days_after_it_is_over_only_numbers_are_left() -> None:
    held = occurrence(2)
    [entry, _other] = fill(held)
    actions.check_in(by=guide(held), at=START, registration=entry)
    assert actions.forget_past_registrations(LATER - timedelta(days=2)) == 0
    assert actions.forget_past_registrations(LATER) == 2
    assert actions.forget_past_registrations(LATER) == 0
    assert not Registration.objects.exclude(person=None, registered_by=None, slip_digest=None).exists()
    assert CheckIn.objects.get().by is None
    assert Registration.objects.count() == 2


def test_slips_and_calls_go_with_it() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    helper = guide(held)
    slip = actions.register_on_behalf(by=helper, at=NOW, occurrence=held)
    leave(seated)
    actions.note_call(by=helper, at=NOW, registration=slip.registration, outcome="no-answer")
    actions.forget_past_registrations(LATER)
    slip.registration.refresh_from_db()
    assert (slip.registration.slip_digest, slip.registration.registered_by) == (None, None)
    assert not CallAttempt.objects.exists()


def test_who_erases_the_account_gives_seats_back_to_the_line() -> None:
    held, past = occurrence(1), occurrence(1, start=NOW + timedelta(hours=2))
    person = resident()
    ahead = actions.register(by=person, at=NOW, occurrence=held)
    gone = actions.register(by=person, at=NOW, occurrence=past)
    first = wait(held)
    erasures["events"].erase(person.pk, START - timedelta(days=1))
    assert (state(ahead), state(first), state(gone)) == (State.CANCELLED, State.OFFERED, State.CONFIRMED)
    assert not Registration.objects.filter(person=person).exists()


def test_a_helper_who_erases_the_account_is_forgotten_too() -> None:
    held = occurrence(2)
    helper = guide(held)
    slip = actions.register_on_behalf(by=helper, at=NOW, occurrence=held)
    actions.check_in(by=helper, at=START, registration=slip.registration)
    actions.forget_person(helper.pk, LATER)
    slip.registration.refresh_from_db()
    assert slip.registration.registered_by is None
    assert CheckIn.objects.get().by is None
    assert anew(held).seats_taken == 1


def test_a_person_can_take_out_what_is_kept_of_them() -> None:
    held = occurrence(2)
    entry = actions.register(by=resident(), at=NOW, occurrence=held, seats=2)
    actions.check_in(by=guide(held), at=START, registration=entry, arrived=1)
    with translation.override("en"):
        collected = exports["events"].collect(who(entry).pk)
    assert collected == [
        {
            "event": "Try VR",
            "starts": START.isoformat(),
            "signed_up": NOW.isoformat(),
            "seats": 2,
            "state": "Has a seat",
            "came": 1,
        }
    ]


def test_every_field_that_leads_to_a_person_is_declared() -> None:
    links = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_app_config("events").get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person
    }
    assert links <= {entry.name for entry in personal_data}


def test_the_worker_does_it_by_itself() -> None:
    assert chores["events.expire_offers"].every <= 60
    chores["events.expire_offers"].run(NOW)
    chores["events.forget_past_registrations"].run(NOW)
