"""The forms of the key: taking one, signing in by one, finding whose it is at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digirum.base.widgets import WordsInput
from digirum.people import names
from digirum.people.models import Recognition


class NameForm(forms.Form):
    """What a new person is called in the room. ``once`` is drawn with the form, so that sending it twice does no harm."""

    pseudonym = forms.CharField(
        label=_("Your name in the room"),
        help_text=_("Keep our suggestion or write another one. It need not be your real name. Others can see it."),
        max_length=names.LONGEST,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write a name, or keep the one we proposed.")},
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)


class DeskNameForm(NameForm):
    """The same, as the guide reads it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pseudonym"].label = _("Name in the room")
        self.fields["pseudonym"].help_text = _(
            "Others can see it. Keep the suggestion, or write what the person wants."
        )


class WordsForm(forms.Form):
    """Signing in by what is printed on the card."""

    number = forms.CharField(
        label=_("Card number"),
        help_text=_("The nine digits on your card. Spaces do not matter."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "username", "inputmode": "numeric", "spellcheck": "false"}),
        error_messages={"required": _("Write the number of your card.")},
    )
    words = forms.CharField(
        label=_("The four words"),
        help_text=_("Write them in the same order as on the card. You may write a for å and ä, and o for ö."),
        max_length=200,
        widget=WordsInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Write the four words of your card.")},
    )


class TokenForm(forms.Form):
    """Signing in by what the QR code says; the script fills it in."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=60)


class SealedForm(forms.Form):
    """The card that a page shows, to print it once more."""

    sealed = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    next = forms.CharField(widget=forms.HiddenInput, max_length=500, required=False)


class FindForm(forms.Form):
    """At the desk: whose card is to be replaced."""

    q = forms.CharField(
        label=_("Card number or name in the room"),
        help_text=_("The number stands on the card. Without the card, ask for the name in the room."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "type": "search"}),
        error_messages={"required": _("Write a card number or a name.")},
    )


class RecognitionForm(forms.Form):
    """At the desk: how the guide knows whose key it is."""

    recognised_by = forms.ChoiceField(
        label=_("How do you know whose key it is?"),
        choices=Recognition.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you know whose key it is.")},
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)


class RetireForm(forms.Form):
    """Retiring one's own card, where it is the only way in."""

    knows = forms.BooleanField(
        label=_("I know that I can no longer sign in, and that nobody can let me in again."), required=False
    )


class SharedComputerForm(forms.Form):
    """Making a computer a shared one."""

    label = forms.CharField(
        label=_("What the computer is called"),
        help_text=_("For example “Computer 3”."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Write what the computer is called, such as “Computer 3”.")},
    )
