"""What is typed in the pages of notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from digirum.people.models import Recognition


class CardNumberForm(forms.Form):
    """The number on the card of the person who stands at the desk, and how the guide knows that it is theirs."""

    number = forms.CharField(
        label=_("Card number"),
        help_text=_("The nine digits on the person's card."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    recognised_by = forms.ChoiceField(
        label=_("How do you know whose card it is?"),
        choices=[
            (Recognition.CARD, _("They have the card in their hand")),
            (Recognition.KNOWN, Recognition.KNOWN.label),
            (Recognition.DOCUMENT, Recognition.DOCUMENT.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you know whose card it is.")},
    )
