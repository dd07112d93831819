"""Safe text: what people and staff write, in a small part of Markdown, made into HTML that cannot do harm."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

RULES = [
    "paragraph",
    "heading",
    "list",
    "blockquote",
    "emphasis",
    "link",
    "autolink",
    "newline",
    "escape",
    "entity",
    "hr",
]
TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "h5", "h6", "hr"}
SCHEMES = {"http", "https", "mailto", "tel"}
LOWEST_HEADING = 6


@functools.cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(RULES)


@functools.cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )


def render(markdown: str, *, heading: int = 3) -> SafeString:
    """HTML of a text in Markdown: paragraphs, line breaks, headings, lists, quotes, emphasis, links; nothing else.

    The highest heading becomes ``<h3>`` (``heading`` changes it), so that it fits below the page's own. HTML in the
    text is shown as it was typed. The parser makes no other tags, and the result is cleaned once more (nh3).
    """
    parser = _parser()
    tokens = _lower_headings(parser.parse(markdown), heading)
    return mark_safe(_cleaner().clean(parser.renderer.render(tokens, parser.options, {})))  # noqa: S308 - cleaned by nh3


def plain(markdown: str) -> str:
    """The same text without marks, in one line: for summaries, search, mail subjects and machine-readable data."""
    html = _parser().render(markdown).replace("<br />", " ").replace("</p>", " ").replace("</li>", " ")
    return " ".join(_unescape(strip_tags(html)).split())


def _unescape(text: str) -> str:
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def _lower_headings(tokens: Sequence[Token], first: int) -> Sequence[Token]:
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = first - min(levels, default=first)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(LOWEST_HEADING, int(token.tag[1]) + shift)}"
    return tokens
