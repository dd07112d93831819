"""Who may do what in the programme. The querysets that list the same are ``visible_to``, ``editable_by``, ``served_by``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from digirum.base.audience import Audience
from digirum.base.refusal import NotAllowed
from digirum.events.models import Event, Occurrence, Registration
from digirum.events.models.reach import Reach, is_below
from digirum.people.models import Organisation, Person
from digirum.place.models import Centre

WITHOUT_ROLES = frozenset({Audience.PUBLIC, Audience.SIGNED_IN})


def may_see(person: Person | None, event: Event, *, at: datetime) -> bool:
    """Whether the event is there for this person (a visitor where None). Asks the database only where roles decide."""
    if event.is_public:
        return True
    if person is None or not person.is_active:
        return False
    if event.is_published and event.audience in WITHOUT_ROLES:
        return True
    reach = Reach.of(person, at)
    if _holds(event, reach.editing):
        return True
    meant_for = event.audience in reach.audiences or (
        event.audience == Audience.ORGANISATION and event.organisation_id in reach.belongs_to
    )
    return event.is_published and meant_for


def may_edit(person: Person | None, event: Event, *, at: datetime) -> bool:
    """Whether the person coordinates or edits for the event's centre or for one of its organisers."""
    return _holds(event, Reach.of(person, at).editing)


def may_create(
    person: Person | None, *, centre: Centre | None, organisers: Iterable[Organisation], at: datetime
) -> bool:
    """Whether the person may make an event there: at their centre, or elsewhere for an organisation of theirs."""
    paths = Reach.of(person, at).editing
    if centre is not None:
        return is_below(centre.organisation, paths)
    return any(is_below(organisation, paths) for organisation in organisers)


def may_serve(person: Person | None, occurrence: Occurrence, *, at: datetime) -> bool:
    """Whether the person works at the desk of the centre or of an organiser."""
    paths = Reach.of(person, at).desk
    here = occurrence.centre.organisation if occurrence.centre else None
    return is_below(here, paths) or _holds(occurrence.event, paths)


def may_answer_for(person: Person | None, registration: Registration, *, at: datetime) -> bool:
    """Whether the registration is the person's own, or the person works at its desk."""
    if person is None:
        return False
    return registration.person_id == person.pk or may_serve(person, registration.occurrence, at=at)


def demand(allowed: bool) -> None:
    """Refuses (``NotAllowed``) unless the rule holds."""
    if not allowed:
        raise NotAllowed(_("You may not do this."), code="not-allowed")


def _holds(event: Event, paths: tuple[str, ...]) -> bool:
    if not paths:
        return False
    if event.centre is not None and is_below(event.centre.organisation, paths):
        return True
    return any(is_below(organisation, paths) for organisation in event.organisers.all())
