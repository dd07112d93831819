"""What every way to sign in has in common: where one wanted to go, and arriving there."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from digirum.people.guards import next_path
from digirum.people.models import Person
from digirum.people.signing_in import sign_in
from digirum.people.strength import Method

WAY = ("email_code", "second_step", "sign_in_next")


def remember_next(request: HttpRequest) -> str:
    """Keeps ``?next=`` while signing in takes several pages; forgets an older one."""
    request.session["sign_in_next"] = next_path(request)
    return str(request.session["sign_in_next"])


def arrive(request: HttpRequest, person: Person, *, method: Method, at: datetime) -> HttpResponse:
    """Signs the person in and takes them to where they were going, or to their own page. ``Refused`` as ``sign_in``."""
    wanted = next_path(request) or request.session.get("sign_in_next") or reverse("front:my_page")
    sign_in(request, person, method=method, at=at)
    for name in WAY:
        request.session.pop(name, None)
    return HttpResponseRedirect(wanted)


def with_next(url_name: str, wanted: str) -> str:
    """The address of another way to sign in, with the same goal."""
    return reverse(url_name) + (f"?{urlencode({'next': wanted})}" if wanted else "")


def too_many() -> str:
    """What somebody reads who has tried too often."""
    return _("That was many tries in a short time. Wait a quarter of an hour, and then try again.")
