"""The back office as a whole: who comes in, which of Wagtail's doors are closed, pictures with words, remarks."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from digirum.base.generations import read_generations
from digirum.base.models import Picture
from digirum.front import back_office
from digirum.front.actions import make_remark
from digirum.front.models import Remark
from digirum.journal.models import JournalEntry
from digirum.people.models import Role
from digirum.people.strength import Method
from digirum.people.tests.residents import sign_in_client
from digirum.people.tests.staff import centre as unit
from digirum.people.tests.staff import holder_of, somebody
from digirum.place.models import Centre

pytestmark = pytest.mark.django_db
HOME = "/redaktion/"


def browser(role: Role | None, method: Method = Method.PASSKEY) -> Client:
    client = Client()
    sign_in_client(client, holder_of(role) if role else somebody(), method=method)
    return client


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    assert client.get(HOME).headers["Location"] == "/logga-in?next=%2Fredaktion%2F"


@pytest.mark.parametrize("role", [None, Role.GUIDE, Role.EMPLOYEE, Role.HOST, Role.DIRECTOR])
def test_for_all_others_it_is_not_there(role: Role | None) -> None:
    assert browser(role).get(HOME).status_code == 404


@pytest.mark.parametrize("method", [Method.WORDS, Method.EMAIL])
def test_a_coordinator_who_signed_in_weakly_is_told_to_do_it_strongly(method: Method) -> None:
    answer = browser(Role.COORDINATOR, method).get(HOME)

    assert answer.headers["Location"].startswith("/logga-in/starkare")


def doors(patterns: list[URLPattern | URLResolver], space: str = "", before: str = "") -> list[tuple[str, str]]:
    found = []
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found += doors(pattern.url_patterns, inner, here)
        else:
            found.append((f"{space}{pattern.name or ''}", here))
    return found


ALL = [door for door in doors(get_resolver().url_patterns) if door[1].startswith("redaktion/")]
OURS_BEFORE = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_account", ""}


def filled(pattern: str) -> str:
    """An address that fits a pattern."""
    some = {"int": "1", "uuid": "01890a5d-ac96-774b-bcce-b302099a8057", "str": "base", "slug": "base"}
    return "/" + re.sub(r"<(\w+):\w+>", lambda part: some[part[1]], pattern).replace("^", "").replace("\\Z", "")


def test_wagtails_doors_to_what_this_room_does_not_have_are_closed_to_administrators_too() -> None:
    client = browser(Role.ADMINISTRATOR)
    closed = [
        (name, pattern)
        for name, pattern in ALL
        if name.startswith("wagtail") and name not in back_office.OPEN | OURS_BEFORE and "(?" not in pattern
    ]

    assert len(closed) > 100
    for name, pattern in closed:
        answer = client.get(filled(pattern))
        opened = answer.status_code not in {404, 405} and not (
            answer.status_code == 302 and answer.headers["Location"] == reverse("wagtailimages:add")
        )
        assert not opened, (name, pattern, answer.status_code)


@pytest.mark.parametrize(
    "path",
    [
        "users/", "users/new/", "groups/", "groups/new/", "documents/", "documents/add/", "documents/multiple/add/",
        "pages/", "collections/", "workflows/list/", "reports/site-history/", "password_reset/", "snippets/",
        "api/main/pages/", "api/main/images/", "images/multiple/", "bulk/base/picture/delete/",
        "themes/history/1/", "persons/usage/1/", "nothing/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_would_write_without_an_act_cannot_be_reached(path: str, method: str) -> None:
    assert getattr(browser(Role.ADMINISTRATOR), method)(HOME + path).status_code == 404


def test_the_account_is_ones_own_page_and_signing_out_is_ours() -> None:
    client = browser(Role.EDITOR)

    assert client.get("/redaktion/account/").headers["Location"] == "/mitt-konto"
    assert client.post("/redaktion/logout/").headers["Location"] == "/"
    assert client.get(HOME).headers["Location"].startswith("/logga-in")


def test_the_first_page_shows_the_own_doors_in_swedish_without_wagtails_name_or_menus() -> None:
    page = browser(Role.COORDINATOR).get(HOME)

    assert page.status_code == 200
    text = page.text.partition('id="wagtail-sidebar-props"')[2].partition("</script>")[0]
    for shown in ("Evenemang", "Center", "Bilder", "Personer"):
        assert shown in page.text, shown
    for hidden in (
        "/redaktion/users/",
        "/redaktion/documents/",
        "/redaktion/pages/",
        "/redaktion/reports/",
        "gravatar",
    ):
        assert hidden not in text, hidden
    assert "<title>Redaktionen - " in page.text
    assert "Wagtail" not in re.sub(r"<[^>]*>", "", page.text.partition("<main")[2].partition("</main>")[0])
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text.partition("</noscript>")[2])


def test_an_editor_sees_no_centres_people_messages_or_journal() -> None:
    page = browser(Role.EDITOR).get(HOME).text

    for hidden in ("/redaktion/centres/", "/redaktion/persons/", "/redaktion/deliveries/", 'href="/journal"'):
        assert hidden not in page, hidden
    for shown in ("/redaktion/programme/", "/redaktion/help-topics/", "/redaktion/images/", "/redaktion/remarks/"):
        assert shown in page, shown


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_journal_is_in_the_menu_of_who_may_read_it(role: Role) -> None:
    assert 'href="/journal"' in browser(role).get(HOME).text


def photo() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    return SimpleUploadedFile("rod.png", file.getvalue(), "image/png")


@pytest.fixture
def media(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]  # pytest-django's settings take any name


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize("door", ["wagtailimages:add", "wagtailimages_chooser:create"])
def test_a_picture_without_words_is_not_kept(door: str) -> None:
    client = browser(Role.EDITOR)
    prefix = "image-chooser-upload-" if door.endswith("create") else ""

    answer = client.post(reverse(door), {f"{prefix}title": "Röd", f"{prefix}file": photo(), f"{prefix}alt": "  "})

    assert answer.status_code == 200
    assert not Picture.objects.exists()
    kept = client.post(
        reverse(door), {f"{prefix}title": "Röd", f"{prefix}file": photo(), f"{prefix}alt": "En röd ruta"}
    )
    assert kept.status_code in {200, 302}
    assert Picture.objects.get().default_alt_text == "En röd ruta"
    assert list(JournalEntry.objects.filter(verb__startswith="base.").values_list("verb", "role")) == [
        ("base.picture_added", "editor")
    ]


@pytest.mark.usefixtures("media")
def test_a_pictures_words_and_its_end_are_on_record_and_seen_at_once_where_it_hangs() -> None:
    client = browser(Role.EDITOR)
    client.post(reverse("wagtailimages:add"), {"title": "Röd", "file": photo(), "alt": "En röd ruta"})
    picture = Picture.objects.get()
    Centre.objects.create(slug="digidel", name="Digidel", organisation=unit(), picture=picture)
    before = read_generations(["centre:digidel"])["centre:digidel"]

    changed = client.post(reverse("wagtailimages:edit", args=[picture.pk]), {"title": "Röd", "alt": "En röd kvadrat"})
    assert changed.status_code == 302
    assert client.post(reverse("wagtailimages:edit", args=[picture.pk]), {"title": "Röd", "alt": ""}).status_code == 200
    picture.refresh_from_db()
    assert picture.alt == "En röd kvadrat"
    assert client.post(reverse("wagtailimages:delete", args=[picture.pk])).status_code == 302

    assert not Picture.objects.exists()
    verbs = JournalEntry.objects.filter(verb__startswith="base.picture").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["base.picture_added", "base.picture_changed", "base.picture_removed"]
    assert read_generations(["centre:digidel"])["centre:digidel"] == before + 2


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(("name", "kind"), [("lista.pdf", "application/pdf"), ("sida.html", "text/html")])
def test_nothing_but_pictures_is_taken_in(name: str, kind: str) -> None:
    file = SimpleUploadedFile(name, b"%PDF-1.4", kind)

    answer = browser(Role.EDITOR).post(reverse("wagtailimages:add"), {"title": "x", "file": file, "alt": "x"})

    assert answer.status_code == 200
    assert not Picture.objects.exists()


@pytest.fixture
def remark() -> Remark:
    return make_remark(
        about=Remark.About.FAULT, text="Knappen är trasig", page="/program", answer_to="kim@example.se",
        language="sv", at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_remarks_are_found_filtered_and_read_but_not_changed(remark: Remark, role: Role) -> None:
    client = browser(role)

    assert "Knappen är trasig" in client.get(reverse("remarks:index"), {"q": "trasig", "about": "fault"}).text
    assert "Knappen är trasig" not in client.get(reverse("remarks:index"), {"about": "question"}).text
    assert "kim@example.se" in client.get(reverse("remarks:inspect", args=[remark.pk])).text
    for view in ("edit", "delete"):
        assert client.post(reverse(f"remarks:{view}", args=[remark.pk])).status_code == 404
    assert Remark.objects.get().text == "Knappen är trasig"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR])
def test_remarks_are_for_the_citys_editors(remark: Remark, role: Role) -> None:
    client = browser(role)

    assert client.get(reverse("remarks:index")).status_code != 200
    assert "kim@example.se" not in client.get(reverse("remarks:inspect", args=[remark.pk]), follow=True).text


def test_djangos_own_admin_is_not_there() -> None:
    assert browser(Role.ADMINISTRATOR).get("/admin/").status_code == 404
