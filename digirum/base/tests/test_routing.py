"""Reads may go to a replica, but nobody misses what they have just written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse

from digirum.base import routing
from digirum.base.models import Generation
from digirum.base.routing import Router, StickyMiddleware

ROUTER = Router()


@pytest.fixture
def replica(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "has_replica", lambda: True)


def ask(
    method: str = "GET", cookies: dict[str, str] | None = None, *, writes: bool = False
) -> tuple[list[str], HttpResponse]:
    """One request that reads, perhaps writes, and reads again: which databases it read, and its answer."""
    read: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        read.append(ROUTER.db_for_read(Generation))
        if writes:
            assert ROUTER.db_for_write(Generation) == "default"
        read.append(ROUTER.db_for_read(Generation))
        return HttpResponse()

    request = HttpRequest()
    request.method, request.COOKIES = method, cookies or {}
    response = StickyMiddleware(view)(request)
    assert isinstance(response, HttpResponse)
    return read, response


def test_without_a_replica_all_goes_to_the_primary() -> None:
    read, response = ask("POST", writes=True)
    assert read == ["default", "default"]
    assert not response.cookies


@pytest.mark.usefixtures("replica")
def test_whoever_only_reads_reads_the_replica() -> None:
    read, response = ask()
    assert read == ["replica", "replica"]
    assert not response.cookies


@pytest.mark.usefixtures("replica")
def test_after_a_write_the_request_reads_what_it_wrote() -> None:
    assert ask(writes=True)[0] == ["replica", "default"]


@pytest.mark.usefixtures("replica")
def test_a_form_reads_the_primary_from_the_start() -> None:
    assert ask("POST")[0] == ["default", "default"]


@pytest.mark.usefixtures("replica")
def test_after_a_write_the_next_page_reads_the_primary_too() -> None:
    _read, response = ask("POST", writes=True)
    assert response.cookies["nyss"]["max-age"] == routing.STICKY_SECONDS
    assert ask(cookies={"nyss": "1"})[0] == ["default", "default"]


@pytest.mark.usefixtures("replica")
def test_one_visitor_s_write_does_not_tie_the_next_on_the_same_thread() -> None:
    ask("POST", writes=True)
    read, response = ask()
    assert read == ["replica", "replica"]
    assert not response.cookies


@pytest.mark.usefixtures("replica")
@pytest.mark.parametrize("tie", [routing.stay_on_primary])
def test_pages_for_the_cache_are_rendered_from_the_primary(tie: Callable[[], None]) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        tie()
        return HttpResponse(ROUTER.db_for_read(Generation))

    request = HttpRequest()
    request.method = "GET"
    response = StickyMiddleware(view)(request)
    assert isinstance(response, HttpResponse)
    assert response.content == b"default"


def test_a_replica_is_never_migrated() -> None:
    assert ROUTER.allow_migrate("default", "base")
    assert not ROUTER.allow_migrate("replica", "base")
