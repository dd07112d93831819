"""The open API keeps what its own description promises, whatever it is asked (schemathesis)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case

from digirum.base import clock
from digirum.events import actions
from digirum.events.tests.scene import centre, event, occurrence
from digirum.topics.models import Area, Competence, HelpTopic, Theme
from digirum.wsgi import application

DESCRIPTION = "/api/v1/openapi.json"


schema = schemathesis.openapi.from_wsgi(DESCRIPTION, application)


@pytest.fixture
def one_connection(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request must not close the connection in whose transaction the test runs."""
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.fixture
def something_to_find(one_connection: None) -> None:
    """A few things in each list."""
    at_centre = centre("bibblan")
    for number in range(3):
        start = clock.now() + timedelta(days=number + 1)
        occurrence(of=event(texts={"name_sv": f"Nr {number}"}, centre=at_centre, languages=("sv",)), start=start)
    actions.cancel_occurrence(by=None, at=clock.now(), occurrence=occurrence(), reason="Halka.")
    area, _made = Area.objects.get_or_create(number=1, defaults={"name": "Information"})
    Competence.objects.get_or_create(number="1.1", defaults={"area": area, "name": "Söka"})
    Theme.objects.get_or_create(slug="arbete", defaults={"name": "Arbete"})
    HelpTopic.objects.get_or_create(slug="bankid", defaults={"name": "BankID"})


@schema.parametrize()
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("something_to_find")
def test_no_question_finds_it_wanting(case: Case[Any]) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"})


def test_the_description_is_openapi_3_1_and_names_every_list() -> None:
    described: dict[str, Any] = schema.raw_schema
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/centres", "/api/v1/events", "/api/v1/occurrences"} <= set(described["paths"])
