"""What this room sends from the queue."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import translation

from digirum.base.languages import BY_CODE, DEFAULT
from digirum.people.actions.one_time_codes import code_of
from digirum.people.models import OneTimeCode


@task(queue_name="mail")
def send_code(identifier: str, language_code: str) -> None:
    """Sends a one-time code to its address. For an address that is nobody's nothing leaves the house.

    The same work waits in the queue in both cases, so that the page answers alike.
    """
    row = OneTimeCode.objects.filter(pk=identifier, used_at__isnull=True).first()
    if row is None or row.person_id is None:
        return
    language = BY_CODE.get(language_code, DEFAULT)
    with translation.override(language.code):
        words = {
            "code": code_of(row),
            "language": language,
            "purpose": row.purpose,
            "site_name": settings.SITE_NAME,
            "origin": settings.ORIGIN,
        }
        message = EmailMultiAlternatives(
            subject=render_to_string("people/mail/code_subject.txt", words).strip(),
            body=render_to_string("people/mail/code.txt", words),
            to=[row.email],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": language.html},
        )
        message.attach_alternative(render_to_string("people/mail/code.html", words), "text/html")
        message.send()
