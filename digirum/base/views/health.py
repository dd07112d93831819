"""Whether the room lives, and whether it is ready to receive."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import caches
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from digirum.base import clock, registries
from digirum.base.models import Heartbeat
from digirum.base.pagestore import CACHE_AWAY

SILENCE = timedelta(seconds=60)
FRESH = {"Cache-Control": "no-store"}


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody else."""
    return JsonResponse({"status": "live"}, headers=FRESH)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 if all that is needed answers, else 503; with a plain reason for each that does not."""
    checks = {"database": database(), "cache": cache(), "worker": worker()}
    checks |= {entry.name: entry.check() for entry in registries.health_checks}
    well = not any(checks.values())
    told = {"status": "ready" if well else "not ready", "checks": {name: why or "ok" for name, why in checks.items()}}
    return JsonResponse(told, status=200 if well else 503, headers=FRESH)


def database() -> str | None:
    """Whether the primary answers."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "The database does not answer. See that it runs and that DATABASE_URL is right."
    return None


def cache() -> str | None:
    """Whether the cache keeps what it is given."""
    try:
        caches["default"].set("health", 1, 10)
        kept = caches["default"].get("health") == 1
    except CACHE_AWAY:
        kept = False
    return None if kept else "The cache does not answer. See that Valkey runs and that VALKEY_URL is right."


def worker() -> str | None:
    """Whether a worker has been heard from within a minute."""
    try:
        heard = Heartbeat.objects.using("default").filter(beat_at__gt=clock.now() - SILENCE).exists()
    except DatabaseError:
        return "Nobody knows, since the database does not answer."
    return None if heard else "No worker has been heard from within a minute. Start one with: digirum worker."
