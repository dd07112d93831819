"""Forms of the account pages and of signing in. They check words; what is allowed is decided by the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digirum.base import languages, reading
from digirum.base.refusal import Refused
from digirum.base.widgets import CodeInput
from digirum.people.models import Person


def add_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Shows what an act said: beside the field that it is about, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


class EmailForm(forms.Form):
    """An address to send a code to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send a code with six digits to it."),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the whole address, such as kim@example.se."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """A code from an e-mail."""

    code = forms.CharField(
        label=_("The code in the e-mail"),
        help_text=_("Six digits."),
        max_length=20,
        error_messages={"required": _("Write the six digits from the e-mail.")},
        widget=CodeInput(),
    )


class TimeCodeForm(forms.Form):
    """A code from an app."""

    code = forms.CharField(
        label=_("The code in your app"),
        help_text=_("Six digits. The app shows a new code every half minute."),
        max_length=20,
        error_messages={"required": _("Write the six digits that the app shows now.")},
        widget=CodeInput(),
    )


class LongCodeForm(forms.Form):
    """A one-time code that somebody was given."""

    code = forms.CharField(
        label=_("One-time code"),
        help_text=_("Four groups of four letters and digits. Capital or small letters do not matter."),
        max_length=40,
        error_messages={"required": _("Write the code that you were given.")},
        widget=CodeInput(digits=False),
    )


class PasskeyAnswerForm(forms.Form):
    """What the browser says for a passkey; written there by a script."""

    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("The passkey did not work. Try again, or sign in in another way."),
            "invalid": _("The passkey did not work. Try again, or sign in in another way."),
        },
    )


class NewPasskeyForm(PasskeyAnswerForm):
    """A passkey to keep."""

    name = forms.CharField(
        label=_("What you call the device"),
        help_text=_("For example: my phone."),
        required=False,
        max_length=60,
    )
    field_order = ["name", "credential"]


class PseudonymForm(forms.Form):
    """The name in the room."""

    pseudonym = forms.CharField(
        label=_("Your name here"),
        help_text=_("Others can see it. It does not have to be your real name."),
        max_length=60,
        error_messages={"required": _("Write a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )


class ReadingForm(forms.Form):
    """Language and how to read, kept in the account."""

    language = forms.ChoiceField(
        label=_("Language of letters and messages"),
        choices=[(language.code, language.name) for language in languages.LANGUAGES],
        widget=forms.RadioSelect,
    )
    size = forms.ChoiceField(
        label=_("Size of the text"),
        required=False,
        choices=[("", _("As the device says")), ("large", _("Large")), ("larger", _("Larger"))],
        widget=forms.RadioSelect,
    )
    contrast = forms.ChoiceField(
        label=_("Contrast"),
        required=False,
        choices=[("", _("As the device says")), ("more", _("More contrast"))],
        widget=forms.RadioSelect,
    )
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=[("", _("As the device says")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    aloud = forms.ChoiceField(
        label=_("Reading aloud"),
        required=False,
        choices=[("", _("Button at the top")), ("on", _("Button that follows along"))],
        widget=forms.RadioSelect,
    )

    @classmethod
    def of(cls, person: Person) -> ReadingForm:
        """The form with what the person has chosen."""
        chosen = reading.Reading.parse(person.reading)
        initial: dict[str, Any] = {name: getattr(chosen, name) for name in reading.CHOICES}
        return cls(initial={**initial, "language": person.language})

    @property
    def reading(self) -> reading.Reading:
        """What was chosen."""
        return reading.Reading(**{name: self.cleaned_data[name] for name in reading.CHOICES})


class AcceptanceForm(forms.Form):
    """Whether a freed seat is taken at once."""

    automatically = forms.BooleanField(
        label=_("Take a freed seat for me at once, without asking"),
        help_text=_(
            "For when you wait in line for something that is full. Good if you have no e-mail: "
            "you need not watch for our question."
        ),
        required=False,
    )


class UnderstoodForm(forms.Form):
    """The box that is ticked before something that cannot be undone."""

    understood = forms.BooleanField(
        label=_("Yes, erase my account for ever"),
        error_messages={"required": _("Tick the box if you want to erase your account.")},
    )
