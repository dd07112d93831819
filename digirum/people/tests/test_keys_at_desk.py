"""Keys at the desk, and computers that many share."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from digirum.people.models import Key, Person, Role, Session, SharedComputer
from digirum.people.strength import Method
from digirum.people.tests.residents import guide_called, key_of, person_called, sign_in_client
from digirum.people.tests.test_key_pages import field, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(client: Client) -> Person:
    guide = guide_called()
    sign_in_client(client, guide)
    return guide


def opens(number: str, words: tuple[str, ...]) -> bool:
    return Client().post("/logga-in", {"number": number, "words": " ".join(words)}).status_code == 302


def test_a_guide_gives_a_key_with_one_press_and_stays_signed_in(client: Client, guide: Person) -> None:
    page = client.get("/disk/nyckel")
    card = client.post("/disk/nyckel", {"pseudonym": field(page, "pseudonym"), "once": field(page, "once")})
    number, words = shown(card)
    assert opens(number, words)
    assert Key.objects.get().made_by == guide
    assert client.get("/disk/nyckel").status_code == 200


@pytest.mark.parametrize("role", [Role.GUIDE, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_who_serves_the_desk_comes_in(client: Client, role: Role) -> None:
    sign_in_client(client, guide_called(role=role))
    assert client.get("/disk/nyckel").status_code == 200


@pytest.mark.parametrize("path", ["/disk/nyckel", "/disk/delad-dator"])
def test_nobody_else_finds_the_page(client: Client, path: str) -> None:
    assert client.get(path).headers["Location"].startswith("/logga-in?next=")
    sign_in_client(client, person_called())
    assert client.get(path).status_code == 404
    editor = Client()
    sign_in_client(editor, guide_called("Flitig Myra 20", role=Role.EDITOR))
    assert editor.get(path).status_code == 404


def test_a_lost_card_is_found_by_its_number_or_the_name_in_the_room(client: Client, guide: Person) -> None:
    person = person_called("Modig Tall 44")
    issued = key_of(person)
    there = f"/disk/nyckel/person/{person.pk}"
    assert client.get("/disk/nyckel", {"q": issued.card.grouped_number}).headers["Location"] == there
    assert there in client.get("/disk/nyckel", {"q": "modig tall"}).content.decode()
    assert there not in client.get("/disk/nyckel", {"q": "nobody"}).content.decode()


def test_a_protected_identity_stands_in_no_list_and_is_found_by_the_number(client: Client, guide: Person) -> None:
    person = person_called("Modig Tall 44")
    issued = key_of(person)
    Person.objects.filter(pk=person.pk).update(is_protected=True)
    assert str(person.pk) not in client.get("/disk/nyckel", {"q": "Modig"}).content.decode()
    assert client.get("/disk/nyckel", {"q": issued.card.number}).status_code == 302


def test_a_lost_card_is_replaced_and_the_old_one_is_dead_at_once(client: Client, guide: Person) -> None:
    person = person_called("Modig Tall 44")
    old = key_of(person)
    theirs = Client()
    theirs.post("/logga-in", {"number": old.card.number, "words": " ".join(old.card.words)})
    assert theirs.get("/mitt-konto/nycklar").status_code == 200

    there = f"/disk/nyckel/person/{person.pk}"
    page = client.get(there)
    without = client.post(there, {"shown": field(page, "shown"), "card": "1"})
    assert 'role="alert"' in without.content.decode()
    sent = {"shown": field(page, "shown"), "card": "1", "recognised_by": "known"}
    number, words = shown(client.post(there, sent))

    assert opens(number, words)
    assert not opens(old.card.number, old.card.words)
    assert theirs.get("/mitt-konto/nycklar").status_code == 302
    assert 'role="alert"' in client.post(there, sent).content.decode()
    assert Key.objects.filter(person=person).count() == 2


def test_new_words_keep_the_card(client: Client, guide: Person) -> None:
    person = person_called("Modig Tall 44")
    old = key_of(person)
    there = f"/disk/nyckel/person/{person.pk}"
    sent = {"shown": field(client.get(there), "shown"), "words": "1", "recognised_by": "card"}
    page = client.post(there, sent)
    number, words = shown(page)
    assert number == old.card.grouped_number
    assert 'class="key-card-qr"' not in page.content.decode()
    assert opens(number, words)
    assert client.post("/nyckel/kort.pdf", {"sealed": field(page, "sealed")}).status_code == 200


def shared(client: Client) -> Client:
    """A browser that a guide has made a shared computer."""
    sign_in_client(client, guide_called())
    answer = client.post("/disk/delad-dator", {"label": "Dator 3"})
    assert answer.status_code == 302
    return client


def test_a_guide_makes_a_computer_shared_and_is_signed_out_there(client: Client) -> None:
    shared(client)
    assert SharedComputer.objects.get().label == "Dator 3"
    assert not Session.objects.exists()
    assert client.cookies["delad-dator"]["httponly"]
    assert client.get("/disk/delad-dator").status_code == 302


def test_on_a_shared_computer_a_sign_in_is_short_and_the_page_says_so(client: Client) -> None:
    shared(client)
    issued = key_of(person_called())
    client.post("/logga-in", {"number": issued.card.number, "words": " ".join(issued.card.words)})
    session = Session.objects.get()
    assert (session.kind, session.ends_at - session.started_at) == ("shared", timedelta(minutes=60))
    assert client.cookies["nyckel"]["max-age"] == ""
    text = client.get("/mitt-konto/nycklar").content.decode()
    assert "data-session-ends" in text
    idle = re.search(r'data-session-idle="(\d+)"', text)
    assert idle
    assert 590 <= int(idle[1]) <= 600
    # Without scripts the page loads itself anew when the time is over, and finds itself wiped.
    again = re.search(r'<noscript><meta http-equiv="refresh" content="(\d+)"></noscript>', text)
    assert again
    assert int(again[1]) == int(idle[1]) + 1


def test_staff_on_a_shared_computer_get_its_short_limits_too(client: Client) -> None:
    shared(client)
    sign_in_client(client, Person.objects.get(), method=Method.PASSKEY)
    assert Session.objects.get().kind == "shared"


def test_a_shared_computer_left_alone_is_wiped_and_shows_the_start_page(client: Client) -> None:
    shared(client)
    begun = datetime.now(UTC)
    with time_machine.travel(begun, tick=False) as traveller:
        sign_in_client(client, person_called(), method=Method.QR, at=begun)
        client.cookies["lasning"] = "large..."
        traveller.shift(timedelta(minutes=10))
        answer = client.get("/mitt-konto/nycklar")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookies["lasning"].value == ""
    assert client.cookies["delad-dator"].value
    assert not Session.objects.exists()


def test_signing_out_wipes_a_shared_computer_but_not_its_mark(client: Client) -> None:
    shared(client)
    sign_in_client(client, person_called(), method=Method.WORDS)
    answer = client.post("/logga-ut")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookies["delad-dator"].value


def test_a_guide_makes_it_an_ordinary_computer_again(client: Client) -> None:
    shared(client)
    sign_in_client(client, Person.objects.get())
    client.post("/disk/delad-dator")
    assert client.cookies["delad-dator"].value == ""
    assert SharedComputer.objects.get().ended_at is not None


def test_a_mark_kept_from_before_makes_nothing_shared_again(client: Client) -> None:
    shared(client)
    kept = client.cookies["delad-dator"].value
    sign_in_client(client, Person.objects.get())
    client.post("/disk/delad-dator")
    elsewhere = Client()
    elsewhere.cookies["delad-dator"] = kept
    sign_in_client(elsewhere, person_called(), method=Method.WORDS)
    assert Session.objects.latest("started_at").kind == "resident"
    assert elsewhere.post("/logga-ut").headers["Clear-Site-Data"] == '"storage"'


def test_a_mark_that_somebody_made_up_is_none(client: Client) -> None:
    client.cookies["delad-dator"] = "0189d5b0-0000-4000-8000-000000000000:made:up"
    sign_in_client(client, person_called(), method=Method.WORDS)
    assert Session.objects.get().kind == "resident"
