"""Lists of the open API: page by page behind the last item, so that nothing is skipped and nothing comes twice."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from digirum.base import clock
from digirum.base.models import TaskKey
from digirum.base.paging import Asked, page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys() -> list[str]:
    """Rows of any noun with a key of its own."""
    names = ["anka", "bi", "duva", "hare", "lo"]
    TaskKey.objects.bulk_create(TaskKey(key=name, asked_at=clock.now()) for name in reversed(names))
    return names


def read(**asked: object) -> tuple[list[str], str | None]:
    """One page: the keys on it, and where the next one is."""
    query = {key: str(value) for key, value in asked.items()}
    request = RequestFactory().get("/api/v1/things", {"language": "en", **query})
    rows, following = page(request, TaskKey.objects.all(), "key", Asked.model_validate(asked))
    return [row.key for row in rows], following


def test_following_the_addresses_reads_each_item_once_in_order(keys: list[str]) -> None:
    seen, following = read(limit=2)
    while following:
        after = QueryDict(following.partition("?")[2])["after"]
        found, following = read(limit=2, after=after)
        seen += found
    assert seen == keys


def test_the_next_address_keeps_what_was_asked(keys: list[str]) -> None:
    _rows, following = read(limit=2)
    assert following is not None
    assert QueryDict(following.partition("?")[2]).dict() == {"language": "en", "limit": "2", "after": "bi"}


def test_an_item_that_went_away_does_not_lose_the_place(keys: list[str]) -> None:
    TaskKey.objects.filter(key="bi").delete()
    assert read(limit=2, after="bi")[0] == ["duva", "hare"]


def test_the_last_page_says_that_it_is_the_last(keys: list[str]) -> None:
    assert read(limit=2, after="hare") == (["lo"], None)
    assert read(limit=5) == (keys, None)


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"after": "ÅÄÖ"}, {"language": "xx"}])
def test_what_no_list_can_be_asked_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Asked.model_validate(wrong)


def test_a_text_that_there_is_in_no_language_is_none() -> None:
    class Nothing:
        text = ""

    assert text(Nothing()) is None
