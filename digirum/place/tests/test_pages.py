"""The public pages: what a visitor reads, for how long it holds, and how few questions it asks the database."""

import json
import re
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from digirum.base import pagecache, search
from digirum.base.registries import sitemap_sources
from digirum.place import actions
from digirum.place.hours import Opening
from digirum.place.models import Centre
from digirum.place.registries import centre_panels
from digirum.place.tests.scene import NOW, make_centre, make_period
from digirum.topics.actions import load_vocabulary
from digirum.topics.models import HelpTopic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ten_on_a_monday() -> Iterator[time_machine.Traveller]:
    """The wall clock stands at 10.00 on Monday 23 November 2026, in a process that has cached nothing."""
    pagecache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_list_says_which_centres_are_open_now_and_when_the_others_open(client: Client) -> None:
    centre = make_centre()
    late = make_centre("filialen")
    actions.set_weekly_hours(by=None, at=NOW, centre=late, openings=[Opening(2, time(14), time(18))], revision=2)
    page = words_of(client.get("/center").text)
    assert "Digidel biblioteket Öppet nu, stänger kl. 18.00" in page
    assert "Digidel filialen Stängt nu, öppnar onsdag 25 november kl. 14.00" in page
    assert centre.street in page


def test_a_kept_page_changes_when_the_door_does(client: Client, ten_on_a_monday: time_machine.Traveller) -> None:
    make_centre()
    for address in ("/center", "/center/biblioteket"):
        ten_on_a_monday.move_to(NOW)
        pagecache.clear()
        assert "Öppet nu" in client.get(address).text
        ten_on_a_monday.move_to(NOW + timedelta(hours=7, minutes=59))
        assert "Öppet nu" in client.get(address).text
        ten_on_a_monday.move_to(NOW + timedelta(hours=8))
        assert "öppnar i morgon" in client.get(address).text
        ten_on_a_monday.move_to(NOW + timedelta(hours=14))
        assert "öppnar i dag" in client.get(address).text


def test_a_kept_page_changes_with_the_act_that_changes_the_centre(client: Client) -> None:
    centre = make_centre()
    assert "Öppet nu" in client.get("/center/biblioteket").text
    actions.close_day(by=None, at=NOW, centre=centre, day=date(2026, 11, 23), reasons={"reason_sv": "Vattenläcka"})
    page = words_of(client.get("/center/biblioteket").text)
    assert "Öppet nu" not in page
    assert "Vattenläcka" in page


def test_a_period_that_comes_soon_is_told_of_with_its_hours(client: Client) -> None:
    centre = make_centre()
    make_period(centre, date(2026, 12, 27), date(2026, 12, 30), Opening(0, time(11), time(15)), name="Mellandagarna")
    page = words_of(client.get("/center/biblioteket").text)
    assert "Mellandagarna: söndag 27 december – onsdag 30 december" in page
    assert "11.00–15.00" in page


def test_the_page_tells_facts_languages_by_day_and_who_helps_with_what_we_do_not(client: Client) -> None:
    centre = make_centre()
    load_vocabulary(by=None, at=NOW)
    bills, wifi = HelpTopic.objects.get(slug="betala-rakningar"), HelpTopic.objects.get(slug="wifi")
    actions.state_fact(by=None, at=NOW, centre=centre, kind="lift", answer="no", notes={"note_sv": "Ring på."})
    actions.offer_language(by=None, at=NOW, centre=centre, language="ar", weekday=0)
    bank = {"who_does_sv": "Din bank.", "link": "https://bank.example/"}
    actions.set_help(by=None, at=NOW, centre=centre, topic=bills, stance="no-help", values=bank)
    actions.set_help(by=None, at=NOW, centre=centre, topic=wifi, stance="help", values={})
    html = client.get("/center/biblioteket").text
    page = words_of(html)
    assert "Hiss Nej. Ring på." in page
    assert "Måndag Arabiska ( العربية )" in page
    assert '<span lang="ar" dir="rtl">العربية</span>' in html
    assert '<a href="https://bank.example/">Din bank.</a>' in html
    assert 'href="/hjalp/wifi"' in html


def test_the_page_speaks_the_language_of_its_address_and_marks_what_fell_back(client: Client) -> None:
    make_centre(name_en="Digidel, the library", summary_sv="Kom in.")
    assert "Open now, closes at 18:00" in client.get("/en/center").text
    page = client.get("/en/center/biblioteket").text
    assert "Digidel, the library" in page
    assert '<p class="lead"><span lang="sv" dir="ltr">Kom in.</span></p>' in page
    assert 'dir="rtl"' in client.get("/ar/center/biblioteket").text


def test_a_page_for_machines_is_in_the_page_for_people(client: Client) -> None:
    centre = make_centre(latitude="56.0442", longitude="12.6968", summary_sv="</script><b>Kom</b>")
    make_period(centre, date(2026, 12, 27), date(2026, 12, 30), name="Jul")
    html = client.get("/center/biblioteket").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == ["Place", "Library"]
    assert data["identifier"] == "biblioteket"
    assert data["geo"]["latitude"] == 56.0442
    assert data["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/Monday",
        "opens": "10:00",
        "closes": "18:00",
    }
    assert data["specialOpeningHoursSpecification"][0]["validThrough"] == "2026-12-30"


