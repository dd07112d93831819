"""The WSGI door: cached pages leave here, before Django has made a request of them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from digirum.base import requests
from digirum.base.pagecache import Environ, look_up_at_the_door

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

LINES = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class Door:
    """Asks the page cache first; logs and marks its answers as Django's own are."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """A WSGI application."""
        started = time.perf_counter()
        answer = look_up_at_the_door(environ)
        if answer is None:
            return self.application(environ, start_response)
        identifier = requests.identify(environ.get("HTTP_X_REQUEST_ID", ""))
        start_response(LINES[answer.status], [*answer.headers, ("X-Request-ID", identifier)])
        requests.log_answer(environ["REQUEST_METHOD"], answer.route, answer.status, started, request_id=identifier)
        return [answer.body]
