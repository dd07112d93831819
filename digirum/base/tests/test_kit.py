"""The kit: every component is shown, reads well in every theme, is named for everyone, and weighs little."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import pytest
import segno
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from digirum.base import sprite, stylesheet, widgets
from digirum.base.templatetags import ui

BASE = Path(ui.__file__).parent.parent
STATIC = BASE / "static" / "base"
TEMPLATES = BASE / "templates"
THEMES = sorted(path.stem for path in stylesheet.SOURCES.glob("theme-*.css"))
ACCENTS = ("learn", "share", "meet", "influence", "visit", "figures", "programme")
TONES = ("info", "success", "warning", "danger")
TEXTS = [
    *((text, ground) for text in ("ink", "muted", "primary", "danger") for ground in ("paper", "ground")),
    *((colour, ground) for colour in (*ACCENTS, *TONES) for ground in ("paper", "ground", f"{colour}-soft")),
    *((text, f"{colour}-soft") for text in ("ink", "muted") for colour in (*ACCENTS, *TONES)),
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("on-danger", "danger"),
    ("on-danger", "danger-hover"),
    ("on-soft", "soft"),
    ("paper", "muted"),
    *(("paper", accent) for accent in ACCENTS),
]
EDGES = [("edge", "paper"), ("edge", "ground"), *(("focus", ground) for ground in ("paper", "ground", "soft"))]


class Page(HTMLParser):
    """What a test wants to know of a page: its elements with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind."""
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        """Every id, repeated ones too."""
        return [attrs["id"] for _tag, attrs in self.elements if "id" in attrs]


class Booking(forms.Form):
    """A form with a field of each layout."""

    name = forms.CharField(label="Name", help_text="As you like to be called.")
    code = forms.CharField(label="Code", widget=widgets.CodeInput())
    way = forms.ChoiceField(label="Way", choices=[("a", "Letter"), ("b", "E-mail")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I agree")
    note = forms.CharField(label="Note", required=False)


def rendered(source: str, **context: object) -> str:
    """A template source with the kit's tags, rendered."""
    return Template(source).render(Context(context))


def tokens(theme: str) -> dict[str, dict[str, str]]:
    """A theme's colours: for light, for the device's dark and for the chosen dark."""
    css = (stylesheet.SOURCES / f"{theme}.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root[^{]*\{([^}]*)\}", css)
    assert len(blocks) == 3
    light, device, chosen = (dict(re.findall(r"--([\w-]+):\s*([^;]+);", block)) for block in blocks)
    return {"light": light, "dark": device, "chosen dark": chosen}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#76232f", "#ffffff") == pytest.approx(10.2, abs=0.1)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_edges_stand_out_in_every_theme(theme: str, mode: str) -> None:
    colours = tokens(theme)[mode]
    weak = [
        f"{front} on {back}: {ratio:.2f}"
        for pairs, least in ((TEXTS, 4.5), (EDGES, 3.0))
        for front, back in pairs
        if (ratio := contrast(colours[front], colours[back])) < least
    ]
    assert weak == []


def test_another_city_needs_only_tokens() -> None:
    themes = {theme: tokens(theme) for theme in THEMES}
    assert len(themes) >= 2
    assert len({frozenset(mode) for theme in themes.values() for mode in theme.values()}) == 1
    for modes in themes.values():
        assert modes["dark"] == modes["chosen dark"]
    for theme in THEMES:
        css = (stylesheet.SOURCES / f"{theme}.css").read_text(encoding="utf-8")
        openings = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
        assert {opening.strip().partition(" ")[0].partition("[")[0].partition(":not")[0] for opening in openings} == {
            "@layer",
            "@media",
            ":root",
        }


def test_components_use_no_colours_of_their_own() -> None:
    own = {
        path.name: found
        for path in stylesheet.source_files()
        if not path.name.startswith("theme-")
        and path.name not in {"key-card.css", "print.css"}
        and (found := re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*;)", path.read_text(encoding="utf-8")))
    }
    assert own == {"slip.css": ["#fff", "#000"]}, "Only a QR code may be black on white whatever the theme says."


def test_the_page_shows_every_component(client: Client) -> None:
    answer = client.get("/ui/")
    assert answer.status_code == 200
    shown = {template.name for template in answer.templates}
    assert {f"ui/{path.name}" for path in (TEMPLATES / "ui").glob("*.html")} - shown == set()


