"""People find things by the words they have, in any form, with slips of the finger, on both databases alike."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from digirum.base import search, stems
from digirum.base.models import Generation, SearchDoc, SearchWord
from digirum.base.search import Doc

pytestmark = pytest.mark.django_db


def put(key: str, title: str, text: str = "", **more: object) -> Generation:
    """Any noun will do."""
    noun = Generation.objects.create(key=key)
    language = str(more.pop("language", "sv"))
    search.index(noun, [Doc(language=language, title=title, path=f"/{key}", text=text, **more)])  # type: ignore[arg-type]  # as given
    return noun


def found(query: str, language: str = "sv", **more: object) -> list[str]:
    return [hit.object_id for hit in search.find(query, language, **more).hits]  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("mobiltelefoner", "Kom igång med mobiltelefonen"),
        ("surfplatta", "Låna surfplattor hem"),
        ("betala räkningar", "Så betalar du en räkning"),
        ("hur skriver jag ut?", "Utskrift: skriva ut på biblioteket"),
        ("foton", "Flytta fotona till datorn"),
        ("BankID", "Installera bankid"),
        ("1177", "Logga in på 1177"),
        ("telefon", "Din första mobiltelefon"),
        ("lan", "Lån av surfplatta"),
        ("rakning", "Betala en räkning"),
        ("moblitelefon", "Mobiltelefon för nybörjare"),
        ("swsih", "Swish steg för steg"),
        ("försäkringskasan", "Försäkringskassan på nätet"),
    ],
)
def test_it_finds(query: str, title: str) -> None:
    put("rätt", title)
    put("fel", "Öppet hus med kaffe", "Välkommen in och titta.")
    assert found(query) == ["rätt"]


def test_dots_and_rings_are_letters_of_their_own() -> None:
    put("får", "Får och lamm")
    put("far", "Far och son")
    assert found("får") == ["får"]
    assert found("far") == ["far"]


def test_all_words_must_be_there_and_if_that_gives_nothing_most_of_them() -> None:
    put("a", "Skanna bilder")
    put("b", "Skanna dokument")
    assert found("skanna dokument") == ["b"]
    assert found("skanna målningar") == ["b", "a"]


def test_a_word_in_the_title_weighs_more_than_one_in_the_text() -> None:
    put("title", "Video")
    put("text", "Kvällskurs", text="Vi talar om video och annat.")
    assert found("video") == ["title", "text"]


def test_what_has_been_comes_after_what_will_be() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    put("coming", "Temakväll om bedrägeri", date=datetime(2026, 12, 1, tzinfo=UTC))
    put("past", "Temakväll om bedrägeri", date=datetime(2026, 10, 1, tzinfo=UTC))
    assert found("bedrägerier", at=now) == ["coming", "past"]


def test_the_reader_s_language_comes_first_and_swedish_stands_in() -> None:
    noun = put("phone", "Mobiltelefonen")
    search.index(
        noun,
        [
            Doc(language="sv", title="Mobiltelefonen", path="/a"),
            Doc(language="en", title="Your mobile phone", path="/a"),
        ],
    )
    only_swedish = put("card", "Bibliotekskortet")
    assert search.find("phones", "en").hits[0].title == "Your mobile phone"
    assert search.find("mobiltelefon", "en").hits[0].title == "Mobiltelefonen"
    assert found("bibliotekskort", "ar") == [only_swedish.pk]


def test_arabic_is_found_in_its_forms() -> None:
    put("ar", "دورات الهاتف الذكي", language="ar")
    assert found("هاتف", "ar") == ["ar"]


def test_only_what_the_reader_may_see_and_asked_for() -> None:
    put("secret", "Intern utbildning", audience="city")
    assert found("utbildning") == []
    assert found("utbildning", audiences=["public", "city"]) == ["secret"]
    assert found("utbildning", audiences=["public", "city"], kinds=["events.event"]) == []


def test_what_changes_is_found_anew_and_what_is_removed_no_more() -> None:
    noun = put("x", "Släktforskning")
    search.index(noun, [Doc(language="sv", title="Programmering", path="/x")])
    assert found("släktforskning") == []
    assert found("programmering") == ["x"]
    search.remove(noun)
    assert found("programmering") == []
    assert not SearchDoc.objects.exists()


def test_words_that_are_nowhere_any_more_are_swept() -> None:
    noun = put("x", "Släktforskning")
    put("y", "Programmering")
    search.remove(noun)
    search.sweep(datetime(2026, 11, 22, tzinfo=UTC))
    assert list(SearchWord.objects.values_list("word", flat=True)) == ["programmering"]
    assert found("släktforksning") == []


def test_a_slip_of_the_finger_is_told() -> None:
    put("x", "Släktforskning för alla")
    assert search.find("släktforksning", "sv").corrected == "släktforskning"
    assert search.find("släktforskning", "sv").corrected == ""


def test_a_hit_says_why() -> None:
    put("x", "Bilder", summary="Text om annat. " * 20 + "Här flyttar vi fotona till datorn. " + "Mera text. " * 20)
    hit = search.find("foton", "sv").hits[0]
    assert hit.why == ("fotona",)
    assert "fotona" in hit.snippet
    assert len(hit.snippet) < 200


def test_pages_of_hits_follow_on_each_other() -> None:
    for number in range(5):
        put(str(number), "Kurs")
    pages = [found("kurs", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]
    assert search.find("kurs", "sv", limit=2).count == 5


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "' OR 1=1 --", "NEAR(a b)", "a* AND (", "%_\\", "\x00", "och att", "x" * 999]
)
def test_nothing_that_is_typed_breaks_it(query: str) -> None:
    put("x", "Kurs")
    assert found(query) == []


def test_the_databases_use_their_indexes() -> None:
    put("x", "Kurs i släktforskning")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT rowid FROM base_search_stems WHERE base_search_stems MATCH 'kurs'"
            )
            assert "VIRTUAL TABLE INDEX" in str(cursor.fetchall())
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT id FROM base_searchdoc WHERE string_to_array(stems, ' ') && ARRAY['kurs']::text[]"
            )
            assert "base_search_stems" in str(cursor.fetchall())


def test_slips_are_counted() -> None:
    for one, other, count in (
        ("kurs", "kurs", 0),
        ("kusr", "kurs", 1),
        ("krs", "kurs", 1),
        ("kurzs", "kurs", 1),
        ("korv", "kurs", 2),
    ):
        assert stems.slips(one, other, 2) == count
    assert stems.slips("bibliotek", "kurs", 2) == 3


# Real prose ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prose() -> list[str]:
    folder = os.environ.get("DIGIRUM_TEST_DATA", "")
    files = sorted(Path(folder, "sv").glob("*.conllu")) if folder else []
    if not files:
        pytest.skip(
            "DIGIRUM_TEST_DATA does not name a folder with Swedish prose (sv/*.conllu), so real prose is not tried."
        )
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")][:1500]


FORMS = [
    ("skatt", "skatten", "skatter"),
    ("familj", "familjen", "familjer"),
    ("arbete", "arbetet", "arbeten"),
    ("lag", "lagen", "lagar"),
    ("skola", "skolan", "skolor"),
    ("samhälle", "samhället", "samhällen", "samhällets"),
    ("kostnad", "kostnaden", "kostnader"),
    ("förälder", "föräldern", "föräldrar", "föräldrarna"),
]


def test_in_real_prose_every_form_of_a_word_finds_what_any_other_finds(prose: list[str]) -> None:
    search.index_many(
        (Generation(key=str(number)), [Doc(language="sv", title=f"Mening {number}", path="/", text=sentence)])
        for number, sentence in enumerate(prose)
    )
    checked = 0
    for forms in FORMS:
        holding = [
            {str(n) for n, sentence in enumerate(prose) if re.search(rf"\b{form}\b", sentence, re.IGNORECASE)}
            for form in forms
        ]
        answers = [set(found(form, limit=400)) for form in forms]
        everything = set().union(*holding)
        if len(everything) < 3:
            continue
        checked += 1
        missed = [len(everything - answer) / len(everything) for answer in answers]
        assert max(missed) <= 0.1, (forms, missed)
    assert checked >= 4
    assert SearchWord.objects.count() > 2000
