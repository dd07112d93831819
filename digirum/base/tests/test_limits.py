"""One may try so often, and is then told when to try again."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import patch

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings
from redis.exceptions import ConnectionError as CacheGone

from digirum.base import limits


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "digirum.base.tests.pages"


def test_a_rate_is_so_many_times_in_so_long() -> None:
    assert limits.parse_rate("5/m") == (5, 60)
    assert limits.parse_rate("3/10m") == (3, 600)
    assert limits.parse_rate("100/2h") == (100, 7200)


def test_each_subject_and_each_name_is_counted_by_itself() -> None:
    assert limits.allow("words", "1234", rate="1/h")
    assert not limits.allow("words", "1234", rate="1/h")
    assert limits.allow("words", "5678", rate="1/h")
    assert limits.allow("letters", "1234", rate="1/h")


def test_when_the_window_is_over_one_may_try_again() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC), tick=False) as clock:
        limits.wait("words", "x", rate="1/m")
        assert limits.wait("words", "x", rate="1/m") == 50
        clock.shift(50)
        assert limits.allow("words", "x", rate="1/m")


def test_no_address_lies_in_the_cache() -> None:
    with patch.object(caches["default"], "add", return_value=True) as add:
        limits.allow("words", "192.0.2.44")
    assert "192.0.2.44" not in add.call_args.args[0]


def test_while_the_shared_cache_is_away_each_process_counts_by_itself() -> None:
    with patch.object(caches["default"], "add", side_effect=CacheGone):
        assert limits.allow("words", "x", rate="1/h")
        assert not limits.allow("words", "x", rate="1/h")


@pytest.mark.parametrize("prefix", ["", "/latt", "/en", "/ar"])
def test_beyond_the_rate_there_is_a_page_that_says_when_to_come_back(client: Client, prefix: str) -> None:
    for _time in range(2):
        assert client.post(f"{prefix}/knacka").status_code == 200
    refused = client.post(f"{prefix}/knacka")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert b"<h1" in refused.content


def test_looking_is_not_counted(client: Client) -> None:
    for _time in range(3):
        assert client.get("/knacka").status_code == 405
    assert client.post("/knacka").status_code == 200


def test_a_centre_s_network_has_a_wide_limit_since_many_share_it(client: Client, settings: Settings) -> None:
    settings.CENTRE_NETWORKS = ["10.1.0.0/16"]
    for _time in range(2 * limits.CENTRE_FACTOR):
        assert client.post("/knacka", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.post("/knacka", REMOTE_ADDR="10.1.2.3").status_code == 429


def test_a_forwarded_address_counts_only_from_a_trusted_proxy(client: Client, settings: Settings) -> None:
    def knock(address: str) -> int:
        return client.post("/knacka", headers={"X-Forwarded-For": address}).status_code

    assert [knock(f"198.51.100.{number}") for number in range(3)] == [200, 200, 429]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert [knock(f"198.51.100.{number}") for number in range(3)] == [200, 200, 200]
