"""Prepares what the clients of the bench send, and asks each page once to count queries and bytes.

Runs in a process of its own that belongs to the measured site.
"""

import json
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.base import clock, ids, pagecache
from digirum.base.audience import Audience
from digirum.events.models import Event, Kind, Occurrence
from digirum.people.models import Person, Subject
from tests.bench.costs import Cost, Visits
from tests.bench.rows import MARK
from tests.sign_ins import PROTECTION, sign_in

STATEMENTS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
PEOPLE = 400


def prepare(folder: Path, rounds: int, each: int) -> Visits:
    """Forms for so many rounds of so many sign-ups (and bare inserts), in files of the folder; counts on the way."""
    at = clock.now()
    people = _people(at)
    cookies = sign_in(people, at)
    held = _held(-(-each * (rounds + 1) // PEOPLE), at)
    _write_sign_ups(folder, held, cookies, rounds, each)
    _write_inserts(folder, held, _people(at), rounds, each)
    event = Event.objects.public().filter(slug__startswith=MARK, occurrences__starts_at__gt=at).earliest("slug")
    pages = {
        "home": "/",
        "programme": "/program",
        "event": f"/program/{event.slug}",
        "search": "/sok?q=surfplatta",
    }
    cached = {name: _cost(Client(), path, warm=True) for name, path in pages.items()}
    uncached = {name: _cost(_client(cookies[0]), path) for name, path in pages.items()}
    return Visits(pages, cookies[0], cached, uncached, _cost_of_sign_up(cookies[-1], held[-1]))


def _people(at: datetime) -> list[Person]:
    people = Person.objects.bulk_create(Person(pseudonym="Matt Mätare", joined_at=at) for _number in range(PEOPLE))
    Subject.objects.bulk_create(Subject(person=person, made_at=at) for person in people)
    return people


def _held(count: int, at: datetime) -> list[Occurrence]:
    """Times with room for all who sign up in the bench, far enough ahead to stand on no measured page."""
    event = Event.objects.create(
        slug=f"anmal-{secrets.token_hex(4)}",
        name_sv="Att anmäla sig till",
        kind=Kind.WORKSHOP,
        made_at=at,
        changed_at=at,
        published_at=at,
    )
    start = clock.day_start(clock.local_day(at) + timedelta(days=500))
    return Occurrence.objects.bulk_create(
        Occurrence(
            event=event,
            starts_at=start + timedelta(days=number),
            ends_at=start + timedelta(days=number, hours=2),
            capacity=100 * PEOPLE,
            seat_ceiling=100 * PEOPLE,
            registration_closes_at=start + timedelta(days=number),
            shown_to=Audience.PUBLIC,
            changed_at=at,
        )
        for number in range(count + 1)
    )


def _write_sign_ups(folder: Path, held: list[Occurrence], cookies: list[str], rounds: int, each: int) -> None:
    body = urlencode({"csrfmiddlewaretoken": PROTECTION})
    for turn in range(rounds):
        with (folder / f"sign-ups-{turn}").open("w") as file:
            for number in range(turn * each, turn * each + each):
                occurrence, cookie = held[number // PEOPLE], cookies[number % PEOPLE]
                file.write(f"{_address(occurrence)}\t{cookie}\t{body}\n")


def _write_inserts(folder: Path, held: list[Occurrence], people: list[Person], rounds: int, each: int) -> None:
    def adapted(value: object) -> str:
        return str(Occurrence._meta.pk.get_db_prep_value(value, connection))

    for turn in range(rounds):
        with (folder / f"inserts-{turn}").open("w") as file:
            for number in range(turn * each, turn * each + each):
                told = {
                    "id": adapted(ids.uuid7()),
                    "occurrence": adapted(held[number // PEOPLE].pk),
                    "person": adapted(people[number % PEOPLE].pk),
                    "line": 1_000_000 + number,
                }
                file.write(f"/insert\t\t{urlencode(told)}\n")


def _address(occurrence: Occurrence) -> str:
    return f"/program/{occurrence.event.slug}/{occurrence.key}/anmalan"


def _client(cookie: str) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.cookies = SimpleCookie(cookie)
    return client


def _cost(client: Client, path: str, *, warm: bool = False) -> Cost:
    """The second time is counted for a page that the cache keeps; else the second too, when all imports are done."""
    if not warm:
        pagecache.clear()
    client.get(path, headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as asked:
        plain = client.get(path, headers={"host": "localhost"})
    queries = _statements(asked)  # before another request clears them
    zipped = client.get(path, headers={"host": "localhost", "accept-encoding": "gzip"})
    if plain.status_code != 200:
        raise RuntimeError(f"{path} answered {plain.status_code}.")
    return Cost(queries, len(plain.content), len(zipped.content))


def _cost_of_sign_up(cookie: str, held: Occurrence) -> Cost:
    form = {"csrfmiddlewaretoken": PROTECTION}
    with CaptureQueriesContext(connection) as asked:
        answer = _client(cookie).post(_address(held), form, headers={"host": "localhost"})
    if answer.status_code != 302:
        raise RuntimeError(f"A sign-up answered {answer.status_code}.")
    return Cost(_statements(asked), len(answer.content), len(answer.content))


def _statements(asked: CaptureQueriesContext) -> int:
    return sum(query["sql"].split(None, 1)[0].upper() in STATEMENTS for query in asked)


def main(folder: str, rounds: int, each: int) -> None:
    """Prints what was prepared, for the process that measures."""
    print(json.dumps(asdict(prepare(Path(folder), rounds, each))))
