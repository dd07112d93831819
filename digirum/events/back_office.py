"""What the back office needs for the programme: its form, its filters, the pages that publish, conflicts in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from digirum.base import clock
from digirum.base.back_office import not_there
from digirum.base.refusal import NotAllowed, Refused, RevisionConflict
from digirum.events import actions
from digirum.events.actions import EventConflict, EventFacts
from digirum.events.facts import MANY, PLAIN, ROWS, TEXT_FIELDS
from digirum.events.forms_run import facts_words
from digirum.events.models import AccessFact, Event, Kind, Occurrence, Registration, SpokenLanguage
from digirum.events.models.reach import Reach, below
from digirum.people.back_office import ActForm
from digirum.people.guards import me
from digirum.people.models import Organisation
from digirum.place.models import Centre


class EventActForm(ActForm):
    """An event with its rows; only the centres and organisers for which the writer makes the programme can be chosen."""

    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"), required=False, choices=SpokenLanguage.choices, widget=forms.CheckboxSelectMultiple
    )
    access_facts = forms.MultipleChoiceField(
        label=_("Accessibility"), required=False, choices=AccessFact.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        event: Event | None = kwargs.get("instance")
        if event is not None and event.made_at is not None:
            facts = EventFacts.of(event)
            rows = {name: list(getattr(facts, name)) for name in ROWS}
            kwargs["initial"] = rows | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["name_sv"].required = True
        paths = Reach.of(self.for_user, clock.now()).editing
        mine, organisations = below("organisation__path", paths), below("path", paths)
        if event is not None and event.made_at is not None:
            mine |= models.Q(pk=event.centre_id)
            organisations |= models.Q(pk__in=event.organisers.values("pk"))
        self.fields["centre"].queryset = Centre.objects.filter(mine)
        self.fields["organisers"].queryset = Organisation.objects.filter(organisations)


def facts_of(values: Mapping[str, Any], before: EventFacts | None = None) -> EventFacts:
    """What the form says, as the acts take it. A drawn picture, which it does not show, stays."""
    plain: dict[str, Any] = {name: values[name] for name in PLAIN if name in values}
    if before is not None:
        plain["drawn_picture"] = before.drawn_picture
    plain |= {name: tuple(values[name]) for name in (*MANY, *ROWS)}
    return EventFacts(texts={name: values[name] for name in TEXT_FIELDS if values[name]}, **plain)


class Overtaken(RevisionConflict):
    """A conflict of revisions, with what somebody else wrote as words under the names of the form's fields."""

    def __init__(self, conflict: EventConflict) -> None:
        theirs = SimpleNamespace(**{name: facts_words(name, theirs) for name, theirs, _yours in conflict.differences})
        super().__init__(conflict.sentence, theirs=theirs, revision=conflict.revision)


class EventFilters(WagtailFilterSet):  # type: ignore[misc]  # Wagtail tells no types
    """How the list of events is narrowed."""

    is_published = django_filters.BooleanFilter(
        field_name="published_at", lookup_expr="isnull", exclude=True, label=_("Published"), widget=BooleanRadioSelect
    )

    class Meta:
        model = Event
        fields = ["kind", "level", "centre", "audience"]


class OccurrenceFilters(WagtailFilterSet):  # type: ignore[misc]  # Wagtail tells no types
    """How the list of times is narrowed."""

    starts_at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)
    centre = django_filters.ModelChoiceFilter(
        label=_("Centre"), queryset=Centre.objects.all(), method="at_centre", empty_label=_("All centres")
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), field_name="event__kind", choices=Kind.choices, widget=forms.RadioSelect, empty_label=_("All")
    )
    is_cancelled = django_filters.BooleanFilter(
        field_name="cancellation", lookup_expr="isnull", exclude=True, label=_("Called off"), widget=BooleanRadioSelect
    )
    event = django_filters.UUIDFilter(field_name="event_id", label=_("Event"), widget=forms.HiddenInput)

    class Meta:
        model = Occurrence
        fields: list[str] = []

    def at_centre(self, rows: models.QuerySet[Any], _name: str, centre: Centre) -> models.QuerySet[Any]:
        """Those held at a centre, by their own word or by their event's."""
        return rows.filter(_at(centre))


class RegistrationFilters(WagtailFilterSet):  # type: ignore[misc]  # Wagtail tells no types
    """How the list of sign-ups is narrowed."""

    day = django_filters.DateFromToRangeFilter(
        field_name="occurrence__starts_at", label=_("Day"), widget=DateRangePickerWidget
    )
    centre = django_filters.ModelChoiceFilter(
        label=_("Centre"), queryset=Centre.objects.all(), method="at_centre", empty_label=_("All centres")
    )
    occurrence = django_filters.UUIDFilter(field_name="occurrence_id", label=_("Occurrence"), widget=forms.HiddenInput)

    class Meta:
        model = Registration
        fields = ["state", "walk_in"]

    def at_centre(self, rows: models.QuerySet[Any], _name: str, centre: Centre) -> models.QuerySet[Any]:
        """Those for what is held at a centre."""
        return rows.filter(_at(centre, "occurrence__"))


def _at(centre: Centre, path: str = "") -> models.Q:
    own = models.Q(**{f"{path}centre": centre})
    as_event = models.Q(**{f"{path}centre": None, f"{path}place_name": "", f"{path}event__centre": centre})
    return own | as_event


def publish(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Asks, then shows an event to its audience."""
    words = {
        "title": gettext("Publish"),
        "question": gettext("From now on its audience sees the event and all its times on the site."),
        "icon": "upload",
    }
    return _ask_and_do(request, pk, actions.publish_event, words, gettext("Published. It is seen on the site."))


def unpublish(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Asks, then takes an event out of the programme."""
    words = {
        "title": gettext("Take out of the programme"),
        "question": gettext("Nobody but those who make the programme sees the event and its times any more."),
        "icon": "download",
    }
    return _ask_and_do(request, pk, actions.unpublish_event, words, gettext("Taken out of the programme."))


@not_there
@require_http_methods(["GET", "POST"])
def _ask_and_do(
    request: HttpRequest, pk: UUID, act: Callable[..., object], words: dict[str, str], done: str
) -> HttpResponse:
    by, at = me(request), clock.now()
    if not by.has_perm("events.change_event"):
        raise PermissionDenied
    event = get_object_or_404(Event.objects.editable_by(by, at=at), pk=pk)
    back = reverse("events_programme:edit", args=[pk])
    if request.method != "POST":
        return render(request, "events/back_office_ask.html", {**words, "event": event, "back": back})
    try:
        act(by=by, at=at, event=event)
    except NotAllowed as error:
        raise PermissionDenied(error.sentence) from error
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)
