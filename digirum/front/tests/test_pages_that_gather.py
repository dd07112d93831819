"""Home, my page, the desk, search, and the pages about the site."""

from __future__ import annotations

from urllib.parse import quote

from django.test import Client, TestCase
from django.utils.html import strip_tags

from digirum.base import clock
from digirum.front import demo
from digirum.people.models import Person
from digirum.people.tests.residents import sign_in_client

LANGUAGES = {"": "sv", "/latt": "sv-x-simple", "/en": "en", "/ar": "ar"}
PAGES = ("/om", "/tillganglighet", "/integritet", "/oppna-data", "/kontakt", "/sok")


def text_of(client: Client, path: str) -> str:
    """What one reads on a page."""
    response = client.get(quote(path, safe="/?=&+"))
    assert response.status_code == 200, (path, response.status_code)
    return " ".join(strip_tags(response.content.decode()).split())


def signed_in(pseudonym: str) -> Client:
    """A browser in which the demo's person has signed in."""
    client = Client()
    sign_in_client(client, Person.objects.get(pseudonym=pseudonym))
    return client


class ThePagesThatGather(TestCase):
    """In the demo room, filled once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        demo.load(clock.now())

    def test_the_first_page_says_what_is_open_what_is_on_and_how_to_begin(self) -> None:
        text = text_of(self.client, "/")
        for words in ("Digidel på Stadsbiblioteket", "Är det första gången du är här?", "Skaffa en nyckel", "Drop-in"):
            assert words in text, words

    def test_every_page_about_the_site_is_there_in_every_language(self) -> None:
        for prefix, language in LANGUAGES.items():
            for path in PAGES:
                response = self.client.get(prefix + path)
                assert (response.status_code, response.headers["Content-Language"]) == (200, language), prefix + path

    def test_the_accessibility_statement_has_what_the_law_asks_for(self) -> None:
        text = text_of(self.client, "/tillganglighet")
        for words in (
            "Helsingborgs stad står bakom", "delvis förenlig", "Berätta vad du inte kan använda", "Oskäligt betungande",
            "inte omfattas av lagen", "senaste granskningen", "ändrades senast", "Digg",
        ):  # fmt: skip
            assert words in text, words

    def test_the_privacy_page_lists_what_every_room_declares(self) -> None:
        html = self.client.get("/integritet").content.decode()
        for field in ("people.Person.pseudonym", "notices.Notice.values", "front.Remark.text"):
            assert field in html, field

    def test_search_finds_swedish_word_forms(self) -> None:
        assert "Temakväll: känn igen bedragaren" in text_of(self.client, "/sok?q=bedragarna")
        assert "Betala räkningar" in text_of(self.client, "/sok?q=räkningarna")
        assert "Digidel på Stadsbiblioteket" in text_of(self.client, "/sok?q=skrivaren")

    def test_search_speaks_the_readers_language(self) -> None:
        assert "Theme evening: spot the fraudster" in text_of(self.client, "/en/sok?q=fraudsters")

    def test_search_shows_what_is_for_city_employees_to_them_alone(self) -> None:
        path, title = "/sok?q=rapport+disken", "För dig som arbetar i staden"
        assert title not in text_of(self.client, path)
        assert title not in text_of(signed_in("Granntant 42"), path)
        assert title in text_of(signed_in("Medarbetare 7"), path)

    def test_search_for_what_is_not_there_says_what_to_do(self) -> None:
        assert "Vi hittade inget om det" in text_of(self.client, "/sok?q=xyzzyqwert")

    def test_my_page_shows_what_ones_roles_open(self) -> None:
        assert "Mitt arbete" not in text_of(signed_in("Granntant 42"), "/min-sida")
        guide = text_of(signed_in("Handledare 3"), "/min-sida")
        assert "Mitt arbete" in guide
        assert "Disken" in guide
        assert "Journalen" not in guide
        assert "Journalen" in text_of(signed_in("Revisor 1"), "/min-sida")

    def test_the_desk_shows_todays_programme_and_the_keys(self) -> None:
        text = text_of(signed_in("Handledare 3"), "/disk")
        assert "Ge eller byt en nyckel" in text
        assert "Skriv ut en persons besked" in text
