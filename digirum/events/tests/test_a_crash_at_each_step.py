"""Whatever step an act dies at, nothing half done is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from digirum.base.models import Generation
from digirum.events import actions
from digirum.events.models import Offer, Registration
from digirum.events.tests.scene import NOW, START, fill, guide, leave, occurrence, resident, wait, who

pytestmark = pytest.mark.django_db


class Crash(Exception):
    """The machine stops."""


def _everything() -> dict[str, list[Any]]:
    rooms = ("events", "notices", "journal")
    nouns: list[type[models.Model]] = [
        Generation,
        *(model for room in rooms for model in apps.get_app_config(room).get_models()),
    ]
    return {noun._meta.label: list(noun._default_manager.order_by("pk").values_list()) for noun in nouns}


def _crash_at_each_statement(act: Callable[[], object]) -> int:
    """Runs the act again and again, dying before its first, second, third … statement; returns how many it has."""
    before, step = _everything(), 0
    while True:
        step += 1
        passed = 0

        def die(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal passed
            if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
                passed += 1
                if passed == step:  # noqa: B023 - the loop waits for it
                    raise Crash
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(die):
                act()
        except Crash:
            assert _everything() == before, f"something is left of an act that died at statement {step}"
        else:
            assert _everything() != before
            return step - 1


def test_signing_up() -> None:
    held, person = occurrence(1), resident(email="lonn@example.org")
    assert _crash_at_each_statement(lambda: actions.register(by=person, at=NOW, occurrence=held)) >= 5


def test_standing_in_line() -> None:
    held, person = occurrence(1), resident()
    fill(held)
    assert _crash_at_each_statement(lambda: actions.join_waiting_list(by=person, at=NOW, occurrence=held)) >= 4


def test_a_seat_that_passes_to_the_next_in_line() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held)
    assert _crash_at_each_statement(lambda: leave(seated)) >= 10
    assert Offer.objects.open().count() == 1


def test_a_seat_that_passes_to_one_who_takes_it_at_once() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held, person=resident(at_once=True))
    assert _crash_at_each_statement(lambda: leave(seated)) >= 10


def test_saying_yes() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first = wait(held)
    leave(seated)
    _crash_at_each_statement(lambda: actions.accept_offer(by=who(first), at=NOW, registration=first))


def test_saying_no() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    first, _second = wait(held), wait(held)
    leave(seated)
    _crash_at_each_statement(lambda: actions.decline_offer(by=who(first), at=NOW, registration=first))


def test_an_offer_that_runs_out() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held), wait(held)
    leave(seated)
    ends = Offer.objects.get().expires_at
    assert _crash_at_each_statement(lambda: actions.expire_offers(ends)) >= 10


def test_calling_off() -> None:
    held = occurrence(2)
    one, _two = fill(held)
    wait(held)
    leave(one)
    _crash_at_each_statement(lambda: actions.cancel_occurrence(by=None, at=NOW, occurrence=held, reason="Sjuk."))


def test_a_walk_in() -> None:
    held = occurrence(1)
    helper = guide(held)
    _crash_at_each_statement(lambda: actions.register_walk_in(by=helper, at=START, occurrence=held))
    assert Registration.objects.get().check_in.arrived == 1


def test_erasing_an_account() -> None:
    held = occurrence(1)
    [seated] = fill(held)
    wait(held)
    _crash_at_each_statement(lambda: actions.forget_person(who(seated).pk, NOW))
