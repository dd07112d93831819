"""The programme in the back office: events and their times by their acts; who comes, to be read by the own desk alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db import models
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets import Button

from digirum.base import clock
from digirum.base.languages import LANGUAGES
from digirum.events import actions, back_office, rules
from digirum.events.back_office_lists import (
    CallViewSet,
    CancellationViewSet,
    CheckInViewSet,
    MoveViewSet,
    OfferViewSet,
    RegistrationViewSet,
    said,
)
from digirum.events.facts import MANY, PLAIN, EventFacts
from digirum.events.forms_run import WORDS
from digirum.events.models import Event, Occurrence
from digirum.events.models.reach import MAKERS, Reach
from digirum.people.back_office import ActEditView, ActIndexView, ActViewSet
from digirum.people.guards import me
from digirum.people.models import Person, Role


def _texts(code: str) -> list[str]:
    return [f"{text}_{code.replace('-', '_')}" for text in WORDS]


def _panel(heading: Any, *names: str) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)


class EventEditView(ActEditView):
    """Changes an event; from here it is published, and its times are found."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """What else can be done with the event."""
        return buttons_of(self.object)


class EventIndexView(ActIndexView):
    """Events, each with what can be done."""

    def get_list_more_buttons(self, instance: Event) -> list[Button]:
        """The same as on its page."""
        return [*super().get_list_more_buttons(instance), *buttons_of(instance)]


def buttons_of(event: Event) -> list[Button]:
    """Publish or take back, its times, new ones."""
    does = ("events_unpublish", "download") if event.is_published else ("events_publish", "upload")
    words = gettext("Take out of the programme") if event.is_published else gettext("Publish")
    times = f"{reverse('events_times:index')}?{urlencode({'event': str(event.pk)})}"
    return [
        Button(words, url=reverse(does[0], args=[event.pk]), icon_name=does[1], priority=20),
        Button(gettext("Its times"), url=times, icon_name="calendar-alt", priority=30),
        Button(gettext("Add times"), url=reverse("events:add_times", args=[event.slug]), icon_name="plus", priority=40),
        Button(gettext("See it on the site"), url=reverse("events:event", args=[event.slug]), icon_name="view", priority=50),
    ]  # fmt: skip


class EventViewSet(ActViewSet):
    """Events: all that is written of them. When they happen is told by their times."""

    model = Event
    name = "events_programme"
    url_prefix = "programme"
    icon = "calendar"
    verbs: ClassVar[tuple[str, ...]] = ("add", "change")
    roles: ClassVar[tuple[Role, ...]] = MAKERS
    revision_field = "revision"
    fixed_fields: ClassVar[tuple[str, ...]] = ("slug",)
    form_base = back_office.EventActForm
    index_view_class = EventIndexView
    edit_view_class = EventEditView
    form_fields: ClassVar[list[str]] = [
        *_texts("sv"),
        "slug",
        *(name for name in PLAIN if name != "drawn_picture"),
        *MANY,
        *(name for one in LANGUAGES if one.code != "sv" for name in _texts(one.code)),
    ]
    panels: ClassVar[list[MultiFieldPanel]] = [
        _panel(_("In Swedish"), *_texts("sv"), "slug"),
        _panel(_("What and where"), "kind", "level", "centre", "place_name", "address", "organisers", "attendance"),
        _panel(_("Picture and contact"), "picture", "url", "contact"),
        _panel(
            _("Sign-up"),
            "needs_registration",
            "default_capacity",
            "seats_per_person",
            "opens_days_before",
            "closes_hours_before",
        ),
        _panel(_("For whom"), "audience", "organisation", "age_from", "age_to", "languages", "access_facts"),
        _panel(_("What it is about"), "themes", "help_topics", "competences"),
        *(_panel(one.name, *_texts(one.code)) for one in LANGUAGES if one.code != "sv"),
    ]
    list_display: ClassVar[list[Any]] = [
        "name_sv",
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("centre", label=_("Centre")),
        BooleanColumn("is_published", label=_("Published"), sort_key="published_at"),
        Column("changed", label=_("Changed"), accessor=lambda event: said(event.changed_at), sort_key="changed_at"),
    ]
    filterset_class = back_office.EventFilters
    search_fields: ClassVar[list[str]] = ["name_sv", "name_en", "summary_sv", "slug"]
    ordering: ClassVar[list[str]] = ["-made_at", "-id"]

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Those who make the programme there. (Whether one may make an event at a centre, the act asks.)"""
        if noun is None:
            return bool(Reach.of(person, at).editing)
        return rules.may_edit(person, noun, at=at)

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """Those that the person may edit."""
        return rows.filter(pk__in=Event.objects.editable_by(person, at=at).values("pk")).select_related("centre")

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A new event, seen by nobody until it is published."""
        return actions.create_event(by=by, at=at, facts=back_office.facts_of(values), slug=values["slug"])

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Other facts."""
        facts = back_office.facts_of(values, EventFacts.of(noun))
        try:
            return actions.revise_event(by=by, at=at, event=noun, facts=facts, revision=revision or 0)
        except actions.EventConflict as conflict:
            raise back_office.Overtaken(conflict) from conflict

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], **kwargs: Any) -> Any:
        """The address is made of the name where none is written; an empty number means that there is no limit."""
        field = super().formfield_for_dbfield(db_field, **kwargs)
        if db_field.name == "slug":
            field.required, field.help_text = False, _("Leave it empty to have it made of the name.")
        if db_field.name.startswith("price_text"):
            field.help_text = _("Leave empty when it is free.")
        if db_field.name == "default_capacity":
            field.help_text = _("Leave empty when there is room for all.")
        if db_field.name == "opens_days_before":
            field.help_text = _("Leave empty to open as soon as it is published.")
        return field


