"""Rate limits: how often one may try. Counted in the cache, under a fingerprint rather than the address itself."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from digirum.base import clock
from digirum.base.pagestore import CACHE_AWAY
from digirum.base.requests import client_address, from_centre_network
from digirum.base.views.errors import too_many

PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# Many visitors share a centre's address.
CENTRE_FACTOR = 20


def parse_rate(rate: str) -> tuple[int, int]:
    """``"5/m"`` is (5, 60); ``"3/10m"`` is (3, 600): times, seconds."""
    times, _slash, period = rate.partition("/")
    return int(times), int(period[:-1] or 1) * PERIODS[period[-1]]


def wait(name: str, subject: str, *, rate: str) -> int:
    """Counts one try of ``subject`` at ``name``; 0 if it is within the rate, else the seconds until the next may be made.

    Counts in windows of the rate's length, all processes together where there is a shared cache; while that is away,
    each process counts by itself.
    """
    times, seconds = parse_rate(rate)
    moment = clock.now().timestamp()
    window = int(moment // seconds)
    key = f"limit:{name}:{window}:{salted_hmac('digirum.limits', subject, algorithm='sha256').hexdigest()[:24]}"
    try:
        count = _count(caches["default"], key, seconds)
    except CACHE_AWAY:
        count = _count(caches["local"], key, seconds)
    return 0 if count <= times else max(1, round((window + 1) * seconds - moment))


def allow(name: str, subject: str, *, rate: str = "5/m") -> bool:
    """Counts one try and tells whether it is within the rate (``"5/m"``: five a minute)."""
    return wait(name, subject, rate=rate) == 0


def limited(
    name: str,
    *,
    rate: str = "10/m",
    methods: tuple[str, ...] = ("POST",),
    subject: Callable[[HttpRequest], str] = client_address,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Lets a view be called so often by one address (``CENTRE_FACTOR`` times as often from a centre's network).

    Beyond that the visitor gets a page (429) that says when to try again.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @functools.wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in methods:
                seconds = wait(name, subject(request), rate=_rate_for(request, rate))
                if seconds:
                    return too_many(request, seconds=seconds)
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def _rate_for(request: HttpRequest, rate: str) -> str:
    if not from_centre_network(client_address(request)):
        return rate
    times, _slash, period = rate.partition("/")
    return f"{int(times) * CENTRE_FACTOR}/{period}"


def _count(cache: BaseCache, key: str, seconds: int) -> int:
    """Adds one, atomically."""
    if cache.add(key, 1, seconds + 5):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # it expired in between
        return 1
