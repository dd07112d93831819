"""A key: taken, given, replaced and retired; never more than one that opens, and nothing secret is kept."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from digirum.base import ids
from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.models import JournalEntry
from digirum.people import names, signing_in
from digirum.people.actions.give_key import give_key
from digirum.people.actions.give_new_words import give_new_words
from digirum.people.actions.replace_key import replace_key
from digirum.people.actions.retire_key import retire_key
from digirum.people.actions.sign_in_by_qr import key_by_token
from digirum.people.actions.sign_in_by_words import key_by_words
from digirum.people.actions.take_key import take_key
from digirum.people.models import Key, Person, Recognition, Session
from digirum.people.models.person import Assurance
from digirum.people.session_store import SessionStore
from digirum.people.strength import Method
from digirum.people.tests.racing import race
from digirum.people.tests.residents import NOW, guide_called, key_of, person_called

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def opens(card_number: str, words: tuple[str, ...]) -> bool:
    try:
        key_by_words(number=card_number, words=" ".join(words), address="192.0.2.1", at=LATER)
    except Refused:
        return False
    return True


def test_taking_a_key_makes_a_person_of_whom_nothing_is_known_but_a_name() -> None:
    issued = take_key(pseudonym="  Lugn   Ekorre 27 ", language="en", at=NOW)

    person = Person.objects.get()
    assert (person.pseudonym, person.language, person.assurance) == ("Lugn Ekorre 27", "en", Assurance.OPEN)
    assert (person.email, person.has_usable_password()) == ("", False)
    assert opens(issued.card.number, issued.card.words)
    assert key_by_token(token=issued.card.token, at=NOW).person == person
    entry = JournalEntry.objects.get(verb="people.key_taken")
    assert (entry.subject, entry.role) == (person.subject_id, "resident")


def test_a_form_that_is_sent_twice_makes_one_person() -> None:
    identifier = ids.uuid7()
    take_key(pseudonym="Lugn Ekorre 27", language="sv", at=NOW, person_id=identifier)
    with pytest.raises(Refused) as caught:
        take_key(pseudonym="Lugn Ekorre 27", language="sv", at=NOW, person_id=identifier)
    assert caught.value.code == "taken-already"
    assert Person.objects.count() == Key.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a", "name-too-short"),
        ("\u200b\x00", "name-too-short"),
        ("x" * 61, "name-too-long"),
        ("anna@example.org", "name-tells-too-much"),
        ("Anna 070-123 45 67", "name-tells-too-much"),
        ("Anna 19500101-1234", "name-tells-too-much"),
    ],
)
def test_a_name_that_is_none_or_tells_too_much_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        take_key(pseudonym=typed, language="sv", at=NOW)
    assert caught.value.code == code


@pytest.mark.parametrize("typed", ["Åsa", "أمينة", "Bo 65", "Lugn Ekorre 27"])
def test_a_name_in_any_script_is_welcome(typed: str) -> None:
    assert names.tidy(typed) == typed


def test_neither_words_nor_token_stand_anywhere_in_the_database() -> None:
    issued = take_key(pseudonym="Lugn Ekorre 27", language="sv", at=NOW)
    everything = [
        str(value).lower() for model in apps.get_models() for row in model._base_manager.values_list() for value in row
    ]
    assert any(issued.card.number in value for value in everything)
    for secret in (issued.card.token.lower(), " ".join(issued.card.words), *issued.card.words):
        assert not any(secret in value for value in everything if value != "lugn ekorre 27")


def test_a_guide_gives_a_key() -> None:
    guide = guide_called()
    issued = give_key(by=guide, pseudonym="Modig Tall 44", language="sv", at=NOW)
    assert issued.key.made_by == guide
    assert issued.person != guide
    assert JournalEntry.objects.get(verb="people.key_given").subject == guide.subject_id


def test_only_the_desk_gives_keys_and_replaces_those_of_others() -> None:
    resident, other = person_called(), person_called("Modig Tall 44")
    key = key_of(other).key
    with pytest.raises(NotAllowed):
        give_key(by=resident, pseudonym="Glad Gran 12", language="sv", at=NOW)
    with pytest.raises(NotAllowed):
        replace_key(by=resident, person=other, at=NOW, instead_of=key, recognised_by=Recognition.KNOWN)
    with pytest.raises(NotAllowed):
        give_new_words(by=resident, key=key, at=NOW, recognised_by=Recognition.KNOWN)
    with pytest.raises(NotAllowed):
        retire_key(by=resident, key=key, at=NOW, knows_it_is_the_last=True)


def test_a_new_card_from_the_desk_ends_the_old_one_at_once_and_the_person_is_told() -> None:
    guide, person = guide_called(), person_called()
    old = key_of(person)
    new = replace_key(by=guide, person=person, at=LATER, instead_of=old.key, recognised_by=Recognition.KNOWN)

    assert not opens(old.card.number, old.card.words)
    with pytest.raises(Refused):
        key_by_token(token=old.card.token, at=LATER)
    assert opens(new.card.number, new.card.words)
    old.key.refresh_from_db()
    assert (old.key.retired_at, old.key.retirement.reason, old.key.retirement.recognised_by) == (LATER, "lost", "known")
    assert [notice.kind for notice in person.notices.all()] == ["people.key_replaced_at_desk"]
    assert {"people.key_retired", "people.key_replaced"} <= set(JournalEntry.objects.values_list("verb", flat=True))


def test_the_desk_says_how_it_knew_the_person() -> None:
    guide, person = guide_called(), person_called()
    key = key_of(person).key
    with pytest.raises(Refused) as caught:
        replace_key(by=guide, person=person, at=LATER, instead_of=key)
    assert (caught.value.code, caught.value.field) == ("not-recognised", "recognised_by")
    with pytest.raises(Refused):
        give_new_words(by=guide, key=key, at=LATER, recognised_by=None)


def test_a_person_replaces_their_own_card_and_stays_signed_in_here_alone() -> None:
    person = person_called()
    old = key_of(person)
    here, there = (
        Session.objects.create(
            key_hash=str(n), person=person, key=old.key, method="words", started_at=NOW, last_seen_at=NOW, ends_at=LATER
        )
        for n in range(2)
    )
    new = replace_key(by=person, person=person, at=LATER, instead_of=old.key, keep=here)

    assert new.key.made_by is None
    assert list(Session.objects.all()) == [here]
    assert there not in Session.objects.all()


def test_a_person_without_a_card_gets_a_first_one() -> None:
    person = person_called()
    issued = replace_key(by=person, person=person, at=NOW, instead_of=None)
    assert opens(issued.card.number, issued.card.words)


def test_new_words_end_the_old_words_and_leave_the_rest_of_the_card() -> None:
    guide, person = guide_called(), person_called()
    old = key_of(person)
    fresh = give_new_words(by=guide, key=old.key, at=LATER, recognised_by=Recognition.CARD)

    assert not opens(old.card.number, old.card.words)
    assert opens(old.card.number, fresh.card.words)
    assert key_by_token(token=old.card.token, at=LATER) == old.key
    assert [notice.kind for notice in person.notices.all()] == ["people.words_given"]


def test_the_last_way_in_is_retired_only_by_who_knows_it() -> None:
    person = person_called()
    key = key_of(person).key
    with pytest.raises(Refused) as caught:
        retire_key(by=person, key=key, at=LATER)
    assert caught.value.code == "last-way-in"
    retire_key(by=person, key=key, at=LATER, knows_it_is_the_last=True)
    assert not Key.objects.live().exists()


def test_who_has_an_address_retires_the_card_without_more_ado() -> None:
    person = person_called()
    Person.objects.filter(pk=person.pk).update(email="lugn@example.org")
    key = key_of(person).key
    retire_key(by=person, key=key, at=LATER)
    key.refresh_from_db()
    assert (key.retirement.reason, key.retirement.by) == ("own-wish", person)


def test_the_database_refuses_a_second_live_card() -> None:
    person = person_called()
    key_of(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        key_of(person, new=True)


def test_the_database_refuses_words_that_are_not_hashed() -> None:
    key = key_of(person_called()).key
    with pytest.raises(IntegrityError), transaction.atomic():
        Key.objects.filter(pk=key.pk).update(words_hash="instämma kustland beklaga plankarta")


def test_who_has_been_shut_out_gets_no_card() -> None:
    guide, person = guide_called(), person_called()
    Person.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(Refused) as caught:
        replace_key(by=guide, person=person, at=LATER, instead_of=None, recognised_by=Recognition.KNOWN)
    assert caught.value.code == "no-member"


@pytest.mark.django_db(transaction=True)
def test_two_guides_who_replace_one_card_at_once_make_one_new_card() -> None:
    guides = [guide_called("Snäll Lärka 11"), guide_called("Klok Uggla 12")]
    person = person_called()
    old = key_of(person).key

    def press(number: int) -> str:
        try:
            replace_key(by=guides[number], person=person, at=LATER, instead_of=old, recognised_by=Recognition.KNOWN)
        except Refused as refused:
            return refused.code
        return "made"

    assert sorted(map(str, race(2, press))) == ["made", "replaced-already"]
    assert Key.objects.live().filter(person=person).count() == 1
    assert Key.objects.filter(person=person).count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_signs_in_while_the_card_is_replaced_is_out_or_never_in() -> None:
    """Whichever comes first, no sign-in by the old card is left when the new one is there."""
    guide, person = guide_called(), person_called()
    old = key_of(person)

    def client(number: int) -> object:
        if number == 0:
            return replace_key(by=guide, person=person, at=LATER, instead_of=old.key, recognised_by=Recognition.KNOWN)
        request = RequestFactory().get("/")
        request.session = SessionStore()
        return signing_in.sign_in(request, person, method=Method.WORDS, at=LATER, key=old.key)

    race(8, client)
    assert not Session.objects.filter(key=old.key).exists()
    assert Key.objects.live().get(person=person) != old.key