class OccurrenceEditView(ActEditView):
    """Moves a time or changes its seats; it is called off on a page of its own, which asks for the reason."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """What else can be done with the time."""
        return time_buttons(self.object, me(self.request))

    def get_success_message(self) -> str:
        """Says too when more seats are taken than there are now."""
        said: str = super().get_success_message()
        over = self.object.seats_taken - (self.object.capacity or self.object.seats_taken)
        if over <= 0:
            return said
        more = ngettext(
            "%(number)d seat more than there are now is taken. Nobody loses a seat.",
            "%(number)d seats more than there are now are taken. Nobody loses a seat.",
            over,
        )
        return f"{said} {more % {'number': over}}"


class OccurrenceIndexView(ActIndexView):
    """Times, each with what can be done."""

    def get_list_more_buttons(self, instance: Occurrence) -> list[Button]:
        """The same as on its page."""
        return [*super().get_list_more_buttons(instance), *time_buttons(instance, me(self.request))]


def time_buttons(occurrence: Occurrence, person: Person) -> list[Button]:
    """Call off, the event, who comes."""
    address = [occurrence.event.slug, occurrence.key]
    event = reverse("events_programme:edit", args=[occurrence.event_id])
    found = [Button(gettext("Its event"), url=event, icon_name="calendar", priority=30)]
    if person.has_perm("events.view_registration"):
        who = f"{reverse('events_sign_ups:index')}?{urlencode({'occurrence': str(occurrence.pk)})}"
        found.append(Button(gettext("Who comes"), url=who, icon_name="group", priority=40))
    if not occurrence.is_cancelled and not occurrence.has_ended(clock.now()):
        url = reverse("events:cancel_time", args=address)
        found.append(Button(gettext("Call it off"), url=url, icon_name="cross", priority=50))
    return found


def _seats(occurrence: Occurrence) -> str:
    return f"{occurrence.seats_taken} / {'–' if occurrence.capacity is None else occurrence.capacity}"


class OccurrenceViewSet(ActViewSet):
    """When events happen. New times come in series, from the event's own page."""

    model = Occurrence
    name = "events_times"
    url_prefix = "times"
    icon = "calendar-alt"
    verbs: ClassVar[tuple[str, ...]] = ("change",)
    roles: ClassVar[tuple[Role, ...]] = MAKERS
    revision_field = "revision"
    index_view_class = OccurrenceIndexView
    edit_view_class = OccurrenceEditView
    form_fields: ClassVar[list[str]] = ["starts_at", "ends_at", "capacity"]
    list_display: ClassVar[list[Any]] = [
        "event",
        Column("starts", label=_("Starts"), accessor=lambda one: said(one.starts_at), sort_key="starts_at"),
        Column("where", label=_("Where"), accessor=lambda one: one.place or one.where),
        Column("seats", label=_("Seats taken"), accessor=_seats, sort_key="seats_taken"),
        Column("waiting", label=_("In line"), sort_key="waiting"),
        BooleanColumn("is_cancelled", label=_("Called off")),
    ]
    filterset_class = back_office.OccurrenceFilters
    search_fields: ClassVar[list[str]] = ["event__name_sv", "event__name_en", "place_name"]
    ordering: ClassVar[list[str]] = ["-starts_at", "-id"]

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Those who make the programme there."""
        if noun is None:
            return bool(Reach.of(person, at).editing)
        return rules.may_edit(person, noun.event, at=at)

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """Those of the events that the person may edit."""
        related = rows.select_related("event__centre", "centre", "cancellation")
        return related.filter(event__in=Event.objects.editable_by(person, at=at).values("pk"))

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Another number of seats, another time, or both: each by its act."""
        starts, ends = values["starts_at"].astimezone(UTC), values["ends_at"].astimezone(UTC)
        if values["capacity"] != noun.capacity:
            noun = actions.change_capacity(by=by, at=at, occurrence=noun, capacity=values["capacity"]).occurrence
        if (starts, ends) != (_minute(noun.starts_at), _minute(noun.ends_at)):
            return actions.move_occurrence(
                by=by, at=at, occurrence=noun, starts_at=starts, ends_at=ends, revision=revision or 0
            )
        return Occurrence.objects.with_event().get(pk=noun.pk)

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], **kwargs: Any) -> Any:
        """What an empty number of seats means."""
        field = super().formfield_for_dbfield(db_field, **kwargs)
        if db_field.name == "capacity":
            field.help_text = _("Leave empty when there is room for all. Nobody who has a seat loses it.")
        return field


def _minute(moment: datetime) -> datetime:
    """The moment as a form can show it."""
    return moment.replace(second=0, microsecond=0)


class ProgrammeGroup(ViewSetGroup):  # type: ignore[misc]  # Wagtail tells no types
    """The programme's place in the menu."""

    menu_label = _("Programme")
    menu_icon = "calendar"
    menu_order = 200
    items = (
        EventViewSet,
        OccurrenceViewSet,
        RegistrationViewSet,
        OfferViewSet,
        CheckInViewSet,
        CallViewSet,
        CancellationViewSet,
        MoveViewSet,
    )


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def programme_in_the_back_office() -> ProgrammeGroup:
    """Adds the programme to the back office."""
    return ProgrammeGroup()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def addresses() -> list[URLPattern]:
    """What is done with an event besides writing it."""
    return [
        path("programme/<uuid:pk>/publish/", back_office.publish, name="events_publish"),
        path("programme/<uuid:pk>/unpublish/", back_office.unpublish, name="events_unpublish"),
    ]
