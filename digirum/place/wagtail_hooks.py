"""Centres in the back office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from digirum.base.refusal import RevisionConflict
from digirum.people.back_office import ActViewSet
from digirum.people.models import Person, Role
from digirum.people.rules import has_role
from digirum.place import actions, rules
from digirum.place.hours import Opening
from digirum.place.models import (
    AccessibilityFact,
    Centre,
    CentreHelp,
    ClosedDay,
    HoursPeriod,
    SpokenLanguage,
    WeeklyHours,
)
from digirum.place.queries import opening_of


def in_every_language(*fields: str) -> list[str]:
    """The columns of translated fields, the language of each after its name."""
    return [f"{field}_{code.replace('-', '_')}" for field in fields for code, _name in settings.LANGUAGES]


def _texts(values: Mapping[str, Any], *fields: str) -> dict[str, Any]:
    return {column: values[column] for column in in_every_language(*fields)}


class OfCentreViewSet(ActViewSet):
    """A noun that belongs to one centre: found, changed and removed by those who run it."""

    roles: ClassVar[tuple[Role, ...]] = rules.RUNNERS
    fixed_fields: ClassVar[tuple[str, ...]] = ("centre",)
    list_filter: ClassVar[list[str]] = ["centre"]
    shown_with: ClassVar[tuple[str, ...]] = ("centre",)

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Those who run its centre; for a new one, those who run any."""
        if noun is None:
            return has_role(person, *rules.RUNNERS, at=at)
        return rules.may_run(person, noun.centre, at=at)

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """Those of the centres that the person runs."""
        return rows.filter(centre__in=rules.centres_run_by(person, at=at)).select_related(*self.shown_with)


class CentreViewSet(ActViewSet):
    """Centres."""

    model = Centre
    icon = "home"
    name = "centres"
    roles: ClassVar[tuple[Role, ...]] = rules.RUNNERS
    revision_field = "revision"
    fixed_fields: ClassVar[tuple[str, ...]] = ("slug", "organisation")
    form_fields: ClassVar[list[str]] = [
        "organisation",
        "slug",
        *in_every_language("name", "summary"),
        "street",
        "postcode",
        "city",
        "latitude",
        "longitude",
        "phone",
        "email",
        *in_every_language("how_to_find", "what_is_there"),
        "picture",
        "drawing",
        "order",
    ]
    list_display: ClassVar[list[str]] = ["name_sv", "street", "city"]
    search_fields: ClassVar[list[str]] = ["name_sv", "name_en", "street", "slug"]

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Those who run it. (Whether one may open a new one, the act asks.)"""
        if noun is None:
            return has_role(person, *rules.RUNNERS, at=at)
        return rules.may_run(person, noun, at=at)

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """Those that the person runs."""
        return rows.filter(pk__in=rules.centres_run_by(person, at=at))

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A new centre."""
        rest = {name: value for name, value in values.items() if name not in self.fixed_fields}
        return actions.add_centre(by=by, at=at, organisation=values["organisation"], slug=values["slug"], values=rest)

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Other texts."""
        return actions.change_centre(by=by, at=at, centre=noun, values=values, revision=revision or 0)

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """A centre at which nothing has happened."""
        actions.remove_centre(by=by, at=at, centre=noun)


class WeeklyHoursViewSet(OfCentreViewSet):
    """Opening hours, of the ordinary week and of periods."""

    model = WeeklyHours
    icon = "time"
    name = "weekly-hours"
    fixed_fields: ClassVar[tuple[str, ...]] = ("centre", "period")
    shown_with: ClassVar[tuple[str, ...]] = ("centre", "period")
    form_fields: ClassVar[list[str]] = ["centre", "period", "weekday", "opens", "closes"]
    list_display: ClassVar[list[str]] = ["__str__", "centre", "period"]
    list_filter: ClassVar[list[str]] = ["centre", "period", "weekday"]
    search_fields: ClassVar[list[str]] = ["centre__name_sv", "period__name_sv"]

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """One opening more."""
        opening = Opening(values["weekday"], values["opens"], values["closes"])
        return actions.set_opening(by=by, at=at, centre=values["centre"], period=values["period"], opening=opening)

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Other times."""
        opening = Opening(values["weekday"], values["opens"], values["closes"])
        return actions.set_opening(by=by, at=at, centre=noun.centre, period=noun.period, opening=opening, row=noun)

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """One opening less."""
        actions.remove_opening(by=by, at=at, row=noun)


class HoursPeriodViewSet(OfCentreViewSet):
    """Periods with other hours; their openings are rows of opening hours."""

    model = HoursPeriod
    icon = "calendar"
    name = "hours-periods"
    revision_field = "revision"
    form_fields: ClassVar[list[str]] = ["centre", *in_every_language("name"), "first_day", "last_day"]
    list_display: ClassVar[list[str]] = ["name_sv", "centre", "first_day", "last_day"]
    search_fields: ClassVar[list[str]] = ["name_sv", "name_en"]

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A new period, closed until it gets hours."""
        return actions.add_period(
            by=by,
            at=at,
            centre=values["centre"],
            first_day=values["first_day"],
            last_day=values["last_day"],
            openings=(),
            names=_texts(values, "name"),
        )

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Other days or another name."""
        try:
            return actions.change_period(
                by=by,
                at=at,
                period=noun,
                first_day=values["first_day"],
                last_day=values["last_day"],
                openings=[opening_of(row) for row in noun.weekly_hours.all()],
                names=_texts(values, "name"),
                revision=revision or 0,
            )
        except RevisionConflict as conflict:
            period, _openings = conflict.theirs
            raise RevisionConflict(conflict.sentence, theirs=period, revision=conflict.revision) from conflict

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """A period less."""
        actions.remove_period(by=by, at=at, period=noun)


