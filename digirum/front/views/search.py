"""Searching everything that the visitor may see."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from digirum.base import clock, languages, search
from digirum.base.audience import Audience
from digirum.base.pagecache import public_page
from digirum.people.guards import person_of
from digirum.people.models import Person
from digirum.people.rules import is_staff

PAGE = 20
LOOKS = {
    "place.centre": ("map-pin", "visit"),
    "topics.helptopic": ("life-buoy", "learn"),
    "events.event": ("calendar-days", "programme"),
}
"""The icon and the accent colour of each kind of thing that is found."""


class SearchForm(forms.Form):
    """What one looks for."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


@require_safe
@public_page(depends=("site", "events", "place", "topics"), params=("q", "sida"))
def search_page(request: HttpRequest) -> HttpResponse:
    """What was found, best first, a page at a time."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    asked = request.GET.get("sida", "1")
    number = int(asked) if asked.isdecimal() and 0 < int(asked[:4]) < 100 else 1
    context: dict[str, object] = {"form": form, "query": query}
    if query:
        found = _find(query, person_of(request), clock.now(), (number - 1) * PAGE)
        context |= {
            "found": found,
            "hits": [_shown(hit) for hit in found.hits],
            "previous": _page(request, number - 1) if number > 1 else "",
            "next": _page(request, number + 1) if found.count > number * PAGE else "",
        }
    return render(request, "front/search.html", context)


def _find(query: str, person: Person | None, at: datetime, offset: int) -> search.Found:
    audiences = [Audience.PUBLIC]
    if person is not None:
        audiences.append(Audience.SIGNED_IN)
    if is_staff(person, at=at):
        audiences += [Audience.CITY, Audience.PARTNERS]
    spoken = languages.current().code
    return search.find(query, spoken, audiences=audiences, at=at, limit=PAGE, offset=offset)


def _shown(hit: search.Hit) -> dict[str, object]:
    icon, accent = LOOKS.get(hit.object_type, ("file-text", ""))
    spoken = languages.current()
    return {
        "title": hit.title,
        "text": hit.snippet,
        "url": languages.in_language(hit.path, spoken),
        "icon": icon,
        "accent": accent,
        "lang": languages.BY_CODE[hit.language].html if hit.language != spoken.code else "",
    }


def _page(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["sida"] = str(number)
    return f"?{query.urlencode()}"
