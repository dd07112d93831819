"""What those who make the programme fill in: an event, times for it, and changes of one time. Forms never write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digirum.base import clock
from digirum.base.audience import Audience
from digirum.base.languages import DEFAULT, LANGUAGES, Language
from digirum.base.widgets import ClockInput, DayInput
from digirum.events.facts import MANY, PLAIN, ROWS, TEXT_FIELDS, EventFacts
from digirum.events.models import AccessFact, Attendance, Kind, Occurrence, SpokenLanguage
from digirum.people.models import Organisation
from digirum.place.models import Centre
from digirum.topics.models import Competence, HelpTopic, Level, Theme

WORDS = {
    "name": gettext_lazy("Name"),
    "summary": gettext_lazy("In one sentence"),
    "description": gettext_lazy("Description"),
    "price_text": gettext_lazy("Price, as it is shown"),
}
LONGEST = {"name": 120, "summary": 300, "description": 8000, "price_text": 120}
CHECKBOXES = forms.CheckboxSelectMultiple


class EventForm(forms.Form):
    """Everything that is written of an event. Only a Swedish name and what kind it is are demanded."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), required=False, choices=[("", gettext_lazy("No particular level")), *Level.choices]
    )
    centre: forms.ModelChoiceField[Centre] = forms.ModelChoiceField(
        Centre.objects.none(), label=gettext_lazy("Centre"), required=False, to_field_name="slug",
        empty_label=gettext_lazy("Somewhere else"),
    )  # fmt: skip
    place_name = forms.CharField(label=gettext_lazy("Place, if it is somewhere else"), required=False, max_length=120)
    address = forms.CharField(label=gettext_lazy("Its street address"), required=False, max_length=200)
    organisers: forms.ModelMultipleChoiceField[Organisation] = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisers"), required=False, widget=CHECKBOXES
    )
    attendance = forms.ChoiceField(
        label=gettext_lazy("How one takes part"), choices=Attendance.choices, initial=Attendance.ONSITE
    )
    url = forms.URLField(label=gettext_lazy("Web address of its own"), required=False, max_length=300)
    contact = forms.CharField(label=gettext_lazy("Contact"), required=False, max_length=200)
    needs_registration = forms.BooleanField(label=gettext_lazy("One signs up beforehand"), required=False, initial=True)
    default_capacity = forms.IntegerField(
        label=gettext_lazy("Seats"), required=False, min_value=1, max_value=10_000,
        help_text=gettext_lazy("Leave empty when there is room for all."),
    )  # fmt: skip
    seats_per_person = forms.IntegerField(
        label=gettext_lazy("Seats that one person may take, companions included"), min_value=1, max_value=20, initial=1
    )
    opens_days_before = forms.IntegerField(
        label=gettext_lazy("Sign-up opens, days before"), required=False, min_value=0, max_value=365,
        help_text=gettext_lazy("Leave empty to open as soon as it is published."),
    )  # fmt: skip
    closes_hours_before = forms.IntegerField(
        label=gettext_lazy("Sign-up closes, hours before"), min_value=0, max_value=720, initial=0
    )
    age_from = forms.IntegerField(label=gettext_lazy("From age"), required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label=gettext_lazy("To age"), required=False, min_value=0, max_value=120)
    audience = forms.ChoiceField(label=gettext_lazy("For whom"), choices=Audience.choices, initial=Audience.PUBLIC)
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        Organisation.objects.all(), label=gettext_lazy("Which organisation, if for one only"), required=False
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken"), required=False, choices=SpokenLanguage.choices, widget=CHECKBOXES
    )
    access_facts = forms.MultipleChoiceField(
        label=gettext_lazy("Accessibility"), required=False, choices=AccessFact.choices, widget=CHECKBOXES
    )
    competences: forms.ModelMultipleChoiceField[Competence] = forms.ModelMultipleChoiceField(
        Competence.objects.all(), label=gettext_lazy("Competences"), required=False, widget=CHECKBOXES
    )
    themes: forms.ModelMultipleChoiceField[Theme] = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label=gettext_lazy("Themes"), required=False, widget=CHECKBOXES
    )
    help_topics: forms.ModelMultipleChoiceField[HelpTopic] = forms.ModelMultipleChoiceField(
        HelpTopic.objects.all(), label=gettext_lazy("Help topics"), required=False, widget=CHECKBOXES
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        centres: Any,
        organisers: Any,
        before: EventFacts | None = None,
        revision: int = 1,
        **kwargs: Any,
    ) -> None:
        self.before = before
        kwargs.setdefault("initial", (initial_of(before) if before else {}) | {"revision": revision})
        super().__init__(*args, **kwargs)
        for name in TEXT_FIELDS:
            self.fields[name] = _text_field(name)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a field of models has one
        self.fields["organisers"].queryset = organisers  # type: ignore[attr-defined]  # a field of models has one

    def of_language(self, code: str) -> list[forms.BoundField]:
        """The texts in one language."""
        return [self[f"{text}_{code.replace('-', '_')}"] for text in WORDS]

    @property
    def swedish(self) -> list[forms.BoundField]:
        """The texts that must not be missing."""
        return self.of_language("sv")

    @property
    def translations(self) -> list[tuple[Language, list[forms.BoundField]]]:
        """The texts in the other languages."""
        return [(one, self.of_language(one.code)) for one in LANGUAGES if one is not DEFAULT]

    def fields_named(self, *names: str) -> list[forms.BoundField]:
        """Some of the fields, in that order."""
        return [self[name] for name in names]

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What every event needs, in the order in which one thinks of it."""
        return [
            (_("What and where"), self.fields_named("kind", "level", "centre", "place_name", "address", "organisers")),
            (_("Sign-up"), self.fields_named(
                "needs_registration", "default_capacity", "seats_per_person", "opens_days_before", "closes_hours_before"
            )),
        ]  # fmt: skip

    @property
    def rarer_parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What many an event does without: folded away until it is asked for."""
        return [
            (_("For whom"), self.fields_named(
                "age_from", "age_to", "languages", "access_facts", "audience", "organisation"
            )),
            (_("What it is about"), self.fields_named("themes", "help_topics", "competences")),
            (_("More"), self.fields_named("attendance", "url", "contact")),
        ]  # fmt: skip

    def facts(self) -> EventFacts:
        """What was filled in, as the acts take it. Pictures, which this form does not show, stay as they were."""
        filled = self.cleaned_data
        values: dict[str, Any] = {name: filled[name] for name in PLAIN if name in filled}
        if self.before:
            values |= {"picture": self.before.picture, "drawn_picture": self.before.drawn_picture}
        values |= {name: tuple(filled[name]) for name in (*MANY, *ROWS)}
        return EventFacts(texts={name: filled[name] for name in TEXT_FIELDS if filled[name]}, **values)


