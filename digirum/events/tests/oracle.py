"""The line as one would keep it on paper: the rules of seats written a second time, plainly, without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass
class Party:
    """One line on the paper."""

    pk: UUID
    seats: int
    state: str
    at_once: bool = False
    until: datetime | None = None


@dataclass
class Paper:
    """The whole paper: how many seats there are, when it starts, and the parties in the order in which they came."""

    capacity: int
    start: datetime
    parties: dict[UUID, Party] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return sum(party.seats for party in self.parties.values() if party.state in {"confirmed", "offered"})

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)

    def waiting(self) -> list[Party]:
        return [party for party in self.parties.values() if party.state == "waiting"]

    def may_take(self, seats: int) -> bool:
        """Whether a newcomer gets so many seats: they are free, and nobody in line could use what is free."""
        return seats <= self.free and not any(party.seats <= self.free for party in self.waiting())

    def last_hour(self, at: datetime) -> bool:
        return at >= self.start - HOUR

    def sign_up(self, seats: int, at: datetime, *, line: bool) -> str:
        """What a newcomer gets: the state of the new party, or the code of the refusal."""
        if at >= self.start:
            return "closed"
        if seats > self.capacity:
            return "too-many-seats"
        if self.may_take(seats):
            return "confirmed"
        if not line:
            return "full"
        return "too-late" if self.last_hour(at) else "waiting"

    def end(self, party: Party, state: str, at: datetime) -> None:
        """A party leaves; what it had goes on."""
        party.state, party.until = state, None
        self.promote(at)

    def expire(self, at: datetime) -> int:
        late = [party for party in self.parties.values() if party.until and party.until <= at]
        for party in late:
            party.state, party.until = "lapsed", None
        if late:
            self.promote(at)
        return len(late)

    def promote(self, at: datetime) -> None:
        """The first who fits, then the next, until nobody fits."""
        if self.last_hour(at):
            return
        while fitting := [party for party in self.waiting() if party.seats <= self.free]:
            first = fitting[0]
            first.state = "confirmed" if first.at_once else "offered"
            first.until = None if first.at_once else at + min(DAY, (self.start - at) / 4)
