"""Persons, organisations and roles in the back office: found there without private data, and saved by the acts alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import Traveller, travel

from digirum.journal.models import JournalEntry
from digirum.people import permissions
from digirum.people.models import OneTimeCode, Organisation, Person, Role, RoleGrant
from digirum.people.strength import Method
from digirum.people.tests.residents import key_of, person_called, sign_in_client
from digirum.people.tests.staff import centre, city, holder_of, library, other_centre, somebody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[Traveller]:
    with travel(NOW, tick=False) as traveller:
        yield traveller


def staff(client: Client, role: Role, method: Method = Method.PASSKEY) -> Person:
    person = holder_of(role)
    sign_in_client(client, person, method=method, at=NOW)
    return person


@pytest.mark.parametrize(
    ("role", "method", "comes_in"),
    [
        (Role.ADMINISTRATOR, Method.PASSKEY, True),
        (Role.COORDINATOR, Method.SSO, True),
        (Role.EDITOR, Method.EMAIL_AND_TIME_CODE, True),
        (Role.AUDITOR, Method.PASSKEY, True),
        (Role.ADMINISTRATOR, Method.WORDS, False),
        (Role.ADMINISTRATOR, Method.EMAIL, False),
        (Role.COORDINATOR, Method.QR, False),
        (Role.GUIDE, Method.PASSKEY, False),
        (Role.EMPLOYEE, Method.SSO, False),
        (Role.HOST, Method.PASSKEY, False),
    ],
)
def test_who_comes_into_the_back_office(client: Client, role: Role, method: Method, comes_in: bool) -> None:
    staff(client, role, method)

    assert (client.get(reverse("wagtailadmin_home")).status_code == 200) is comes_in


LISTS = {
    "persons:index": {Role.ADMINISTRATOR, Role.COORDINATOR},
    "roles:index": {Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR},
    "organisations:index": {Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR},
    "roles:add": {Role.ADMINISTRATOR, Role.COORDINATOR},
    "organisations:add": {Role.ADMINISTRATOR},
    "person_chooser:choose": {Role.ADMINISTRATOR, Role.COORDINATOR},
}


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.EDITOR, Role.AUDITOR])
def test_who_sees_which_list(client: Client, page: str, role: Role) -> None:
    staff(client, role)

    answer = client.get(reverse(page))

    assert (answer.status_code == 200) is (role in LISTS[page]), answer.status_code


def test_the_list_of_persons_tells_nothing_private(client: Client) -> None:
    person = person_called("Lugn Ekorre 27")
    key = key_of(person)
    Person.objects.filter(pk=person.pk).update(email="kim@example.se")
    staff(client, Role.ADMINISTRATOR)

    for page in (reverse("persons:index"), reverse("persons:edit", args=[person.pk])):
        seen = client.get(page).content.decode()
        assert "Lugn Ekorre 27" in seen
        assert "kim@example.se" not in seen
        assert key.key.number not in seen


def test_a_protected_identity_is_seen_by_administrators_alone(client: Client) -> None:
    hidden = person_called("Skyddad Svan 44")
    staff(client, Role.ADMINISTRATOR)

    client.post(reverse("persons:edit", args=[hidden.pk]), {"is_protected": "on"})

    assert Person.objects.get(pk=hidden.pk).is_protected
    assert JournalEntry.objects.filter(verb="people.identity_protected").exists()
    assert "Skyddad Svan 44" in client.get(reverse("persons:index")).content.decode()
    coordinator = Client()
    staff(coordinator, Role.COORDINATOR)
    for page in ("persons:index", "person_chooser:choose"):
        assert "Skyddad Svan 44" not in coordinator.get(reverse(page)).content.decode()


def test_the_form_of_a_role_lists_nobody_but_has_a_chooser(client: Client) -> None:
    hidden, shown = person_called("Skyddad Svan 44"), person_called("Lugn Ekorre 27")
    Person.objects.filter(pk=hidden.pk).update(is_protected=True)
    staff(client, Role.COORDINATOR)

    page = client.get(reverse("roles:add")).content.decode()

    assert reverse("person_chooser:choose") in page
    assert "Lugn Ekorre 27" not in page
    assert client.get(reverse("person_chooser:chosen", args=[shown.pk])).status_code == 200
    assert client.get(reverse("person_chooser:chosen", args=[hidden.pk])).status_code == 404
    both = client.get(
        reverse("person_chooser:chosen_multiple"), {"id": [str(shown.pk), str(hidden.pk)]}
    ).content.decode()
    assert "Lugn Ekorre 27" in both
    assert "Skyddad Svan 44" not in both
    for role in (Role.EDITOR, Role.AUDITOR):
        other = Client()
        staff(other, role)
        assert other.get(reverse("person_chooser:chosen_multiple"), {"id": str(shown.pk)}).status_code == 404


def test_giving_a_role_runs_the_act(client: Client) -> None:
    administrator, guide = staff(client, Role.ADMINISTRATOR), somebody()

    answer = client.post(
        reverse("roles:add"),
        {"person": guide.pk, "role": "guide", "organisation": centre().pk, "begins_at": "", "ends_at": ""},
    )

    assert answer.status_code == 302
    grant = RoleGrant.objects.get(person=guide)
    assert (grant.given_by, grant.begins_at) == (administrator, NOW)
    entry = JournalEntry.objects.get(verb="people.role_given", object_id=str(grant.pk))
    assert (entry.subject, entry.role) == (administrator.subject_id, "administrator")


def test_what_the_act_refuses_is_said_in_the_form(client: Client) -> None:
    staff(client, Role.ADMINISTRATOR)
    guide = holder_of(Role.GUIDE)

    answer = client.post(
        reverse("roles:add"),
        {"person": guide.pk, "role": "guide", "organisation": centre().pk, "begins_at": "", "ends_at": ""},
    )

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert RoleGrant.objects.filter(person=guide).count() == 1


@pytest.mark.parametrize(
    ("role", "where"), [("editor", "digidel"), ("guide", "filialen"), ("administrator", "helsingborg")]
)
def test_a_coordinator_gives_no_other_role_and_nowhere_else(client: Client, role: str, where: str) -> None:
    other_centre()
    staff(client, Role.COORDINATOR)
    person = somebody()

    client.post(
        reverse("roles:add"),
        {
            "person": person.pk,
            "role": role,
            "organisation": Organisation.objects.get(slug=where).pk,
            "begins_at": "",
            "ends_at": "",
        },
    )

    assert not RoleGrant.objects.filter(person=person).exists()


def test_ending_a_role_runs_the_act_and_keeps_the_row(client: Client) -> None:
    staff(client, Role.ADMINISTRATOR)
    grant = RoleGrant.objects.get(person=holder_of(Role.GUIDE))

    answer = client.post(reverse("roles:delete", args=[grant.pk]))

    assert answer.status_code == 302
    assert RoleGrant.objects.get(pk=grant.pk).ends_at == NOW
    assert JournalEntry.objects.filter(verb="people.role_ended").exists()


def test_a_coordinator_sees_and_ends_the_roles_of_the_own_centre_alone(client: Client) -> None:
    elsewhere = RoleGrant.objects.get(person=holder_of(Role.GUIDE, other_centre()))
    staff(client, Role.COORDINATOR)

    assert str(elsewhere.person) not in client.get(reverse("roles:index")).content.decode()
    client.post(reverse("roles:delete", args=[elsewhere.pk]))
    assert RoleGrant.objects.get(pk=elsewhere.pk).ends_at is None


@pytest.mark.parametrize("page", ["roles:add", "people_let_in_ask"])
def test_dangerous_pages_ask_once_more_after_ten_minutes(client: Client, now: Traveller, page: str) -> None:
    staff(client, Role.ADMINISTRATOR)
    now.shift(timedelta(minutes=11))
    words = [somebody().pk] if page == "people_let_in_ask" else []

    answer = client.get(reverse(page, args=words))

    assert answer.headers["Location"].startswith(reverse("people:sign_in_again"))


def test_an_administrator_makes_a_code_for_somebody_and_nobody_else_does(client: Client) -> None:
    guide = holder_of(Role.GUIDE)
    staff(client, Role.ADMINISTRATOR)

    assert client.get(reverse("people_let_in_ask", args=[guide.pk])).status_code == 200
    assert not OneTimeCode.objects.exists(), "looking makes none"
    page = client.post(reverse("people_let_in", args=[guide.pk]))
    assert page.context["code"] in page.content.decode()
    assert OneTimeCode.objects.get().person == guide
    coordinator = Client()
    staff(coordinator, Role.COORDINATOR)
    assert coordinator.post(reverse("people_let_in", args=[guide.pk])).status_code == 404


def test_organisations_are_made_renamed_and_moved_by_the_acts(client: Client) -> None:
    staff(client, Role.ADMINISTRATOR)
    library()
    words = {
        "name_sv": "Mobila enheten",
        "name_sv_simple": "",
        "name_en": "Mobile unit",
        "name_ar": "",
        "slug": "mobila",
    }

    client.post(reverse("organisations:add"), {**words, "kind": "unit", "parent": city().pk})
    made = Organisation.objects.get(slug="mobila")
    assert made.lineage == [city().pk, made.pk]

    client.post(reverse("organisations:edit", args=[made.pk]), {**words, "name_sv": "Bussen", "parent": library().pk})
    made.refresh_from_db()
    assert (str(made.name), made.lineage) == ("Bussen", [city().pk, library().pk, made.pk])
    verbs = set(JournalEntry.objects.filter(object_id=str(made.pk)).values_list("verb", flat=True))
    assert {"people.organisation_created", "people.organisation_moved", "people.organisation_renamed"} <= verbs


@pytest.mark.parametrize(
    ("role", "permission", "opened"),
    [
        (Role.ADMINISTRATOR, "anything.change_whatever", True),
        (Role.EDITOR, "events.change_event", True),
        (Role.EDITOR, "events.delete_event", False),
        (Role.EDITOR, "base.add_picture", True),
        (Role.EDITOR, "people.view_person", False),
        (Role.EDITOR, "journal.view_journalentry", False),
        (Role.COORDINATOR, "events.delete_event", True),
        (Role.COORDINATOR, "people.view_person", True),
        (Role.COORDINATOR, "people.change_person", False),
        (Role.AUDITOR, "journal.view_journalentry", True),
        (Role.AUDITOR, "events.change_event", False),
        (Role.GUIDE, "wagtailadmin.access_admin", False),
        (Role.DIRECTOR, "wagtailadmin.access_admin", False),
    ],
)
def test_the_table_of_doors(role: Role, permission: str, opened: bool) -> None:
    assert permissions.allowed([role], permission) is opened


def test_pictures_are_for_whose_role_opens_them_without_any_group(client: Client) -> None:
    for role, status in ((Role.EDITOR, 200), (Role.COORDINATOR, 200), (Role.AUDITOR, 302)):
        visitor = Client()
        person = staff(visitor, role)
        assert visitor.get(reverse("wagtailimages:add")).status_code == status
        assert not person.groups.exists()
