"""Who may change a centre. Everyone may read it: centres are public."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from digirum.people.models import Organisation, Person, Role
from digirum.people.rules import has_role, holding
from digirum.place.models import Centre

RUNNERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


def may_run(person: Person | None, centre: Centre, *, at: datetime) -> bool:
    """A centre's own coordinator and administrators change its texts, hours, facts and stances."""
    return has_role(person, *RUNNERS, at=at, organisation=centre.organisation)


def centres_run_by(person: Person | None, *, at: datetime) -> models.QuerySet[Centre]:
    """The centres for which ``may_run`` is true, in order."""
    grants = holding(person, *RUNNERS, at=at).values_list("organisation__path", flat=True)
    below = Q(pk__in=[])
    for path in grants if person and person.is_active else ():
        below |= Q(organisation__path__startswith=path)
    return Centre.objects.filter(below).order_by("order", "slug")


def may_add_centre(person: Person | None, organisation: Organisation, *, at: datetime) -> bool:
    """Administrators open new centres."""
    return has_role(person, Role.ADMINISTRATOR, at=at, organisation=organisation)
