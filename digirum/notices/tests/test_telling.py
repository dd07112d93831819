"""Telling a person: once, in the room always, by e-mail where there is an address."""

from __future__ import annotations

import email
import email.policy
import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from digirum.base.refusal import NotAllowed
from digirum.notices import actions, channels
from digirum.notices.kinds import NoticeKind, kinds
from digirum.notices.models import Delivery, Notice
from digirum.notices.models.delivery import MOST_ATTEMPTS
from digirum.people.actions.roles import give_role
from digirum.people.models import Person, Recognition, Role, Subject
from digirum.people.tests.staff import centre, somebody
from tests.databases import TestDatabase

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KIND = "tests.seat"


@pytest.fixture(autouse=True)
def a_kind() -> None:
    """A kind of notice with every sort of value."""
    if KIND not in kinds:
        kinds.register(
            NoticeKind(
                KIND,
                title=_("%(event)s: %(seats)s"),
                text=_("%(event)s %(starts_at)s"),
                link=_("See"),
                urgent=True,
            )
        )


@pytest.fixture
def resident(db: None) -> Person:
    """A resident who gave no address."""
    person = Person.objects.create(pseudonym="Granntant 42", joined_at=AT)
    Subject.of(person, AT)
    return person


@pytest.fixture
def reachable(resident: Person) -> Person:
    """The same, with a verified address."""
    EmailAddress.objects.create(user=resident, email="granntant@example.org", verified=True, primary=True)
    return resident


def tell(person: Person, key: str = "seat:1") -> Notice:
    """Tells of a seat."""
    with transaction.atomic():
        return actions.tell(
            person=person,
            kind=KIND,
            at=AT,
            key=key,
            params={"event": {"sv": "Prova VR", "en": "Try VR"}, "seats": 2, "starts_at": AT},
            path="/program/prova-vr",
        )


def test_a_notice_is_in_the_room_even_without_any_address(resident: Person) -> None:
    notice = tell(resident)
    assert list(Notice.objects.of(resident).unread()) == [notice]
    assert not Delivery.objects.exists()


def test_the_same_thing_is_told_once(reachable: Person) -> None:
    assert tell(reachable) == tell(reachable)
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 1)


def test_it_speaks_the_readers_language(resident: Person) -> None:
    notice = tell(resident)
    with translation.override("sv"):
        assert notice.title == "Prova VR: 2"
        assert notice.text == "Prova VR måndag 23 november kl. 10.00"
        assert notice.address == "/program/prova-vr"
    with translation.override("en"):
        assert notice.title == "Try VR: 2"
        assert notice.address == "/en/program/prova-vr"
    with translation.override("ar"):
        assert notice.title == "Prova VR: 2"


@pytest.mark.django_db(transaction=True)
def test_telling_outside_an_act_is_a_programming_error(resident: Person) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        actions.tell(person=resident, kind=KIND, at=AT, key="k")


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_tells_nobody(reachable: Person) -> None:
    def act() -> None:
        with transaction.atomic():
            actions.tell(person=reachable, kind=KIND, at=AT, key="k")
            raise LookupError

    with pytest.raises(LookupError):
        act()
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_an_address_gets_the_notice_as_text_and_html(reachable: Person) -> None:
    tell(reachable)
    assert actions.deliver_due(AT) == 1
    (message,) = mail.outbox
    assert message.to == ["granntant@example.org"]
    assert message.subject == "Prova VR: 2"
    assert "http" in message.body
    assert "Prova VR måndag 23 november kl. 10.00" in message.body
    ((html, kind),) = [(part.content, part.mimetype) for part in message.alternatives]  # type: ignore[attr-defined]  # multi-part
    assert kind == "text/html"
    assert '<html lang="sv" dir="ltr">' in html
    assert Delivery.objects.get().state == Delivery.State.SENT


def test_it_is_sent_once_however_often_the_outbox_is_emptied(reachable: Person) -> None:
    tell(reachable)
    actions.deliver_due(AT)
    actions.deliver_due(AT + timedelta(days=1))
    assert len(mail.outbox) == 1


def test_an_address_that_was_taken_away_gets_nothing(reachable: Person) -> None:
    tell(reachable)
    EmailAddress.objects.all().delete()
    assert actions.deliver_due(AT) == 0
    assert Delivery.objects.get().state == Delivery.State.NO_ADDRESS
    assert not mail.outbox