@pytest.mark.parametrize("prefix", ["", "/latt", "/en", "/ar"])
def test_the_page_is_sound_in_every_language(client: Client, prefix: str) -> None:
    answer = client.get(f"{prefix}/ui/")
    page = Page(answer.content.decode())
    assert len(page.ids) == len(set(page.ids))
    assert len(page.all("h1")) == 1
    assert page.all("html")[0]["dir"] == ("rtl" if prefix == "/ar" else "ltr")
    assert not [attrs for _tag, attrs in page.elements if "style" in attrs or any(n.startswith("on") for n in attrs)]
    assert all(script.get("src") for script in page.all("script"))
    assert not answer.cookies
    first = next(attrs for tag, attrs in page.elements if tag == "a")
    assert first["class"] == "skip-link"
    assert first["href"] == "#main"
    assert "main" in page.ids


def test_everything_on_the_page_comes_from_here(client: Client) -> None:
    page = Page(client.get("/ui/").content.decode())
    fetched = [attrs["src"] for attrs in chain(page.all("script"), page.all("img"))]
    fetched += [link["href"] for link in page.all("link") if link["rel"] in {"stylesheet", "icon", "preload"}]
    assert len(fetched) > 5
    assert [address for address in fetched if not address.startswith("/static/")] == []
    assert "//" not in stylesheet.build_stylesheet()


def test_the_stylesheet_is_one_small_file() -> None:
    css = stylesheet.build_stylesheet()
    assert len(gzip.compress(css.encode(), 9)) <= 14 * 1024
    assert "calc(100% - 2 * var(--gutter))" in css
    assert css.count("{") == css.count("}")
    assert '"../' not in css
    for path in re.findall(r'url\("([^"]+)"\)', css):
        assert (STATIC / path).is_file()


def test_the_stylesheet_is_served_and_collected() -> None:
    found = finders.find(stylesheet.SERVED_AS)
    assert found is not None
    assert Path(found).read_text(encoding="utf-8") == stylesheet.build_stylesheet()
    collected = dict(stylesheet.StylesheetFinder().list(None))
    assert list(collected) == [stylesheet.SERVED_AS]


def test_other_files_are_not_the_finders_business() -> None:
    assert stylesheet.StylesheetFinder().find("base/other.css") == []
    assert stylesheet.StylesheetFinder().find(stylesheet.SERVED_AS, find_all=True) != []


def test_sides_are_start_and_end_so_that_right_to_left_is_free() -> None:
    physical = re.compile(
        r"(?<![\w-])(margin-(left|right)|padding-(left|right)|border-(left|right)|left|right|float|text-align:\s*(left|right))"
        r"(?=\s*[:;-])"
    )
    for path in stylesheet.source_files():
        assert not physical.search(path.read_text(encoding="utf-8")), path.name


def test_typeface_and_scripts_are_small() -> None:
    assert (STATIC / "fonts" / "atkinson-hyperlegible-next.woff2").stat().st_size <= 45 * 1024
    assert (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8").count("SIL Open Font License")
    scripts = [*(STATIC / "js").glob("*.js"), *(STATIC / "vendor").glob("htmx*.js")]
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) <= 30 * 1024


def test_the_sprite_holds_the_icons_that_are_listed_and_no_others() -> None:
    drawn = re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8"))
    assert drawn == sorted(sprite.icon_names())
    assert "Lucide" in (STATIC / "icons-LICENSE.txt").read_text(encoding="utf-8")


def test_every_icon_that_a_template_asks_for_is_in_the_sprite() -> None:
    known = set(sprite.icon_names())
    asked = re.compile(r"""(?:\{% icon |\bicon(?:_after)?=)["']([a-z0-9-]+)["']""")
    missing = {
        (path.name, name)
        for path in BASE.parent.glob("*/templates/**/*.html")
        for name in asked.findall(path.read_text(encoding="utf-8"))
        if name not in known and "back_office" not in str(path)  # which has its own icons
    }
    assert missing == set()


def test_a_sprite_is_made_from_a_folder_of_drawings(tmp_path: Path) -> None:
    for name in sprite.icon_names():
        (tmp_path / f"{name}.svg").write_text('<!-- c -->\n<svg viewBox="0 0 24 24"\n>\n  <path d="M1 1" />\n</svg>\n')
    made = sprite.make_sprite(tmp_path)
    assert made.count("<symbol ") == len(sprite.icon_names())
    assert '<path d="M1 1"/></symbol>' in made


def test_an_icon_is_silent_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in ui.icon("search")
    named = ui.icon("search", "Sök <nu>")
    assert 'role="img" aria-label="Sök &lt;nu&gt;"' in named
    assert "aria-hidden" not in named
    assert "icon-directed" in ui.icon("arrow-left")
    assert "icon-directed" not in ui.icon("calendar-days")


def test_a_qr_code_is_drawn_module_by_module() -> None:
    text = "https://digidel.example.se/nyckel"
    matrix = segno.make(text, error="m", micro=False).matrix
    drawn = set()
    path = re.search(r'class="qr-ink" d="([^"]+)"', ui.qr(text))
    assert path
    x = y = 0
    for command, first, second in re.findall(r"([Mmh])(\d+)(?: (\d+))?", path[1]):
        if command == "M":
            x, y = int(first) - 4, int(second) - 4
        elif command == "m":
            x += int(first)
        else:
            drawn |= {(x + step, y) for step in range(int(first))}
            x += int(first)
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}


