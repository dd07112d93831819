"""What is known of the request being answered: its id, for logs and journal, and the visitor's real address."""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from digirum.base.logs import ANSWERED, META_ID

_log = logging.getLogger("digirum.access")
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id() -> str:
    """The id of the request (or task) that this thread works for; empty outside of one."""
    return ANSWERED.get()


@contextmanager
def working_for(identifier: str) -> Iterator[None]:
    """What is logged and written in the journal in this block belongs to the request of this id."""
    token = ANSWERED.set(identifier)
    try:
        yield
    finally:
        ANSWERED.reset(token)


def client_address(request: HttpRequest) -> str:
    """The visitor's address. Forwarded addresses count only when they come from a trusted proxy."""
    address = str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    while hops and _within(address, settings.TRUSTED_PROXIES):
        address = hops.pop()
    return address


def from_centre_network(address: str) -> bool:
    """Whether the address belongs to a network of one of the centres, where many share one address."""
    return _within(address, settings.CENTRE_NETWORKS)


def _within(address: str, networks: list[str]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in ipaddress.ip_network(network, strict=False) for network in networks)


def identify(given: str) -> str:
    """The id of a request: the proxy's, where it sends a well-formed one, else a new one."""
    return given if given and _ID.fullmatch(given) else os.urandom(16).hex()


def log_answer(method: str, route: str, status: int, started: float, **more: str) -> None:
    """One line for each answer. It names the route, never the address: an address may hold a name or a code."""
    if _log.isEnabledFor(logging.INFO):
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        _log.info("answered", extra={"method": method, "route": route, "status": status, "ms": milliseconds, **more})


class RequestMiddleware:
    """Gives each request an id and logs how it ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Binds the id for the time of the request and returns it in ``X-Request-ID``."""
        started = time.perf_counter()
        identifier = identify(request.headers.get("X-Request-ID", ""))
        token = ANSWERED.set(identifier)
        request.META[META_ID] = identifier  # for what Django logs of the request when we are done with it
        response = self.get_response(request)
        response.headers["X-Request-ID"] = identifier
        route = request.resolver_match.view_name if request.resolver_match else "-"
        log_answer(request.method or "", route, response.status_code, started)
        ANSWERED.reset(token)
        return response