def test_an_address_that_is_not_verified_counts_as_none(resident: Person) -> None:
    EmailAddress.objects.create(user=resident, email="granntant@example.org", verified=False, primary=True)
    tell(resident)
    assert not Delivery.objects.exists()


@pytest.fixture
def broken_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that refuses."""

    def refuse(self: channels.Email, delivery: Delivery) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(channels.Email, "send", refuse)


@pytest.mark.usefixtures("broken_mail")
def test_a_failing_mail_server_is_tried_again_with_growing_pauses(reachable: Person) -> None:
    tell(reachable)
    at, pauses = AT, []
    for _attempt in range(4):
        assert actions.deliver_due(at) == 0
        delivery = Delivery.objects.get()
        pauses.append(delivery.next_try_at - at)
        assert actions.deliver_due(delivery.next_try_at - timedelta(seconds=1)) == 0
        at = delivery.next_try_at
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert Delivery.objects.get().attempts == 4


@pytest.mark.usefixtures("broken_mail")
def test_in_the_end_it_is_given_up_and_stays_to_be_seen_and_tried_again(reachable: Person) -> None:
    tell(reachable)
    at = AT
    for _attempt in range(MOST_ATTEMPTS):
        actions.deliver_due(at)
        at = Delivery.objects.get().next_try_at
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.failure) == (Delivery.State.FAILED, "ConnectionRefusedError")
    assert actions.try_again(by=None, delivery=delivery, at=at).state == Delivery.State.WAITING


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_marking_loses_nothing(
    reachable: Person, tmp_path: Path, database: TestDatabase
) -> None:
    """The claim runs out, the message is sent again under the same Message-ID: one visible duplicate at most."""
    tell(reachable)
    program = textwrap.dedent(
        f"""
        import os, signal, django
        django.setup()
        from datetime import datetime
        from digirum.notices import channels
        from digirum.notices.actions import deliver_due
        send = channels.Email.send
        def send_and_die(self, delivery):
            send(self, delivery)
            os.kill(os.getpid(), signal.SIGKILL)
        channels.Email.send = send_and_die
        from django.conf import settings
        settings.MAILERS = {{"default": {{"BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                                       "OPTIONS": {{"file_path": {str(tmp_path)!r}}}}}}}
        from digirum.notices.kinds import NoticeKind, kinds
        kinds.register(NoticeKind({KIND!r}, title="%(event)s: %(seats)s", text="%(event)s %(starts_at)s"))
        deliver_due(datetime.fromisoformat({AT.isoformat()!r}))
        """
    )
    environment = os.environ | {"DATABASE_URL": database.url(), "DJANGO_SETTINGS_MODULE": "digirum.settings"}
    died = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    assert died.returncode == -signal.SIGKILL
    assert Delivery.objects.get().state == Delivery.State.WAITING
    assert actions.deliver_due(AT + timedelta(minutes=9)) == 0
    assert actions.deliver_due(AT + timedelta(minutes=10)) == 1
    (first,) = tmp_path.iterdir()
    sent = email.message_from_bytes(first.read_bytes(), policy=email.policy.default)
    assert sent["Message-ID"] == mail.outbox[0].extra_headers["Message-ID"]


def test_old_notices_are_disposed_of_after_two_years(resident: Person) -> None:
    tell(resident)
    assert actions.dispose_of_old(AT + timedelta(days=729)) == 0
    assert actions.dispose_of_old(AT + timedelta(days=731)) == 1
    assert not Notice.objects.exists()


def test_only_the_desk_prints_what_somebody_has_not_read(resident: Person) -> None:
    tell(resident)
    with pytest.raises(NotAllowed):
        actions.print_for(by=resident, person=resident, at=AT, recognised_by=Recognition.CARD)


def test_the_news_of_a_role_names_it_in_the_reader_s_language(db: None) -> None:
    coordinator = somebody()
    with translation.override("en"):
        give_role(by=None, at=AT, person=coordinator, role=Role.COORDINATOR, organisation=centre())
    notice = Notice.objects.get(person=coordinator)
    read = {}
    for language in ("sv", "en", "ar"):
        with translation.override(language):
            read[language] = notice.title
    assert read["sv"] == "Du har fått en roll: samordnare"
    assert read["en"].endswith(": coordinator")
    assert "coordinator" not in read["ar"]
