"""What visitors and residents fill in: choices in the programme, seats, the code of a slip. Forms never write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from digirum.base import languages
from digirum.base.widgets import CodeInput, DayInput
from digirum.events.models import Kind, SpokenLanguage
from digirum.place.models import Centre
from digirum.topics.models import Level

type Choices = list[tuple[str, Any]]


class ProgrammeForm(forms.Form):
    """What narrows the programme. The names are those of the address, so that one can send it to others."""

    q = forms.CharField(
        label=gettext_lazy("Search in the programme"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    dag = forms.DateField(
        label=gettext_lazy("Day"), required=False, input_formats=["%Y-%m-%d"], widget=DayInput({"autocomplete": "off"})
    )
    typ = forms.ChoiceField(label=gettext_lazy("Kind of event"), required=False)
    niva = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    sprak = forms.ChoiceField(label=gettext_lazy("Language spoken"), required=False)
    center = forms.ChoiceField(label=gettext_lazy("Centre"), required=False)

    def __init__(self, *args: Any, centres: list[Centre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("typ", _("All kinds"), Kind.choices)
        self._offer("niva", _("All levels"), Level.choices)
        self._offer("sprak", _("All languages"), SpokenLanguage.choices)
        named: Choices = [(centre.slug, languages.said(centre, "name").text) for centre in centres]
        self._offer("center", _("All centres"), named)

    def _offer(self, name: str, everything: str, choices: Any) -> None:
        self.fields[name] = forms.ChoiceField(
            label=self.fields[name].label, required=False, choices=[("", everything), *choices]
        )

    def words_of(self, name: str) -> str:
        """What was chosen in a field, as the visitor reads it."""
        field = self.fields[name]
        value = self.cleaned_data.get(name)
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # choices are a list here
        return str(value)


class SeatsForm(forms.Form):
    """How many seats a party needs; nothing to fill in where each may have one."""

    def __init__(self, *args: Any, most: int, chosen: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most
        if most > 1:
            self.fields["seats"] = forms.TypedChoiceField(
                label=_("How many seats do you need?"),
                help_text=_("Count yourself and those who come with you."),
                choices=[
                    (number, ngettext("%(number)d seat", "%(number)d seats", number) % {"number": number})
                    for number in range(1, most + 1)
                ],
                coerce=int,
                initial=chosen,
            )

    @property
    def seats(self) -> int:
        """The number chosen."""
        return int(self.cleaned_data.get("seats") or 1)


class WaitingForm(SeatsForm):
    """The same for the waiting list; who cannot be reached may choose to get a freed seat without being asked."""

    def __init__(self, *args: Any, ask_about_at_once: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ask_about_at_once:
            self.fields["takes_seat_at_once"] = forms.BooleanField(
                label=_("Give me the seat without asking when one becomes free"),
                help_text=_(
                    "Good for you who have not given an e-mail address. Otherwise you have to look here, or ask at the"
                    " desk, to see that a seat is offered to you."
                ),
                required=False,
            )

    @property
    def takes_seat_at_once(self) -> bool:
        """Whether a freed seat is given without being asked."""
        return bool(self.cleaned_data.get("takes_seat_at_once"))


class SlipForm(forms.Form):
    """The code on a printed slip."""

    code = forms.CharField(
        label=gettext_lazy("The code on your slip"),
        help_text=gettext_lazy("Eight letters and numbers, such as ACDE-FHJK. Small letters are fine too."),
        max_length=20,
        error_messages={"required": gettext_lazy("Write the code that stands on your slip.")},
        widget=CodeInput(digits=False),
    )
