"""What people write is shown as they meant it, and can harm nobody."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from digirum.base import text

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    '[x](https://a.example/"onmouseover="alert(1))',
    "[x](https://a.example 'title\" onclick=alert(1)')",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "[a]: javascript:alert(1)\n\n[a]",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<form action=//evil.example><input name=words>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<<script>script>alert(1)<</script>/script>",
    "<b/onclick=alert(1)>x",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "# <script>alert(1)</script>",
    "> <object data=//evil.example>",
    "<!--><script>alert(1)</script>-->",
    '<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61">x</a>',
    "\x00<script\x00>alert(1)</script>",
]


class Tags(HTMLParser):
    """Collects what a browser would see as tags."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    parser = Tags()
    parser.feed(html)
    for tag, attributes in parser.seen:
        assert tag in text.TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else {"start"} if tag == "ol" else set())
        address = attributes.get("href") or ""
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub(r"[\x00-\x20]", "", address), re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in text.SCHEMES


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_comes_out_harmless(attack: str) -> None:
    assert_harmless(text.render(attack))


@given(st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=12)), max_size=5).map("".join))
def test_no_mixture_does_harm(written: str) -> None:
    assert_harmless(text.render(written))


def test_the_small_part_of_markdown_that_people_need() -> None:
    html = text.render(
        "Ta med *din* **surfplatta**.\nOch laddaren.\n\n- ett\n- två\n\n> Hej\n\n[1177](https://1177.se)"
    )
    assert html == (
        "<p>Ta med <em>din</em> <strong>surfplatta</strong>.<br>\nOch laddaren.</p>\n"
        "<ul>\n<li>ett</li>\n<li>två</li>\n</ul>\n<blockquote>\n<p>Hej</p>\n</blockquote>\n"
        '<p><a href="https://1177.se" rel="nofollow noopener noreferrer">1177</a></p>\n'
    )


def test_the_highest_heading_fits_below_the_page_s_own() -> None:
    assert text.render("# A\n\n## B") == "<h3>A</h3>\n<h4>B</h4>\n"
    assert text.render("## A", heading=2) == "<h2>A</h2>\n"


def test_html_and_code_are_shown_as_they_were_typed() -> None:
    assert text.render("<b>x</b> `y`") == "<p>&lt;b&gt;x&lt;/b&gt; `y`</p>\n"


def test_links_go_within_the_site_to_the_web_to_mail_and_to_telephones() -> None:
    for address in ("/program", "https://a.example/b?c=1&d=2", "mailto:a@example.org", "tel:+4642101010"):
        assert f'href="{address.replace("&", "&amp;")}"' in text.render(f"[x]({address})")


def test_plain_is_the_text_alone() -> None:
    assert text.plain("# Kom & prova\n\n*VR* <b> – [här](/vr)\n- ett\n- två") == "Kom & prova VR <b> – här ett två"


def test_templates_have_it_as_a_filter() -> None:
    assert (
        Template("{{ t|markdown }}").render(Context({"t": "**hej** <i>"})) == "<p><strong>hej</strong> &lt;i&gt;</p>\n"
    )
