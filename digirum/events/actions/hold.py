"""Holding an occurrence while its seats change: nobody else counts them until the act is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from digirum.base import driver
from digirum.base.generations import raise_generation
from digirum.base.prepared import Prepared, Value
from digirum.base.routing import stay_on_primary
from digirum.events.models import Event, Occurrence


@contextmanager
def holding(pk: UUID) -> Iterator[Occurrence]:
    """One transaction in which the occurrence is locked, and read anew together with its event and cancellation.

    PostgreSQL locks the row; SQLite's transaction is the only writer from its start. When what the public sees of the
    seats has changed at the end, the cached pages that show it are given up, in the same transaction.
    """
    with transaction.atomic():
        stay_on_primary()
        held = _LOCKED.first(pk)
        if held is None:
            raise Occurrence.DoesNotExist
        before = held.availability
        yield held
        if held.availability != before:
            show_anew(held.event)


def hold_all(pks: Iterable[UUID]) -> list[Occurrence]:
    """Locks several, in an order that is the same for all, so that two acts cannot wait for each other in a ring."""
    stay_on_primary()
    return list(_locked().filter(pk__in=list(pks)).order_by("pk"))


def count(held: Occurrence, *, seats: int = 0, waiting: int = 0, lines: int = 0) -> bool:
    """Adds to the counters of a held occurrence; False, and nothing written, if there are not so many seats free.

    The condition stands in the update itself, so that not even a forgotten lock could take a seat too many; below it
    the database's own constraint stands.
    """
    pk = Occurrence._meta.pk.get_db_prep_value(held.pk, connection)
    if seats > 0:
        changed = driver.write(connection, _TAKE, [seats, waiting, lines, pk, seats])
    else:
        changed = driver.write(connection, _GIVE_BACK, [seats, waiting, lines, seats, seats, pk])
    if not changed:
        return False
    held.seats_taken += seats
    held.waiting += waiting
    held.last_line += lines
    if seats < 0 and held.capacity is not None:
        held.seat_ceiling = max(held.capacity, held.seats_taken)
    return True


_COUNT = (
    "UPDATE events_occurrence SET seats_taken = seats_taken + %s, waiting = waiting + %s, last_line = last_line + %s"
)
# Taking leaves the ceiling alone, so that the database's constraint stands behind the condition.
_TAKE = f"{_COUNT} WHERE id = %s AND (capacity IS NULL OR seats_taken + %s <= capacity)"
# Giving back lets the ceiling sink to what is taken, and no lower than capacity.
_GIVE_BACK = (
    f"{_COUNT}, seat_ceiling = CASE WHEN capacity IS NULL THEN NULL"
    " WHEN seats_taken + %s > capacity THEN seats_taken + %s ELSE capacity END WHERE id = %s"
)


def show_anew(event: Event, *, also: bool = False) -> None:
    """Gives up the cached pages that show the event, if the public sees it at all (``also``: or saw it before)."""
    if event.is_public or also:
        raise_generation("events", f"event:{event.pk}")


def show_to_audience(event: Event) -> None:
    """Writes on each time of the event who sees it now. Locks them in the order that ``hold_all`` does."""
    times = Occurrence.objects.filter(event=event).exclude(shown_to=event.shown_to)
    locked = list(times.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if locked:
        Occurrence.objects.filter(event=event).update(shown_to=event.shown_to)


def _locked() -> QuerySet[Occurrence]:
    return Occurrence.objects.select_for_update(of=("self",), no_key=True).for_acts()


_LOCKED = Prepared(lambda pk: _locked().filter(pk=pk), Value(Occurrence._meta.pk, UUID(int=1)))
