"""What this machine can do at most: an empty view and a bare insert, in Django without any middleware.

It runs under the same server with the same settings as the room, on the same database, in the same minutes.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 - only after Django is set up
from django.db import connection  # noqa: E402 - the same
from django.http import HttpRequest, HttpResponse  # noqa: E402 - the same
from django.test.utils import override_settings  # noqa: E402 - the same
from django.urls import path  # noqa: E402 - the same

# The same row under the same constraints as a sign-up's, and nothing else: no session, no lock, no journal.
INSERT = (
    "INSERT INTO events_registration (id, occurrence_id, person_id, seats, state, line, made_at, changed_at, "
    "takes_seat_at_once, walk_in) VALUES (%s, %s, %s, 1, 'confirmed', %s, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, %s, %s)"
)


def empty(_request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse()


def insert(request: HttpRequest) -> HttpResponse:
    """One row, and the answer that it is there."""
    told = request.POST
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [told["id"], told["occurrence"], told["person"], int(told["line"]), False, False])
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [path("empty", empty), path("insert", insert)]
override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]).enable()
application = WSGIHandler()