def test_a_secret_in_a_qr_code_is_not_read_out() -> None:
    secret = ui.qr("https://digidel.example.se/nyckel#hemlig", "QR-kod som loggar in dig")
    assert "hemlig" not in secret
    assert 'aria-label="QR-kod som loggar in dig"' in secret
    assert "digidel.example.se" in ui.qr("https://digidel.example.se/")


def test_a_field_ties_label_help_and_error_to_its_control() -> None:
    form = Booking({"name": ""})
    page = Page(rendered('{% include "ui/field.html" with field=form.name only %}', form=form))
    control = page.all("input")[0]
    assert page.all("label")[0]["for"] == control["id"]
    assert control["aria-invalid"] == "true"
    assert set(control["aria-describedby"].split()) <= set(page.ids)
    assert len(control["aria-describedby"].split()) == 2


def test_a_group_of_choices_is_a_fieldset_with_a_legend() -> None:
    page = Page(rendered('{% include "ui/field.html" with field=form.way only %}', form=Booking({})))
    fieldset = page.all("fieldset")[0]
    assert page.all("legend")
    assert set(fieldset["aria-describedby"].split()) <= set(page.ids)
    assert {attrs["for"] for attrs in page.all("label")} <= set(page.ids)


def test_a_field_says_when_it_is_optional() -> None:
    with translation.override("sv"):
        source = '{% include "ui/field.html" with field=field only %}'
        assert "(frivilligt)" in rendered(source, field=Booking()["note"])
        assert "(frivilligt)" not in rendered(source, field=Booking()["name"])


def test_the_error_summary_leads_to_every_faulty_control() -> None:
    form = Booking({"note": "x"})
    html = rendered(
        '{% include "ui/error_summary.html" with form=form only %}'
        '{% for field in form %}{% include "ui/field.html" with field=field only %}{% endfor %}',
        form=form,
    )
    page = Page(html)
    targets = [link["href"].removeprefix("#") for link in page.all("a")]
    controls = {attrs["id"] for attrs in page.all("input")}
    assert len(targets) == len(form.errors) == 4
    assert set(targets) <= controls
    assert "error-summary" not in rendered('{% include "ui/error_summary.html" with form=form only %}', form=Booking())


def test_a_whole_form_carries_its_protection_even_in_an_isolated_include() -> None:
    request = RequestFactory().get("/")
    source = Template('{% include "ui/form.html" with form=form submit="Send" only %}')
    html = source.render(RequestContext(request, {"form": Booking()}))
    assert 'name="csrfmiddlewaretoken"' in html
    assert "novalidate" in html
    get = Template('{% include "ui/form.html" with form=form submit="Send" method="get" only %}')
    assert "csrfmiddlewaretoken" not in get.render(RequestContext(request, {"form": Booking()}))


def test_words_and_codes_are_left_alone_by_the_browser() -> None:
    words = Page(str(widgets.WordsInput().render("words", ""))).all("input")[0]
    assert (words["autocapitalize"], words["spellcheck"], words["autocomplete"]) == ("none", "false", "off")
    code = Page(str(widgets.CodeInput(digits=False).render("code", ""))).all("input")[0]
    assert "inputmode" not in code
    assert Page(str(widgets.MomentInput().render("at", ""))).all("input")[0]["type"] == "datetime-local"


def test_bars_grow_from_the_side_where_reading_begins() -> None:
    rows = [{"label": "a", "value": 4}, {"label": "b", "value": 1}]
    with translation.override("sv"):
        left = ui.bars(rows)
    with translation.override("ar"):
        right = ui.bars(rows)
    assert [bar["width"] for bar in left["bars"]] == [400, 100]
    assert [bar["x"] for bar in left["bars"]] == [0, 0]
    assert [bar["x"] for bar in right["bars"]] == [0, 300]
    assert ui.bars([])["bars"] == []


@pytest.mark.parametrize("status", [400, 403, 404, 405, 429, 500, 503])
def test_an_error_page_stands_by_itself_and_shows_a_way_on(status: int) -> None:
    page = Page(render_to_string(f"{status}.html"))
    assert len(page.all("h1")) == 1
    assert "/" in {link["href"] for link in page.all("a")}


def test_a_message_from_django_gets_its_tone() -> None:
    assert ui.message_tone("error") == "danger"
    assert ui.message_tone("extra success") == "success"
    assert ui.message_tone("") == "info"
    assert ui.tone_icon("unknown") == "info"