class ClosedDayViewSet(OfCentreViewSet):
    """Closed days."""

    model = ClosedDay
    icon = "cross"
    name = "closed-days"
    fixed_fields: ClassVar[tuple[str, ...]] = ("centre", "day")
    form_fields: ClassVar[list[str]] = ["centre", "day", *in_every_language("reason")]
    list_display: ClassVar[list[str]] = ["day", "reason_sv", "centre"]
    search_fields: ClassVar[list[str]] = ["reason_sv", "reason_en"]

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A day more."""
        reasons = _texts(values, "reason")
        return actions.close_day(by=by, at=at, centre=values["centre"], day=values["day"], reasons=reasons)

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Another reason."""
        return actions.close_day(by=by, at=at, centre=noun.centre, day=noun.day, reasons=_texts(values, "reason"))

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """A day less."""
        actions.reopen_day(by=by, at=at, closed=noun)


class AccessibilityFactViewSet(OfCentreViewSet):
    """Accessibility facts."""

    model = AccessibilityFact
    icon = "info-circle"
    name = "accessibility-facts"
    fixed_fields: ClassVar[tuple[str, ...]] = ("centre", "kind")
    form_fields: ClassVar[list[str]] = ["centre", "kind", "answer", *in_every_language("note")]
    list_display: ClassVar[list[str]] = ["__str__", "centre"]
    list_filter: ClassVar[list[str]] = ["centre", "kind", "answer"]
    search_fields: ClassVar[list[str]] = ["kind", "note_sv"]

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A fact more."""
        return actions.state_fact(
            by=by,
            at=at,
            centre=values["centre"],
            kind=values["kind"],
            answer=values["answer"],
            notes=_texts(values, "note"),
        )

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Another answer."""
        notes = _texts(values, "note")
        return actions.state_fact(
            by=by, at=at, centre=noun.centre, kind=noun.kind, answer=values["answer"], notes=notes
        )

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """A fact less."""
        actions.withdraw_fact(by=by, at=at, fact=noun)


class SpokenLanguageViewSet(OfCentreViewSet):
    """Spoken languages: added and taken away, never changed into another."""

    model = SpokenLanguage
    icon = "globe"
    name = "spoken-languages"
    verbs: ClassVar[tuple[str, ...]] = ("add", "delete")
    form_fields: ClassVar[list[str]] = ["centre", "language", "weekday"]
    list_display: ClassVar[list[str]] = ["__str__", "weekday", "centre"]
    list_filter: ClassVar[list[str]] = ["centre", "language", "weekday"]
    search_fields: ClassVar[list[str]] = ["language"]

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A language more."""
        return actions.offer_language(
            by=by, at=at, centre=values["centre"], language=values["language"], weekday=values["weekday"]
        )

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """A language less."""
        actions.withdraw_language(by=by, at=at, spoken=noun)


class CentreHelpViewSet(OfCentreViewSet):
    """What a centre helps with."""

    model = CentreHelp
    icon = "help"
    name = "centre-help"
    revision_field = "revision"
    fixed_fields: ClassVar[tuple[str, ...]] = ("centre", "topic")
    shown_with: ClassVar[tuple[str, ...]] = ("centre", "topic")
    form_fields: ClassVar[list[str]] = ["centre", "topic", "stance", *in_every_language("note", "who_does"), "link"]
    list_display: ClassVar[list[str]] = ["topic", "stance", "centre"]
    list_filter: ClassVar[list[str]] = ["centre", "topic", "stance"]
    search_fields: ClassVar[list[str]] = ["topic__name_sv", "who_does_sv"]

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A stance more."""
        return self._set(by, at, values["centre"], values["topic"], values, None)

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Another stance."""
        return self._set(by, at, noun.centre, noun.topic, values, revision)

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """A stance less."""
        actions.remove_help(by=by, at=at, given=noun)

    def _set(self, by: Person, at: datetime, centre: Any, topic: Any, values: Any, revision: Any) -> models.Model:  # noqa: PLR0917 - private, and each says itself
        rest = _texts(values, "note", "who_does") | {"link": values["link"]}
        return actions.set_help(
            by=by, at=at, centre=centre, topic=topic, stance=values["stance"], values=rest, revision=revision
        )


class PlaceGroup(ViewSetGroup):  # type: ignore[misc]  # Wagtail tells no types
    """The centres' place in the menu."""

    menu_label = _("Centres")
    menu_icon = "home"
    menu_order = 310
    items = (
        CentreViewSet,
        WeeklyHoursViewSet,
        HoursPeriodViewSet,
        ClosedDayViewSet,
        AccessibilityFactViewSet,
        SpokenLanguageViewSet,
        CentreHelpViewSet,
    )


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def centres_in_the_back_office() -> PlaceGroup:
    """Adds the centres to the back office."""
    return PlaceGroup()
