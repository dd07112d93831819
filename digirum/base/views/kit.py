"""The kit page: every component of the UI kit in every state, for those who build and for the tests that look."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from digirum.base.sprite import icon_names
from digirum.base.widgets import ClockInput, CodeInput, DayInput, WordsInput

OPENING = datetime(2018, 2, 13, 12, 0, tzinfo=UTC)
ACCENTS = ("learn", "share", "meet", "influence", "visit", "figures", "programme")
LEVELS = (("", _("All levels")), ("1", _("Basic")), ("2", _("Intermediate")))


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "nickname"}))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("We write only about what you sign up for."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=6,
        help_text=_("Six digits, on the slip from the desk."),
        widget=CodeInput(),
    )
    words = forms.CharField(label=_("The four words on your key"), widget=WordsInput())
    day = forms.DateField(label=_("Day"), widget=DayInput())
    time = forms.TimeField(label=_("Time"), widget=ClockInput())
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS)
    message = forms.CharField(label=_("What do you want help with?"), widget=forms.Textarea(attrs={"rows": 4}))
    way = forms.ChoiceField(
        label=_("How do you want an answer?"),
        help_text=_("You can change this later."),
        choices=(("letter", _("A letter at the desk")), ("mail", _("E-mail"))),
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("What interests you?"),
        required=False,
        choices=(("photos", _("Photos")), ("bank", _("Paying bills")), ("safe", _("Safe on the web"))),
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label=_("I have read the rules of the house"))


class SampleFilters(forms.Form):
    """A filter form such as that of a programme."""

    day = forms.DateField(label=_("From"), required=False, widget=DayInput())
    level = forms.ChoiceField(label=_("Level"), required=False, choices=LEVELS)


@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Shows every component. Public, the same for everyone, and without any cookie."""
    wrong = SampleForm({"name": "Ada", "email": "ada", "way": "letter"}, auto_id="wrong_%s")
    wrong.add_error(None, _("The event is full. Choose another day, or wait in line."))
    return render(request, "base/kit.html", {**_lists(), "plain_form": SampleForm(), "wrong_form": wrong})


def _lists() -> dict[str, Any]:
    monday = date(2026, 11, 23)
    return {
        "icon_names": icon_names(),
        "accents": ACCENTS,
        "tones": ("info", "success", "warning", "danger"),
        "kinds": ("primary", "secondary", "quiet", "danger"),
        "filters": SampleFilters(auto_id="filter_%s"),
        "opening": OPENING,
        "until": OPENING + timedelta(hours=1),
        "crumbs": [(_("Home"), "/"), (_("Programme"), "#crumbs")],
        "tabs": [
            {"url": "#tabs", "label": _("List"), "icon": "list-ordered", "current": True},
            {"url": "#month", "label": _("Month"), "icon": "calendar-days"},
        ],
        "chosen": [{"label": _("Basic"), "url": "#chosen"}],
        "hours": [
            {"day": monday, "hours": "10.00–18.00", "today": True},
            {"day": monday + timedelta(days=1), "hours": "10.00–18.00", "note": _("Drop-in 13.00–15.00")},
            {"day": monday + timedelta(days=2), "hours": _("Closed")},
        ],
        "facts": [
            {
                "label": _("When"),
                "value": format_html('<time datetime="{0}">{0}</time>', "2018-02-13"),
                "icon": "clock",
            },
            {"label": _("Where"), "value": _("The city library, one floor up"), "icon": "map-pin"},
            {"label": _("Price"), "value": _("Free"), "icon": "ticket"},
        ],
        "meta": [("clock", _("Tuesday 13 February at 13.00")), ("map-pin", _("The city library, one floor up"))],
        "card_tags": [
            {"label": _("Basic"), "accent": "learn"},
            {"label": _("4 seats left"), "tone": "success"},
            _("Free"),
        ],
        "bars": [
            {"label": _("Paying bills"), "value": 96},
            {"label": _("Photos"), "value": 61},
            {"label": _("E-mail"), "value": 24},
        ],
        "headings": [_("Topic"), _("Questions"), _("Part of all")],
        "rows": [(_("Paying bills"), 96, "53 %"), (_("Photos"), 61, "34 %"), (_("E-mail"), 24, "13 %")],
        "actions": [
            {"label": _("Get a key"), "href": "#key", "icon": "key-round"},
            {"label": _("What is on"), "href": "#programme", "kind": "secondary", "icon": "calendar-days"},
        ],
        "key_words": ("lampa", "skogsstig", "vinter", "karamell"),
        "slip_lines": [(_("When"), _("Tuesday 13 February at 13.00")), (_("Seats"), 2)],
    }
