"""Visitors and signed-in people at their browsers, for the tests of the pages."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import quote

from django.test import Client
from django.utils.html import strip_tags

from digirum.base import clock
from digirum.events.models import Occurrence
from digirum.people.models import Person
from digirum.people.strength import Method
from digirum.people.tests.residents import sign_in_client

MINUTE = timedelta(minutes=1)


def browser_of(person: Person, *, method: Method = Method.WORDS) -> Client:
    """Somebody who has signed in, with the words of a key unless said otherwise."""
    client = Client()
    sign_in_client(client, person, method=method, at=clock.now())
    return client


def path_of(occurrence: Occurrence, page: str = "") -> str:
    """The address of an occurrence, or of one of its pages."""
    return f"/program/{occurrence.event.slug}/{occurrence.key}{page}"


def html(client: Client, path: str, status: int = 200) -> str:
    """What the page holds."""
    response = client.get(quote(path, safe="/?&=%"))
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def words(client: Client, path: str, status: int = 200) -> str:
    """What somebody reads on the page, from its heading to its foot, in one line."""
    main = re.search(r"<main.*?</main>", html(client, path, status), flags=re.DOTALL)
    assert main is not None
    return " ".join(unescape(strip_tags(main[0])).split())
