"""The outbox in the back office: how messages go, never what they say or to whom; tried again by the act alone."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from digirum.journal.models import JournalEntry
from digirum.notices.actions import tell
from digirum.notices.kinds import NoticeKind, kinds
from digirum.notices.models import Delivery
from digirum.people.models import Role
from digirum.people.strength import Method
from digirum.people.tests.residents import NOW, person_called, sign_in_client
from digirum.people.tests.staff import holder_of

pytestmark = pytest.mark.django_db
KIND = "notices.of-the-back-offices-test"


@pytest.fixture
def given_up() -> Delivery:
    if KIND not in [kind.name for kind in kinds]:
        kinds.register(NoticeKind(name=KIND, title="Hemligt %(what)s", text="Kom till %(what)s"))
    person = person_called("Lugn Ekorre 27")
    with transaction.atomic():
        notice = tell(person=person, kind=KIND, at=NOW, key="one", params={"what": "skuldsamtalet"})
    return Delivery.objects.create(
        notice=notice, channel="letter", state=Delivery.State.FAILED, attempts=12, next_try_at=NOW, ended_at=NOW,
        failure="SMTPServerDisconnected",
    )  # fmt: skip


def staff(role: Role) -> Client:
    client = Client()
    sign_in_client(client, holder_of(role), method=Method.PASSKEY)
    return client


def test_the_list_tells_how_it_goes_but_neither_to_whom_nor_what(given_up: Delivery) -> None:
    page = staff(Role.ADMINISTRATOR).get(reverse("deliveries:index"), {"state": "failed"})

    assert list(page.context["object_list"]) == [given_up]
    assert "SMTPServerDisconnected" in page.text
    for private in ("Lugn Ekorre 27", "skuldsamtalet", "Hemligt", str(given_up.notice_id)):
        assert private not in page.text
    assert not staff(Role.ADMINISTRATOR).get(reverse("deliveries:index"), {"state": "sent"}).context["object_list"]


def test_trying_again_is_asked_for_and_runs_the_act(given_up: Delivery) -> None:
    client, url = staff(Role.ADMINISTRATOR), reverse("notices_again", args=[given_up.pk])

    assert client.get(url).status_code == 200
    given_up.refresh_from_db()
    assert given_up.state == Delivery.State.FAILED, "looking changes nothing"
    assert client.post(url).status_code == 302
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempts) == (Delivery.State.WAITING, 0)
    assert JournalEntry.objects.filter(verb="notices.tried_again", role="administrator").count() == 1
    refused = client.post(url, follow=True)
    assert "Ladda om sidan" in refused.text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR, Role.AUDITOR, Role.GUIDE])
def test_nobody_but_administrators_sees_or_touches_it(given_up: Delivery, role: Role) -> None:
    client = staff(role)

    assert client.get(reverse("deliveries:index")).status_code != 200
    client.post(reverse("notices_again", args=[given_up.pk]))
    given_up.refresh_from_db()
    assert given_up.state == Delivery.State.FAILED


def test_nothing_is_written_or_deleted_by_hand(given_up: Delivery) -> None:
    client = staff(Role.ADMINISTRATOR)

    for view in ("edit", "delete"):
        assert client.post(reverse(f"deliveries:{view}", args=[given_up.pk])).status_code == 404
    assert Delivery.objects.filter(pk=given_up.pk, state=Delivery.State.FAILED).exists()
