"""What is typed in the pages of notices."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CardNumberForm(forms.Form):
    """The number on the card of the person who stands at the desk."""

    number = forms.CharField(
        label=_("Card number"),
        help_text=_("The nine digits on the person's card."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
