"""Writing an event, and writing it anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from digirum.base.audience import Audience
from digirum.base.refusal import Refused, RevisionConflict
from digirum.events.actions.add_occurrences import window
from digirum.events.actions.hold import hold_all, show_anew, show_to_audience
from digirum.events.facts import MANY, PLAIN, TEXT_FIELDS, EventFacts
from digirum.events.models import Attendance, Event, EventAccess, EventLanguage, Occurrence
from digirum.events.rules import demand, may_create, may_edit
from digirum.events.search import index_event
from digirum.journal.record import record
from digirum.people.models import Person

TAKEN_BY_PAGES = frozenset({"manad"})
"""Words that stand after ``/program/`` in addresses of other pages."""


class EventConflict(RevisionConflict):
    """Somebody else was quicker. Holds both versions, so that nothing that was written is lost.

    ``differences`` lists (field, theirs, yours).
    """

    def __init__(self, *, yours: EventFacts, theirs: EventFacts, revision: int) -> None:
        super().__init__(
            _("Somebody else has changed this event since you opened it. Compare both versions and save again."),
            theirs=theirs,
            revision=revision,
        )
        self.yours = yours
        self.differences = theirs.differences(yours)


def create_event(*, by: Person | None, at: datetime, facts: EventFacts, slug: str = "") -> Event:
    """Writes a new event. Nobody but its editors sees it until ``publish_event``. ``slug`` is made of the name if empty."""
    with transaction.atomic():
        if by is not None:
            demand(may_create(by, centre=facts.centre, organisers=facts.organisers, at=at))
        _check(facts)
        event = Event(slug=_free_slug(slug, facts), made_at=at, changed_at=at)
        _fill(event, facts)
        event.save(force_insert=True)
        _relate(event, facts)
        record(by=by, verb="events.event_created", noun=event, at=at)
        return event


def revise_event(*, by: Person | None, at: datetime, event: Event, facts: EventFacts, revision: int) -> Event:
    """Writes an event anew. ``revision`` is the number that the editor saw; raises ``EventConflict`` if it is old.

    Times that lie ahead follow a changed rule for when sign-up opens and closes. A changed number of seats holds for
    times added later; those there are have ``change_capacity``.
    """
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
        if by is not None:
            demand(may_edit(by, event, at=at))
            demand(may_create(by, centre=facts.centre, organisers=facts.organisers, at=at))
        was = EventFacts.of(event)
        if event.revision != revision:
            raise EventConflict(yours=facts, theirs=was, revision=event.revision)
        _check(facts)
        if not was.differences(facts):
            return event
        seen_before = event.is_public
        rule = (event.opens_days_before, event.closes_hours_before)
        _fill(event, facts)
        event.revision += 1
        event.changed_at = at
        event.save()
        _relate(event, facts)
        if rule != (event.opens_days_before, event.closes_hours_before):
            _follow_rule(event, at)
        audience = Audience.PUBLIC if event.is_public else Audience.ORGANISATION
        record(by=by, verb="events.event_revised", noun=event, at=at, audience=audience)
        show_to_audience(event)
        show_anew(event, also=seen_before)
        index_event(event)
        return event


def _check(facts: EventFacts) -> None:
    if not facts.text("name_sv"):
        raise Refused(_("Write a name in Swedish."), code="name-needed", field="name_sv")
    elsewhere = facts.centre or facts.place_name.strip()
    if facts.attendance != Attendance.ONLINE and not elsewhere:
        raise Refused(_("Choose a centre, or write where it is held."), code="place-needed", field="centre")
    if facts.audience == Audience.ORGANISATION and facts.organisation is None:
        raise Refused(_("Choose the organisation that it is for."), code="organisation-needed", field="organisation")
    if facts.age_from is not None and facts.age_to is not None and facts.age_to < facts.age_from:
        raise Refused(_("Write the ages in order: the lower one first."), code="ages-in-order", field="age_to")
    if facts.seats_per_person < 1:
        raise Refused(_("Let each person have at least one seat."), code="seats-needed", field="seats_per_person")


def _free_slug(wanted: str, facts: EventFacts) -> str:
    """The wished address if it is free; one made of the name gets a number where it is taken."""
    if wanted:
        if wanted in TAKEN_BY_PAGES or Event.objects.filter(slug=wanted).exists():
            raise Refused(_("Another event has this address. Choose another one."), code="slug-taken", field="slug")
        return wanted
    stem = slugify(facts.text("name_sv"))[:70].strip("-") or "evenemang"
    taken = set(Event.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | TAKEN_BY_PAGES
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)


def _fill(event: Event, facts: EventFacts) -> None:
    for name in TEXT_FIELDS:
        setattr(event, name, facts.text(name))
    for name in PLAIN:
        setattr(event, name, getattr(facts, name))


def _relate(event: Event, facts: EventFacts) -> None:
    for name in MANY:
        getattr(event, name).set(getattr(facts, name))
    if {row.language for row in event.languages.all()} != set(facts.languages):
        event.languages.all().delete()
        EventLanguage.objects.bulk_create(EventLanguage(event=event, language=code) for code in facts.languages)
    if {row.fact for row in event.access_facts.all()} != set(facts.access_facts):
        event.access_facts.all().delete()
        EventAccess.objects.bulk_create(EventAccess(event=event, fact=fact) for fact in facts.access_facts)


def _follow_rule(event: Event, at: datetime) -> None:
    ahead = Occurrence.objects.filter(event=event, starts_at__gt=at).values_list("pk", flat=True)
    occurrences = hold_all(ahead)
    for occurrence in occurrences:
        opens, closes = window(event, occurrence.starts_at)
        occurrence.registration_opens_at, occurrence.registration_closes_at = opens, closes
    Occurrence.objects.bulk_update(occurrences, ["registration_opens_at", "registration_closes_at"])
