"""Taking a key, printing it and signing in by it, as a browser without JavaScript does it."""

import html
import io
import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, cast

import pypdf
import pytest
import time_machine
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client

from digirum.people import cards, key_secrets, keywords
from digirum.people.key_secrets import Card
from digirum.people.models import Key, Person, Session
from digirum.people.strength import Method
from digirum.people.tests.residents import guide_called, key_of, person_called, sign_in_client
from digirum.people.tests.test_guessing import numbered

pytestmark = pytest.mark.django_db
MM = 72 / 25.4


class Page(Protocol):
    """An answer of the test client."""

    @property
    def content(self) -> bytes: ...


def field(page: Page, name: str) -> str:
    """The value of a hidden or text field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    assert found, name
    return html.unescape(found[1])


def shown(page: Page) -> tuple[str, tuple[str, ...]]:
    """The number and the words of the card that a page shows."""
    text = page.content.decode()
    number = re.search(r"<b>([\d ]{11})</b>", text)
    words = re.search(r'key-card-words"[^>]*>(.*?)</p>', text, re.DOTALL)
    assert number
    assert words
    return number[1], tuple(html.unescape(words[1]).replace("<br>", " ").split())


def main_of(page: Page) -> str:
    """What a page is about, without the site's head and foot."""
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


def take(client: Client, **more: str) -> Page:
    page = client.get("/nyckel")
    return client.post("/nyckel", {"pseudonym": field(page, "pseudonym"), "once": field(page, "once"), **more})


