"""Public pages come from the cache, and are never older than the last committed act."""

from __future__ import annotations

import gzip
import os
import threading
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from digirum.base import generations, pagecache
from digirum.base.generations import raise_generation
from digirum.base.pagestore import Page, PageKey, PageStore
from digirum.base.tests import pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelves(settings: Settings) -> None:
    settings.ROOT_URLCONF = "digirum.base.tests.pages"
    pages.rendered.clear()


def change(*keys: str) -> None:
    with transaction.atomic():
        raise_generation(*keys)


def test_a_page_is_rendered_once_and_then_comes_from_the_cache(client: Client) -> None:
    first = client.get("/hylla/a")
    second = client.get("/hylla/a")
    assert first.content == second.content
    assert len(pages.rendered) == 1


def test_a_hit_costs_exactly_one_indexed_read(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/hylla/a")
    with django_assert_num_queries(1) as read:
        client.get("/hylla/a")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # the table is too small for an index to be worth it
        cursor.execute(
            f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {read.captured_queries[0]['sql']}"
        )
        plan = str(cursor.fetchall())
    assert "INDEX" in plan.upper()
    assert "SCAN base_generation" not in plan


def test_an_act_makes_the_next_answer_new(client: Client) -> None:
    assert b"a=0" in client.get("/hylla/a").content
    change("shelf:a")
    assert b"a=1" in client.get("/hylla/a").content


def test_an_act_on_something_else_leaves_the_page_alone(client: Client) -> None:
    client.get("/hylla/a")
    change("shelf:b", "events")
    client.get("/hylla/a")
    assert len(pages.rendered) == 1


def test_a_text_of_the_whole_site_changes_every_page(client: Client) -> None:
    client.get("/hylla/a")
    change("site")
    client.get("/hylla/a")
    assert len(pages.rendered) == 2


def test_an_act_that_is_rolled_back_leaves_the_page_in_the_cache(client: Client) -> None:
    client.get("/hylla/a")
    with transaction.atomic():
        raise_generation("shelf:a")
        transaction.set_rollback(True)
    assert b"a=0" in client.get("/hylla/a").content
    assert len(pages.rendered) == 1


@pytest.mark.django_db(transaction=True)
def test_generations_are_raised_only_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        raise_generation("shelf:a")


def test_after_a_restore_every_page_is_rendered_anew(client: Client) -> None:
    client.get("/hylla/a")
    generations.start_anew()
    client.get("/hylla/a")
    assert len(pages.rendered) == 2


def test_without_the_read_of_generations_the_page_would_be_stale(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: it is that read which keeps pages fresh."""
    client.get("/hylla/a")
    change("shelf:a")
    monkeypatch.setattr(pagecache, "_fresh", lambda *_page_and_time: True)
    assert b"a=0" in client.get("/hylla/a").content


def test_generations_are_read_before_rendering_so_that_a_change_meanwhile_counts(client: Client) -> None:
    """Read afterwards, the old page would be kept under the new number, and stay."""

    class Meanwhile:
        def __call__(self, execute: object, sql: str, *rest: object) -> object:
            result = execute(sql, *rest)  # type: ignore[operator]  # Django's own callable
            if '"number" FROM "base_generation"' in sql and not self.done:
                self.done = True
                change("shelf:a")
            return result

        done = False

    with connection.execute_wrapper(Meanwhile()):
        client.get("/hylla/a")
    assert b"a=1" in client.get("/hylla/a").content


# What pages are told apart by ---------------------------------------------------------------------------------------------


def test_parameters_in_another_order_are_the_same_page(client: Client) -> None:
    client.get("/hylla/a?day=mon&kind=x&kind=b")
    client.get("/hylla/a?kind=b&day=mon&kind=x")
    assert len(pages.rendered) == 1


def test_unknown_and_blank_parameters_are_not_seen_at_all(client: Client) -> None:
    first = client.get("/hylla/a?utm=%3Cscript%3E&day=&kind=x").content
    assert b"utm" not in first
    assert client.get("/hylla/a?kind=x").content == first
    assert pages.rendered == ["/hylla/a?kind=x"]


def test_other_values_languages_and_reading_settings_are_other_pages(client: Client) -> None:
    seen = {client.get(address).content for address in ("/hylla/a", "/hylla/a?day=1", "/en/hylla/a", "/ar/hylla/a")}
    client.cookies["lasning"] = "large..dark."
    seen.add(client.get("/hylla/a").content)
    client.cookies["lasning"] = "nonsense.more.than.that"
    seen.add(client.get("/hylla/a").content)
    assert len(seen) == 6


def test_a_part_for_htmx_is_not_mistaken_for_the_page(client: Client) -> None:
    client.get("/hylla/a")
    client.get("/hylla/a", headers={"HX-Request": "true", "HX-Target": "list"})
    client.get("/hylla/a", headers={"HX-Request": "true", "HX-Target": "list"})
    assert len(pages.rendered) == 2


def test_a_query_that_goes_on_and_on_is_answered_and_not_kept(client: Client) -> None:
    for _time in range(2):
        assert client.get("/hylla/a?day=" + "x" * 400).status_code == 200
    assert len(pages.rendered) == 2


def test_a_foreign_host_gets_nothing_from_the_cache_and_puts_nothing_in(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "digidel.test"]
    pagecache._allowed.cache_clear()
    client.get("/hylla/a")
    assert client.get("/hylla/a", headers={"Host": "evil.example"}).status_code == 400
    client.get("/hylla/a", headers={"Host": "digidel.test"})
    assert len(pages.rendered) == 2


# Whom it serves -----------------------------------------------------------------------------------------------------------


def test_whoever_has_a_session_gets_a_page_of_their_own(client: Client) -> None:
    client.get("/hylla/a")
    client.cookies["nyckel"] = "a-session"
    response = client.get("/hylla/a")
    assert len(pages.rendered) == 2
    assert response["Cache-Control"] == "private, no-store"
    assert not response.has_header("ETag")


@pytest.mark.parametrize("address", ["/kaka", "/formular", "/hej", "/borta", "/bitar"])
def test_what_carries_a_cookie_a_form_a_message_or_an_error_is_never_kept(client: Client, address: str) -> None:
    for _time in range(2):
        client.cookies.clear()
        client.get(address)
    assert len(pages.rendered) == 2


def test_a_visitor_is_given_no_cookie(client: Client) -> None:
    assert not client.get("/hylla/a").cookies


# Answers ------------------------------------------------------------------------------------------------------------------


def test_an_unchanged_page_is_answered_with_304(client: Client) -> None:
    etag = client.get("/hylla/a")["ETag"]
    again = client.get("/hylla/a", headers={"If-None-Match": f'"other", {etag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == etag
    change("shelf:a")
    assert client.get("/hylla/a", headers={"If-None-Match": etag}).status_code == 200


def test_head_gives_the_same_headers_and_no_bytes(client: Client) -> None:
    got = client.get("/hylla/a")
    head = client.head("/hylla/a")
    assert head.content == b""
    assert head["Content-Length"] == str(len(got.content))
    assert head["ETag"] == got["ETag"]


def test_a_page_is_zipped_for_those_who_can_unzip(client: Client) -> None:
    whole = client.get("/hylla/a").content
    zipped = client.get("/hylla/a", headers={"Accept-Encoding": "br, gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == whole
    assert not client.get("/hylla/a", headers={"Accept-Encoding": "gzip;q=0"}).has_header("Content-Encoding")
    assert len(pages.rendered) == 1


def test_a_cached_answer_has_every_header_of_the_first(client: Client) -> None:
    first, second = client.get("/hylla/a"), client.get("/hylla/a")
    assert {"Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "X-Content-Type-Options"} <= set(
        second.headers
    )
    assert dict(first.items()) | {"X-Request-ID": ""} == dict(second.items()) | {"X-Request-ID": ""}
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert second["Cache-Control"] == "private, no-cache"
    assert second["Vary"] == "Accept-Encoding, Cookie, HX-Request"


# Clocks -------------------------------------------------------------------------------------------------------------------


def test_a_page_that_depends_on_the_clock_holds_until_it_says(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 10, 59, 58, tzinfo=UTC), tick=False) as clock:
        assert client.get("/middag").content == "före".encode()
        clock.shift(1)
        assert client.get("/middag").content == "före".encode()
        clock.shift(1)
        assert client.get("/middag").content == b"efter"


@pytest.mark.parametrize(
    "moment", [datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)]
)
def test_no_page_outlives_the_local_day_not_even_the_nights_when_clocks_change(
    client: Client, moment: datetime
) -> None:
    with time_machine.travel(moment, tick=False) as clock:
        before = client.get("/i-dag").content
        clock.shift(1)
        assert client.get("/i-dag").content > before


# Bounds -------------------------------------------------------------------------------------------------------------------


def _page(size: int) -> Page:
    return Page({}, datetime(2030, 1, 1, tzinfo=UTC), '"e"', (), b"x" * size, b"", "")


def test_the_memory_is_bounded_and_the_least_used_page_gives_way() -> None:
    store = PageStore(100_000)
    for number in range(10):
        store.put((str(number),), _page(10_000))
        store.get(("0",))
    assert store.bytes <= 100_000
    assert store.get(("0",)) is not None
    assert store.get(("1",)) is None
    store.put(("big",), _page(50_000))
    assert store.get(("big",)) is None


def test_threads_that_want_the_same_new_page_render_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[PageKey, Page] = {}
    begun, go_on, count = threading.Event(), threading.Event(), []

    def render(request: HttpRequest) -> HttpResponse:
        count.append(1)
        begun.set()
        go_on.wait(5)
        kept["k",] = _page(10)
        return HttpResponse("ny")

    monkeypatch.setattr(pagecache, "find", kept.get)
    middleware = pagecache.PageCacheMiddleware(render)

    def ask() -> None:
        request = HttpRequest()
        request.META = {pagecache._ASKED: True, pagecache._KEY: ("k",), "REQUEST_METHOD": "GET"}
        middleware(request)

    threads = [threading.Thread(target=ask) for _number in range(4)]
    threads[0].start()
    begun.wait(5)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert len(count) == 1


def test_the_shared_cache_serves_what_another_process_rendered(client: Client, settings: Settings) -> None:
    settings.PAGE_CACHE_SHARED = True
    client.get("/hylla/a")
    pagecache._store.clear()
    client.get("/hylla/a")
    assert len(pages.rendered) == 1
    change("shelf:a")
    pagecache._store.clear()
    assert b"a=1" in client.get("/hylla/a").content


def test_queries_of_a_miss_are_the_read_and_the_page_s_own(client: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/hylla/a")
    assert len(queries) == 2


@pytest.mark.valkey
def test_a_real_shared_cache_keeps_pages_for_all_and_may_go_away(client: Client, settings: Settings) -> None:
    address = os.environ.get("VALKEY_TEST_URL", "")
    if not address:
        pytest.skip("VALKEY_TEST_URL does not name a Redis or Valkey server.")
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.PAGE_CACHE_SHARED = True
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend, "LOCATION": address}}
    client.get("/hylla/a")
    pagecache._store.clear()
    client.get("/hylla/a")
    assert len(pages.rendered) == 1
    change("shelf:a")
    assert b"a=1" in client.get("/hylla/a").content
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    pagecache._store.clear()
    assert b"a=1" in client.get("/hylla/a").content
    change("shelf:a")
    assert b"a=2" in client.get("/hylla/a").content


@pytest.mark.parametrize("address", ["/hylla/öl", "/hylla/%D8%A3", "/%D8%A3%D8%A8", "/hylla/%ff"])
def test_letters_of_every_script_in_an_address_are_read_once(client: Client, address: str) -> None:
    assert client.get(address).status_code == client.get(address).status_code
    assert client.get(address).status_code in {200, 404}
