"""The ways in which a notice leaves the room. Today there is one, e-mail; a second registers here beside it."""

from __future__ import annotations

from typing import Protocol

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from digirum.base.languages import BY_CODE, DEFAULT
from digirum.base.registries import Registry
from digirum.notices.models import Delivery
from digirum.people.models import Person


class NoAddress(Exception):
    """The person has no address in this channel any more."""


class Channel(Protocol):
    """A way out of the room."""

    @property
    def name(self) -> str: ...

    def reaches(self, person: Person) -> bool:
        """Whether the person has an address here."""
        ...

    def send(self, delivery: Delivery) -> None:
        """Sends once. Raises ``NoAddress`` where there is none; any other exception means: try again later."""
        ...


class Email:
    """E-mail to the verified address, as plain text and HTML in the person's language."""

    name = "e-mail"

    def reaches(self, person: Person) -> bool:
        """Whether the person has a verified address."""
        return bool(_address(person))

    def send(self, delivery: Delivery) -> None:
        """One message; its Message-ID is the delivery's id, so that a duplicate after a crash can be seen as one."""
        notice = delivery.notice
        address = _address(notice.person)
        if not address:
            raise NoAddress
        language = BY_CODE.get(notice.person.language, DEFAULT)
        with translation.override(language.code):
            words = {"notice": notice, "language": language, "origin": settings.ORIGIN, "site_name": settings.SITE_NAME}
            message = EmailMultiAlternatives(
                subject=notice.title,
                body=render_to_string("notices/mail.txt", words),
                to=[address],
                headers={
                    "Message-ID": f"<{delivery.id}@{settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else 'localhost'}>",
                    "Auto-Submitted": "auto-generated",
                    "Content-Language": language.html,
                },
            )
            message.attach_alternative(render_to_string("notices/mail.html", words), "text/html")
            message.send()


def _address(person: Person) -> str:
    if not person.is_active:
        return ""
    found = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "id").first()
    return found.email if found else ""


channels: Registry[Channel] = Registry("channels of notices")
channels.register(Email())
