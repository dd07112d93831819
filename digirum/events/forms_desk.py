"""What a guide fills in for somebody at the desk. Never who the person is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digirum.events.forms import SeatsForm


class DeskSignUpForm(SeatsForm):
    """A sign-up without contact data; the card's number only if the person wants it on their own page."""

    def __init__(self, *args: Any, full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if full:
            self.fields["at_once"] = forms.BooleanField(
                label=_("Take a freed seat at once, without being asked"),
                help_text=_("Good for who cannot be reached. Otherwise the person stands on our call list."),
                required=False,
            )
        self.fields["card"] = forms.CharField(
            label=_("Card number, if the person shows their key"),
            help_text=_("Then the sign-up is on the person's own page too."),
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )

    @property
    def at_once(self) -> bool:
        """Whether a freed seat is to be taken without asking."""
        return bool(self.cleaned_data.get("at_once"))
