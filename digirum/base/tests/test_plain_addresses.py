"""What machines ask for: robots.txt, the map, security.txt, icons, the manifest, health."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings
from redis.exceptions import ConnectionError as CacheGone

from digirum.base import clock, registries
from digirum.base.models import Heartbeat
from digirum.base.registries import HealthCheck, Registry, SitemapSource
from digirum.base.views import plain
from digirum.base.worker import beat

MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> Registry[SitemapSource]:
    registry: Registry[SitemapSource] = Registry("sitemap")
    monkeypatch.setattr(registries, "sitemap_sources", registry)
    return registry


def test_robots_may_read_what_is_for_all(client: Client) -> None:
    words = client.get("/robots.txt").content.decode()
    assert "Disallow: /redaktion/" in words
    assert "Disallow: /\n" not in words
    assert "Sitemap: http://localhost:8000/sitemap.xml" in words


def test_the_demo_room_is_not_for_search_engines(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_security_txt_tells_whom_to_write_to_and_never_runs_out(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        words = client.get("/.well-known/security.txt").content.decode()
    lines = dict(line.split(": ", 1) for line in words.strip().splitlines())
    assert lines["Contact"].startswith("mailto:")
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < expires - datetime(2026, 11, 22, 12, tzinfo=UTC) < timedelta(days=366)


def test_the_map_names_each_page_in_every_language(client: Client, sources: Registry[SitemapSource]) -> None:
    changed = datetime(2026, 11, 1, 8, tzinfo=UTC)
    sources.register(SitemapSource("centres", lambda: [("/center", None), ("/center/a&b", changed)]))
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    assert [each.text for each in index.findall(".//s:loc", MAP)] == ["http://localhost:8000/sitemap-1.xml"]
    part = ElementTree.fromstring(client.get("/sitemap-1.xml").content)  # noqa: S314 - our own
    urls = [each.text for each in part.findall(".//s:loc", MAP)]
    assert len(urls) == 8
    assert "http://localhost:8000/ar/center/a&b" in urls
    alternates = part.findall("s:url", MAP)[-1].findall("x:link", MAP)
    assert [each.get("hreflang") for each in alternates] == ["sv", "sv-x-simple", "en", "ar"]
    assert part.findall(".//s:lastmod", MAP)[0].text == "2026-11-01T09:00:00+01:00"


def test_a_big_map_is_cut_into_files_and_bounded(
    client: Client, sources: Registry[SitemapSource], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "PAGES_A_FILE", 2)
    monkeypatch.setattr(plain, "MOST_FILES", 3)
    sources.register(SitemapSource("many", lambda: ((f"/p/{number}", None) for number in range(1_000))))
    assert client.get("/sitemap.xml").content.count(b"<loc>") == 3
    assert b"/p/4<" in client.get("/sitemap-3.xml").content
    assert client.get("/sitemap-4.xml").status_code == 404


def test_an_empty_map_is_still_a_map(client: Client, sources: Registry[SitemapSource]) -> None:
    assert client.get("/sitemap-1.xml").status_code == 200
    assert client.get("/sitemap-2.xml").status_code == 404


@pytest.mark.parametrize("name", ["favicon.ico", "apple-touch-icon.png"])
def test_icons_are_where_browsers_look(client: Client, name: str) -> None:
    response = client.get(f"/{name}")
    assert response.status_code == 302
    assert response["Location"].endswith(".png")


@pytest.mark.parametrize(("prefix", "language"), [("", "sv"), ("/latt", "sv-x-simple"), ("/en", "en"), ("/ar", "ar")])
def test_the_manifest_speaks_the_language_of_the_page(client: Client, prefix: str, language: str) -> None:
    response = client.get(f"{prefix}/manifest.webmanifest")
    told = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert told["lang"] == language
    assert told["dir"] == ("rtl" if language == "ar" else "ltr")
    assert told["start_url"] == f"{prefix}/"
    assert {icon["sizes"] for icon in told["icons"]} >= {"192x192", "512x512"}


# Health -------------------------------------------------------------------------------------------------------------------


def test_live_asks_nobody(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_ready_when_all_answer(client: Client) -> None:
    beat("w", at=clock.now())
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    told = response.json()
    assert told["status"] == "ready"
    assert {"database", "cache", "worker"} <= told["checks"].keys()


@pytest.mark.django_db
def test_not_ready_when_no_worker_was_heard_from_within_a_minute(client: Client) -> None:
    beat("w", at=clock.now() - timedelta(seconds=61))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert "digirum worker" in response.json()["checks"]["worker"]
    assert response.json()["checks"]["database"] == "ok"
    Heartbeat.objects.all().delete()
    assert client.get("/health/ready").status_code == 503


@pytest.mark.django_db
def test_not_ready_without_the_cache_the_database_or_what_a_room_needs(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat("w", at=clock.now())
    with patch.object(caches["default"], "set", side_effect=CacheGone):
        assert "VALKEY_URL" in client.get("/health/ready").json()["checks"]["cache"]
    with patch.object(connection, "cursor", side_effect=OperationalError):
        assert "DATABASE_URL" in client.get("/health/ready").json()["checks"]["database"]
    checks: Registry[HealthCheck] = Registry("health")
    checks.register(HealthCheck("mail", lambda: "The mail server does not answer."))
    monkeypatch.setattr(registries, "health_checks", checks)
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["checks"]["mail"] == "The mail server does not answer."