def test_the_sheet_for_the_printer_has_the_week_and_a_code_back_to_the_page(client: Client) -> None:
    make_centre()
    sheet = client.get("/center/biblioteket/skriv-ut").text
    assert "10.00–18.00" in sheet
    assert "/center/biblioteket</p>" in re.sub(r"\s+", "", sheet) or "/center/biblioteket" in sheet
    assert 'class="qr"' in sheet


def test_the_help_topics_are_listed_by_theme_and_found_by_the_words_that_people_say(client: Client) -> None:
    load_vocabulary(by=None, at=NOW)
    page = client.get("/hjalp").text
    assert page.count('class="card ') == 25
    for asked in ("räkningar", "räkningarna", "faktura", "RAKNING", "bill"):
        found = client.get("/hjalp", {"q": asked}).text
        assert "/hjalp/betala-rakningar" in found, asked
        assert "/hjalp/wifi" not in found, asked
    assert "/hjalp/wifi" in client.get("/hjalp", {"q": "trådlöts nätvärk"}).text  # misspelt
    assert "Prova ett annat ord" in client.get("/hjalp", {"q": "xyzzy"}).text


def test_a_topic_says_where_we_help_and_who_does_where_we_do_not(client: Client) -> None:
    load_vocabulary(by=None, at=NOW)
    topic = HelpTopic.objects.get(slug="wifi")
    main, branch = make_centre(), make_centre("filialen")
    actions.set_help(by=None, at=NOW, centre=main, topic=topic, stance="help", values={"note_sv": "Ta med din dator."})
    elsewhere = {"who_does_sv": "Biblioteket hjälper dig."}
    actions.set_help(by=None, at=NOW, centre=branch, topic=topic, stance="no-help", values=elsewhere)
    page = words_of(client.get("/hjalp/wifi").text)
    assert "Digidel biblioteket Öppet nu" in page
    assert "Ta med din dator." in page
    assert "Digidel filialen Biblioteket hjälper dig." in page


@pytest.mark.parametrize("address", ["/center/finns-inte", "/hjalp/finns-inte", "/center/finns-inte/skriv-ut"])
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/center", "/center/centre-0", "/hjalp", "/hjalp/wifi"])
def test_public_pages_set_no_cookie_and_ask_no_more_of_the_database_for_more_centres(
    client: Client, address: str
) -> None:
    load_vocabulary(by=None, at=NOW)
    make_full_centre(0)
    few = questions(client, address)
    for number in range(1, 6):
        make_full_centre(number)
    assert questions(client, address) == few
    assert few <= 12
    assert not client.get(address).cookies


def make_full_centre(number: int) -> Centre:
    centre = make_centre(f"centre-{number}")
    make_period(centre, date(2026, 12, 27), date(2026, 12, 30), Opening(0, time(11), time(15)))
    actions.close_day(by=None, at=NOW, centre=centre, day=date(2026, 12, 24), reasons={"reason_sv": "Julafton"})
    actions.offer_language(by=None, at=NOW, centre=centre, language="ar", weekday=0)
    actions.state_fact(by=None, at=NOW, centre=centre, kind="lift", answer="yes", notes={})
    for topic in HelpTopic.objects.all()[: number + 1]:
        actions.set_help(by=None, at=NOW, centre=centre, topic=topic, stance="help", values={})
    wifi = HelpTopic.objects.get(slug="wifi")
    actions.set_help(by=None, at=NOW, centre=centre, topic=wifi, stance="help", values={})
    return centre


def questions(client: Client, address: str) -> int:
    """How many questions the page itself asks; panels of other rooms answer for theirs."""
    pagecache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return sum("events_" not in question["sql"] for question in asked.captured_queries)


def test_centres_and_help_topics_are_found_by_the_search_of_the_site() -> None:
    centre = make_centre(summary_sv="Datorer och skrivare.", name_en="The digital room")
    load_vocabulary(by=None, at=NOW)
    assert [hit.path for hit in search.find("dator skrivaren", "sv", kinds=["place.centre"]).hits] == [
        "/center/biblioteket"
    ]
    assert search.find("digital room", "en", kinds=["place.centre"]).hits[0].title == "The digital room"
    assert "/hjalp/betala-rakningar" in {hit.path for hit in search.find("räkningarna", "sv").hits}
    actions.remove_centre(by=None, at=NOW, centre=centre)
    assert search.find("skrivaren", "sv", kinds=["place.centre"]).hits == []


def test_the_sitemap_knows_every_page(client: Client) -> None:
    make_centre()
    load_vocabulary(by=None, at=NOW)
    paths = [path for path, _changed in sitemap_sources["place"].pages()]
    assert {"/center", "/hjalp", "/center/biblioteket", "/hjalp/wifi"} <= set(paths)
    assert all(client.get(path).status_code == 200 for path in paths)


def test_every_panel_of_a_centres_page_says_which_generations_it_depends_on() -> None:
    assert all(panel.keys for panel in centre_panels)
