"""Forms of those who run a centre: words and validation; acts write."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digirum.base.languages import LANGUAGES, Language
from digirum.base.refusal import Refused, RevisionConflict
from digirum.base.widgets import DayInput
from digirum.place.hour_words import read_openings, write_openings
from digirum.place.hours import Opening
from digirum.place.models import Centre, CentreHelp, ClosedDay, HoursPeriod, Weekday


def _spoken(column: str) -> dict[str, Any]:
    """The language and direction of a column's text, for screen readers and spelling checkers."""
    language = next(known for known in LANGUAGES if column.endswith(f"_{known.code.replace('-', '_')}"))
    return {"lang": language.html, "dir": language.direction}


def in_every_language(field: str) -> list[tuple[str, str]]:
    """The columns of a translated field, each with the name of its language."""
    return [(f"{field}_{code.replace('-', '_')}", str(name)) for code, name in settings.LANGUAGES]


class ActForm(forms.Form):
    """A form whose rules are those of the act: what it refuses is said at the field, and nothing typed is lost."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def refuse(self, error: Refused) -> None:
        """Says the act's sentence at its field."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)

    def show_theirs(self, conflict: RevisionConflict, theirs: dict[str, Any]) -> None:
        """Somebody else was first: says at each text that differs what it is now. Saving again then writes this one."""
        self.add_error(None, conflict.sentence)
        for name, now in theirs.items():
            if (now or None) != (self.cleaned_data.get(name) or None):
                self.add_error(name, _("It says now: “%(text)s”.") % {"text": "" if now is None else now})
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen_revision")] = str(conflict.revision)
        self.data = data


class CentreForm(ActForm):
    """What is said of a centre, in every language."""

    TRANSLATED = {
        "name": gettext_lazy("Name"),
        "summary": gettext_lazy("In short"),
        "how_to_find": gettext_lazy("How to find it"),
        "what_is_there": gettext_lazy("What is there"),
    }
    PLAIN = ("street", "postcode", "city", "phone", "email")

    street = forms.CharField(label=gettext_lazy("Street and number"), max_length=120, required=False)
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=10, required=False)
    city = forms.CharField(label=gettext_lazy("Town"), max_length=60, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, label in self.TRANSLATED.items():
            for column, language in in_every_language(field):
                spoken = _spoken(column)
                widget = forms.TextInput(spoken) if field == "name" else forms.Textarea({"rows": 4, **spoken})
                self.fields[column] = forms.CharField(
                    label=f"{label} – {language}",
                    required=column == "name_sv",
                    max_length=120 if field == "name" else 4000,
                    widget=widget,
                )

    @property
    def plain(self) -> list[forms.BoundField]:
        """Where it is and how it is reached: the same in every language."""
        return [self[name] for name in self.PLAIN]

    @property
    def by_language(self) -> list[tuple[Language, list[forms.BoundField]]]:
        """The texts, each language by itself, Swedish first."""
        return [
            (language, [self[f"{field}_{language.code.replace('-', '_')}"] for field in self.TRANSLATED])
            for language in LANGUAGES
        ]

    @classmethod
    def read(cls, centre: Centre) -> dict[str, Any]:
        """The present texts."""
        columns = [column for field in cls.TRANSLATED for column, _language in in_every_language(field)]
        return {name: getattr(centre, name) for name in (*cls.PLAIN, *columns)}

    @classmethod
    def initial_of(cls, centre: Centre) -> dict[str, Any]:
        """The present texts and the revision that the writer sees."""
        return {**cls.read(centre), "seen_revision": centre.revision}

    def values(self) -> dict[str, Any]:
        """What the act writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_revision"}


class WeekForm(ActForm):
    """The seven days of a week, each in one field: "10–18", "10–12, 13–18", or empty for closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in Weekday:
            self.fields[f"day_{weekday}"] = forms.CharField(
                label=capfirst(str(weekday.label)),
                required=False,
                max_length=80,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @staticmethod
    def read(openings: list[Opening]) -> dict[str, str]:
        """The openings as the fields show them."""
        return {
            f"day_{weekday}": write_openings(opening for opening in openings if opening.weekday == weekday)
            for weekday in Weekday
        }

    def clean(self) -> dict[str, Any]:
        """Reads each day's text; says at the day what was not understood."""
        openings: list[Opening] = []
        for weekday in Weekday:
            name = f"day_{weekday}"
            try:
                of_day = read_openings(weekday, self.cleaned_data.get(name) or "")
                self.cleaned_data[name] = write_openings(of_day)
                openings += of_day
            except Refused as error:
                self.refuse(error)
        self.openings = openings
        return self.cleaned_data


class PeriodForm(WeekForm):
    """A period with a week of its own."""

    first_day = forms.DateField(label=gettext_lazy("First day"), widget=DayInput)
    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput)

    field_order = ("name_sv", "name_sv_simple", "name_en", "name_ar", "first_day", "last_day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_texts(self, "name", _("Name"), 80)
        self.order_fields(self.field_order)

    @classmethod
    def initial_of(cls, period: HoursPeriod, openings: list[Opening]) -> dict[str, Any]:
        """The period as it is, and the revision that the writer sees."""
        return {**cls.read_period(period, openings), "seen_revision": period.revision}

    @classmethod
    def read_period(cls, period: HoursPeriod, openings: list[Opening]) -> dict[str, Any]:
        """The period as it is."""
        names = {column: getattr(period, column) for column, _language in in_every_language("name")}
        return {**names, "first_day": period.first_day, "last_day": period.last_day, **cls.read(openings)}

    def values(self) -> dict[str, Any]:
        """What the act writes."""
        names = {column: self.cleaned_data[column] for column, _language in in_every_language("name")}
        days = {name: self.cleaned_data[name] for name in ("first_day", "last_day")}
        return {"names": names, "openings": self.openings, **days}


class ClosedDayForm(ActForm):
    """One closed day and why."""

    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        length = ClosedDay._meta.get_field("reason").max_length or 120
        _add_texts(self, "reason", _("Reason"), length)

    def values(self) -> dict[str, Any]:
        """What the act writes."""
        reasons = {column: self.cleaned_data[column] for column, _language in in_every_language("reason")}
        return {"day": self.cleaned_data["day"], "reasons": reasons}


class HelpForm(ActForm):
    """A centre's stance on a topic."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Do you help with this?"), choices=CentreHelp.Stance.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_texts(self, "note", _("How we help, and how far"), 600, required=False, rows=2)
        _add_texts(self, "who_does", _("Who does help, when you do not"), 200, required=False)
        self.fields["link"] = forms.URLField(label=_("Link to them"), required=False, assume_scheme="https")

    @classmethod
    def read(cls, given: CentreHelp) -> dict[str, Any]:
        """The present stance."""
        columns = [column for field in ("note", "who_does") for column, _language in in_every_language(field)]
        return {name: getattr(given, name) for name in ("stance", "link", *columns)}

    def values(self) -> dict[str, Any]:
        """What the act writes beside the stance."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"seen_revision", "stance"}}


def _add_texts(form: forms.Form, field: str, label: str, length: int, *, required: bool = True, rows: int = 0) -> None:
    """A field for each language; Swedish is needed where the text is."""
    for column, language in in_every_language(field):
        form.fields[column] = forms.CharField(
            label=f"{label} – {language}",
            required=required and column.endswith("_sv"),
            max_length=length,
            widget=forms.Textarea({"rows": rows, **_spoken(column)}) if rows else forms.TextInput(_spoken(column)),
        )