def test_a_key_is_taken_in_two_steps_and_nothing_is_asked_but_a_name_that_is_proposed(client: Client) -> None:
    first = client.get("/nyckel")
    proposed = field(first, "pseudonym")
    assert re.fullmatch(r"\w+ \w+ \d\d", proposed)
    assert re.findall(r'<input(?![^>]*type="hidden")[^>]*name="(\w+)"', main_of(first)) == ["pseudonym"]

    second = client.post("/nyckel", {"pseudonym": proposed, "once": field(first, "once")})
    number, words = shown(second)
    assert len(words) == 4
    assert second.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert Session.objects.get().person == Person.objects.get(pseudonym=proposed)

    client.post("/logga-ut")
    answer = client.post("/logga-in", {"number": number, "words": " ".join(words).upper()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/min-sida")


def test_another_name_is_proposed_at_a_press(client: Client) -> None:
    names = {field(client.post("/nyckel", {"propose": "1", "pseudonym": "x"}), "pseudonym") for _ in range(5)}
    assert len(names) > 1
    assert not Person.objects.exists()


def test_a_name_that_cannot_be_keeps_what_was_written(client: Client) -> None:
    page = take(client, pseudonym="anna@example.org")
    assert "anna@example.org" in page.content.decode()
    assert 'role="alert"' in page.content.decode()
    assert not Person.objects.exists()


def test_the_same_form_sent_twice_makes_one_key(client: Client) -> None:
    page = client.get("/nyckel")
    sent = {"pseudonym": "Lugn Ekorre 27", "once": field(page, "once")}
    assert client.post("/nyckel", sent).status_code == 200
    again = client.post("/nyckel", sent)
    assert again.status_code == 409
    assert "/mitt-konto/nycklar" in again.content.decode()
    assert Key.objects.count() == 1


def test_whoever_wanted_to_go_somewhere_comes_there_with_the_new_key(client: Client) -> None:
    page = take(client, next="/program/drop-in")
    assert 'href="/program/drop-in"' in page.content.decode()
    page = take(Client(), next="https://evil.example/")
    assert "evil.example" not in page.content.decode()


def test_the_page_to_take_a_key_sets_no_cookie_but_the_forms_protection(client: Client) -> None:
    client.get("/nyckel")
    assert set(client.cookies) == {"skydd"}


def test_the_card_is_saved_as_pdf_in_the_size_of_a_bank_card(client: Client) -> None:
    page = take(client)
    number, words = shown(page)
    answer = client.post("/nyckel/kort.pdf", {"sealed": field(page, "sealed")})

    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    box = document.pages[0].mediabox
    assert (len(document.pages), round(float(box.width) / MM, 1), round(float(box.height) / MM, 1)) == (1, 85.6, 54.0)
    text = document.pages[0].extract_text()
    assert number in text
    assert all(word in text for word in words)


def test_the_card_is_saved_as_pdf_for_a4(client: Client) -> None:
    page = take(client)
    number, _words = shown(page)
    answer = client.post("/nyckel/kort.pdf", {"sealed": field(page, "sealed"), "size": "a4"})
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    box = document.pages[0].mediabox
    assert (len(document.pages), round(float(box.width) / MM), round(float(box.height) / MM)) == (1, 210, 297)
    assert document.pages[0].extract_text().count(number) == 2


@pytest.mark.parametrize("prefix", ["", "/latt", "/en", "/ar"])
def test_the_pdf_is_a_download_in_every_language(client: Client, prefix: str) -> None:
    page = take(client)
    answer = client.post(f"{prefix}/nyckel/kort.pdf", {"sealed": field(page, "sealed")})
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert shown(page)[0] in pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.parametrize("sheet", [False, True])
def test_a_screen_reader_can_read_the_pdf(sheet: bool) -> None:
    document = pypdf.PdfReader(io.BytesIO(cards.pdf(key_secrets.draw(), sheet=sheet)))
    root = cast("dict[str, Any]", document.trailer["/Root"])
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert "/StructTreeRoot" in root
    assert document.metadata is not None
    assert document.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert pictures_that_say_what_they_are(root["/StructTreeRoot"]) >= 1


def pictures_that_say_what_they_are(node: object) -> int:
    """How many figures of a PDF's structure have a text for who cannot see them."""
    if isinstance(node, pypdf.generic.IndirectObject):
        return pictures_that_say_what_they_are(node.get_object())
    if isinstance(node, list):
        return sum(pictures_that_say_what_they_are(child) for child in node)
    if isinstance(node, dict):
        here = 1 if node.get("/S") == "/Figure" and node.get("/Alt") else 0
        return here + pictures_that_say_what_they_are(node.get("/K"))
    return 0


def test_the_longest_words_fit_on_the_card() -> None:
    card = Card("123456785", ("kamomillteers", "födelsedagsbr", "mmmmmmmmmmmmm", "wwwwwwwwwwwww"), "x" * 22)
    document = pypdf.PdfReader(io.BytesIO(cards.pdf(card)))
    lines = document.pages[0].extract_text().splitlines()
    assert len(document.pages) == 1
    assert [line for line in lines if line in card.words] == list(card.words)


def test_the_print_sheet_shows_two_cards(client: Client) -> None:
    page = take(client)
    number, words = shown(page)
    sheet = client.post("/nyckel/utskrift", {"sealed": field(page, "sealed")}).content.decode()
    assert sheet.count(number) == sheet.count(words[0]) == 2


@pytest.mark.parametrize("path", ["/nyckel/kort.pdf", "/nyckel/utskrift"])
def test_a_card_cannot_be_printed_without_the_page_that_showed_it(client: Client, path: str) -> None:
    assert client.post(path, {"sealed": "made up"}).status_code == 410
    assert client.post(path).status_code == 410
    assert client.get(path).status_code == 405


def test_the_words_are_shown_once_and_kept_nowhere(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    rare = tuple(sorted(keywords.WORDS, key=lambda word: (-len(word), word))[:4])  # no page says these by chance
    monkeypatch.setattr(keywords, "draw_words", lambda: rare)
    caplog.set_level(logging.DEBUG)
    page = take(client)
    number, words = shown(page)
    assert words == rare
    client.post("/nyckel/kort.pdf", {"sealed": field(page, "sealed")})
    client.post("/logga-in", {"number": number, "words": " ".join(words)})
    client.post("/logga-in", {"number": number, "words": " ".join(reversed(words))})

    for place in (client.get("/mitt-konto/nycklar").content.decode(), Session.objects.get(key__isnull=False).data):
        assert not any(word in place.lower() for word in words)
    logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not any(" ".join(words) in line for line in logged)
    queried = [record.getMessage() for record in caplog.records if record.name == "django.db.backends"]
    assert not any(" ".join(words) in line for line in queried)


def test_signing_in_with_wrong_words_says_what_to_do_and_keeps_the_number_alone(client: Client) -> None:
    issued = key_of(person_called())
    page = client.post("/logga-in", {"number": issued.card.grouped_number, "words": "fel ord helt enkelt"})
    text = page.content.decode()
    assert page.status_code == 200
    assert issued.card.grouped_number in text
    assert 'role="alert"' in text
    assert not Session.objects.exists()


def test_too_many_tries_answer_429_with_the_time_to_wait(client: Client) -> None:
    issued = key_of(person_called())
    wrong = {"number": issued.card.number, "words": "fel ord helt enkelt"}
    statuses = [client.post("/logga-in", wrong).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(client.post("/logga-in", wrong).headers["Retry-After"]) <= 30


def test_a_forwarded_address_counts_only_from_a_trusted_proxy(client: Client, settings: LazySettings) -> None:
    def tries(first: int) -> list[int]:
        sent = [{"number": numbered(first + n), "words": "fel ord helt enkelt"} for n in range(22)]
        headers = [{"X-Forwarded-For": f"192.0.2.{n}"} for n in range(22)]
        return [
            client.post("/logga-in", data, headers=more).status_code for data, more in zip(sent, headers, strict=True)
        ]

    assert tries(0) == [200] * 20 + [429] * 2
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert tries(100) == [200] * 22


def test_the_qr_code_signs_in_by_a_form_that_a_script_fills(client: Client) -> None:
    issued = key_of(person_called())
    path = issued.card.qr_address.partition("#")[0].partition("://")[2].partition("/")[2]
    page = client.get(f"/{path}")
    assert "people/key-qr.js" in page.content.decode()
    assert issued.card.token not in page.content.decode()

    answer = client.post(f"/{path}", {"token": issued.card.token})
    assert answer.status_code == 302
    session = Session.objects.get()
    assert (session.method, session.key) == (Method.QR, issued.key)


def test_a_qr_code_of_an_old_card_says_where_to_get_a_new_one(client: Client) -> None:
    issued = key_of(person_called())
    Key.objects.update(retired_at=issued.key.made_at)
    page = client.post("/nyckel/qr", {"token": issued.card.token})
    assert 'role="alert"' in page.content.decode() or 'role="status"' in page.content.decode()
    assert not Session.objects.exists()


def test_the_script_takes_the_token_from_the_fragment_and_out_of_the_history() -> None:
    path = finders.find("people/key-qr.js")
    assert isinstance(path, str)
    script = Path(path).read_text(encoding="utf-8")
    assert "window.location.hash" in script
    assert "history.replaceState" in script
    assert len(script) < 2_000


def test_my_keys_shows_the_card_and_where_i_am_signed_in(client: Client) -> None:
    person = person_called()
    issued = key_of(person)
    sign_in_client(Client(), person)
    sign_in_client(client, person)
    text = client.get("/mitt-konto/nycklar").content.decode()
    assert issued.card.grouped_number in text
    assert text.count("/avsluta") == 2


def test_one_signs_out_one_device_or_all_the_others(client: Client) -> None:
    person, others = person_called(), [Client(), Client()]
    rows = [sign_in_client(other, person) for other in others]
    here = sign_in_client(client, person)
    client.post(f"/mitt-konto/inloggningar/{rows[0].pk}/avsluta")
    assert set(Session.objects.all()) == {rows[1], here}
    client.post("/logga-ut/overallt")
    assert set(Session.objects.all()) == {here}
    client.post(f"/mitt-konto/inloggningar/{here.pk}/avsluta")
    assert client.get("/mitt-konto/nycklar").status_code == 302


def test_nobody_ends_or_replaces_what_is_anothers(client: Client) -> None:
    other = person_called("Modig Tall 44")
    theirs, row = key_of(other).key, sign_in_client(Client(), other)
    sign_in_client(client, person_called())
    assert client.post(f"/mitt-konto/inloggningar/{row.pk}/avsluta").status_code == 404
    assert client.post("/mitt-konto/nycklar/dra-in", {"key": theirs.pk, "knows": "on"}).status_code == 404
    client.post("/mitt-konto/nycklar/nytt-kort", {"key": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.retired_at is None


def test_one_makes_a_new_card_oneself(client: Client) -> None:
    person = person_called()
    old = key_of(person)
    sign_in_client(client, person)
    page = client.post("/mitt-konto/nycklar/nytt-kort", {"key": old.key.pk})
    number, words = shown(page)
    assert number != old.card.grouped_number
    again = client.post("/mitt-konto/nycklar/nytt-kort", {"key": old.key.pk})
    assert again.status_code == 302
    assert Key.objects.count() == 2
    answer = Client().post("/logga-in", {"number": number, "words": " ".join(words)})
    assert answer.status_code == 302


def test_one_retires_the_card_oneself_after_saying_that_it_is_the_last_way_in(client: Client) -> None:
    person = person_called()
    key = key_of(person).key
    sign_in_client(client, person)
    page = client.post("/mitt-konto/nycklar/dra-in", {"key": key.pk})
    assert 'role="alert"' in page.content.decode()
    assert client.post("/mitt-konto/nycklar/dra-in", {"key": key.pk, "knows": "on"}).status_code == 302
    assert not Key.objects.live().exists()


def test_signing_out_wipes_and_leads_to_the_start_page(client: Client) -> None:
    sign_in_client(client, person_called())
    assert client.get("/logga-ut").status_code == 200
    answer = client.post("/logga-ut")
    assert answer.headers["Location"] == "/"
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert not Session.objects.exists()
    assert client.get("/mitt-konto/nycklar").status_code == 302


def test_one_press_keeps_a_sign_in_going(client: Client) -> None:
    assert client.get("/fortsatt").status_code == 401
    sign_in_client(client, person_called())
    answer = client.get("/fortsatt")
    assert answer.status_code == 200
    assert 7190 <= int(answer.content) <= 7200


def test_whose_time_is_over_is_told_so_and_comes_back_to_the_page(client: Client) -> None:
    begun = datetime.now(UTC)
    with time_machine.travel(begun, tick=False) as traveller:
        sign_in_client(client, person_called(), at=begun)
        traveller.shift(timedelta(hours=2))
        answer = client.get("/mitt-konto/nycklar")
        assert answer.headers["Location"] == "/logga-in?next=%2Fmitt-konto%2Fnycklar&slut=1"
        assert 'class="notice"' in main_of(client.get(answer.headers["Location"]))


@pytest.mark.parametrize("prefix", ["", "/latt", "/en", "/ar"])
@pytest.mark.parametrize("path", ["/nyckel", "/nyckel/qr", "/logga-in", "/logga-ut"])
def test_the_pages_open_in_every_language(client: Client, prefix: str, path: str) -> None:
    assert client.get(prefix + path).status_code == 200


def test_who_takes_keys_without_end_is_slowed_down(client: Client) -> None:
    cache.clear()
    page = client.get("/nyckel")
    statuses = {client.post("/nyckel", {"propose": "1", "once": field(page, "once")}).status_code for _ in range(40)}
    assert statuses == {200, 429}


def test_a_guide_with_a_key_alone_is_no_guide(client: Client) -> None:
    guide = guide_called()
    sign_in_client(client, guide, method=Method.WORDS)
    answer = client.get("/disk/nyckel")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/logga-in/starkare")
