"""Searching everything that may be seen."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from digirum.base.pagecache import public_page


class SearchForm(forms.Form):
    """What one looks for."""

    q = forms.CharField(
        label=_("What are you looking for?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


@require_safe
@public_page(depends=("site", "events", "place", "topics"), params=("q",))
def search(request: HttpRequest) -> HttpResponse:
    """What was found, best first."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    return render(request, "front/search.html", {"form": form, "query": query, "hits": []})
