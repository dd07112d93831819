"""What is typed in front."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from digirum.base import clock
from digirum.base.audience import Audience
from digirum.base.widgets import DayInput
from digirum.front.models import Remark
from digirum.journal.models import JournalEntry
from digirum.journal.models.entry import JournalQuerySet


class RemarkForm(forms.Form):
    """Something to tell us about the site."""

    about = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Remark.About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    text = forms.CharField(
        label=_("Tell us"),
        help_text=_("Do not write personal details such as a personal identity number."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write what you want to tell us."),
            "max_length": _("Write at most 4,000 characters. Your text is kept below, so you can shorten it."),
        },
    )
    answer_to = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("Write the address with an @, such as name@example.org, or leave the field empty.")
        },
    )
    page = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class JournalFilterForm(forms.Form):
    """What the auditor wants to see of the journal."""

    from_day = forms.DateField(label=_("From"), required=False, widget=DayInput)
    to_day = forms.DateField(label=_("To and including"), required=False, widget=DayInput)
    verb = forms.CharField(label=_("What was done"), required=False, max_length=60)
    object_type = forms.CharField(label=_("With what kind of thing"), required=False, max_length=80)
    object_id = forms.CharField(label=_("Its id"), required=False, max_length=64)
    subject = forms.UUIDField(label=_("Who (subject id)"), required=False)
    role = forms.CharField(label=_("In which role"), required=False, max_length=30)
    audience = forms.ChoiceField(label=_("For whom"), required=False, choices=[("", _("All")), *Audience.choices])

    def entries(self) -> JournalQuerySet:
        """The lines that fit what was asked; all of them as long as the form is not filled in rightly."""
        found = JournalEntry.objects.newest_first()
        if not self.is_valid():
            return found
        asked = self.cleaned_data
        exact = ("verb", "object_type", "object_id", "subject", "role", "audience")
        found = found.filter(**{name: asked[name] for name in exact if asked[name]})
        if asked["from_day"]:
            found = found.filter(at__gte=clock.day_start(asked["from_day"]))
        if asked["to_day"]:
            found = found.filter(at__lt=clock.day_start(asked["to_day"] + timedelta(days=1)))
        return found