def initial_of(facts: EventFacts) -> dict[str, Any]:
    """The form's first values from what is written now."""
    shown = {name: getattr(facts, name) for name in (*PLAIN, *MANY, *ROWS)}
    shown["centre"] = facts.centre.slug if facts.centre else None
    return {**shown, **{name: list(shown[name]) for name in (*MANY, *ROWS)}, **facts.texts}


class TimesForm(forms.Form):
    """One time, or the same time for several weeks."""

    first_day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    starts = forms.TimeField(label=gettext_lazy("Starts"), widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("Ends"), widget=ClockInput)
    times = forms.IntegerField(
        label=gettext_lazy("How many times"), min_value=1, max_value=104, initial=1,
        help_text=gettext_lazy("More than one: the same weekday and time by the clock, week after week."),
    )  # fmt: skip
    every_weeks = forms.IntegerField(
        label=gettext_lazy("Weeks between"), min_value=1, max_value=52, initial=1,
        help_text=gettext_lazy("1 is every week, 2 every other week."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=gettext_lazy("Seats, if other than the event says"), required=False, min_value=1, max_value=10_000
    )


class MoveForm(forms.Form):
    """Another day or time."""

    day = forms.DateField(label=gettext_lazy("New day"), widget=DayInput)
    starts = forms.TimeField(label=gettext_lazy("Starts"), widget=ClockInput)
    ends_day = forms.DateField(label=gettext_lazy("Ends on day"), widget=DayInput)
    ends = forms.TimeField(label=gettext_lazy("Ends"), widget=ClockInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(occurrence: Occurrence) -> dict[str, Any]:
        """When it is now."""
        starts, ends = clock.local(occurrence.starts_at), clock.local(occurrence.ends_at)
        return {
            "day": starts.date(), "starts": starts.time(), "ends_day": ends.date(), "ends": ends.time(),
            "revision": occurrence.revision,
        }  # fmt: skip

    def period(self) -> tuple[datetime, datetime]:
        """The moments that were filled in."""
        filled = self.cleaned_data
        return clock.at_local(filled["day"], filled["starts"]), clock.at_local(filled["ends_day"], filled["ends"])


class CapacityForm(forms.Form):
    """How many seats there are."""

    capacity = forms.IntegerField(
        label=gettext_lazy("Seats"), required=False, min_value=1, max_value=10_000,
        help_text=gettext_lazy("Leave empty when there is room for all. Nobody who has a seat loses it."),
    )  # fmt: skip


class CancelForm(forms.Form):
    """Why it is called off."""

    reason = forms.CharField(
        label=gettext_lazy("The reason"),
        help_text=gettext_lazy("Everybody who has signed up gets to read it, and it stands on the page."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write why it is called off, so that people understand.")},
    )


def _text_field(name: str) -> forms.CharField:
    text = next(word for word in WORDS if name.startswith(word))
    language = next(one for one in LANGUAGES if name == f"{text}_{one.code.replace('-', '_')}")
    spoken = {"lang": language.html, "dir": language.direction}
    area = forms.Textarea({"rows": 8, **spoken}) if text == "description" else forms.TextInput(spoken)
    field = forms.CharField(
        label=WORDS[text], required=name == "name_sv", max_length=LONGEST[text], widget=area,
        error_messages={"required": gettext_lazy("Write a name in Swedish.")},
    )  # fmt: skip
    if text == "description":
        field.help_text = _(
            "Blank line: new paragraph. Line that begins with a hyphen: list. **Two stars** around words: bold."
        )
    if text == "price_text":
        field.help_text = _("Leave empty when it is free.")  # so that programs are told so too, not in words alone
    return field


def facts_words(field: str, value: object) -> str:
    """How one value of an event is shown when two versions are compared."""
    if isinstance(value, list | tuple | frozenset | set):
        return ", ".join(sorted(facts_words(field, one) for one in value)) or "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices: dict[str, Mapping[str, Any]] = {
        "kind": dict(Kind.choices), "level": dict(Level.choices), "audience": dict(Audience.choices),
        "attendance": dict(Attendance.choices), "languages": dict(SpokenLanguage.choices),
        "access_facts": dict(AccessFact.choices),
    }  # fmt: skip
    known = choices.get(field, {})
    return str(known.get(str(value), value) if value not in (None, "") else "–")
