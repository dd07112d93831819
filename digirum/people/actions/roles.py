"""Giving a role and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from digirum.base import news
from digirum.base.refusal import NotAllowed, Refused
from digirum.journal.record import record
from digirum.people import rules
from digirum.people.models import Organisation, Origin, Person, Role, RoleGrant, Session

type Wanted = tuple[Role, Organisation]


@transaction.atomic
def give_role(
    *,
    by: Person | None,
    at: datetime,
    person: Person,
    role: Role,
    organisation: Organisation,
    begins_at: datetime | None = None,
    ends_at: datetime | None = None,
    origin: Origin = Origin.HAND,
) -> RoleGrant:
    """Gives a role for an organisation and all below it, from ``begins_at`` (now) until ``ends_at`` (until ended).

    ``by`` is None for what the room does by itself: a command on the server, the city's sign-in.
    """
    if by is not None and not rules.may_give(by, role, to=person, organisation=organisation, at=at):
        raise NotAllowed(_("You may not give this role here. Ask an administrator."), code="not-allowed")
    holder = Person.objects.locked(person)
    begins_at = begins_at or at
    _check(holder, role, organisation, at=at, begins_at=begins_at, ends_at=ends_at)
    grant = RoleGrant.objects.create(
        person=holder,
        role=role,
        organisation=organisation,
        begins_at=begins_at,
        ends_at=ends_at,
        given_by=by,
        given_at=at,
        origin=origin,
    )
    _keep_in_step(holder, at)
    record(by=by, verb="people.role_given", noun=grant, at=at)
    news.tell(
        person=holder,
        kind="people.role_given",
        at=at,
        key=f"people.role_given:{grant.pk}",
        params={"role": _in_each_language(grant), "organisation": str(organisation)},
    )
    return grant


@transaction.atomic
def end_role(*, by: Person | None, at: datetime, grant: RoleGrant) -> RoleGrant:
    """Ends a role now, and with it every session of the person: who still may sign in does so anew."""
    if by is not None and not rules.may_end(by, grant, at=at):
        raise NotAllowed(_("You may not end this role. Ask an administrator."), code="not-allowed")
    holder = Person.objects.locked(grant.person)
    locked = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if locked.ends_at is not None and locked.ends_at <= at:
        raise Refused(_("This role has already ended. Reload the page to see how it stands."), code="ended")
    locked.ends_at, locked.ended_by = max(at, locked.begins_at), by
    locked.save(update_fields=["ends_at", "ended_by"])
    _keep_in_step(holder, at)
    Session.objects.filter(person=holder).delete()
    record(by=by, verb="people.role_ended", noun=locked, at=at)
    news.tell(
        person=holder,
        kind="people.role_ended",
        at=at,
        key=f"people.role_ended:{locked.pk}",
        params={"role": _in_each_language(locked), "organisation": str(locked.organisation)},
    )
    return locked


@transaction.atomic
def take_over_roles(*, at: datetime, person: Person, wanted: Iterable[Wanted]) -> None:
    """Brings the roles that the city's sign-in gave in step with what it says now. Those given by hand are left alone."""
    holder = Person.objects.locked(person)
    wish = {(str(role), organisation.pk): (role, organisation) for role, organisation in wanted}
    held = RoleGrant.objects.holding_at(at).filter(person=holder).select_related("organisation", "person")
    for grant in held.filter(origin=Origin.SSO):
        if (grant.role, grant.organisation_id) not in wish:
            end_role(by=None, at=at, grant=grant)
    for grant in held:
        wish.pop((grant.role, grant.organisation_id), None)
    for role, organisation in wish.values():
        give_role(by=None, at=at, person=holder, role=role, organisation=organisation, origin=Origin.SSO)


def close_roles_that_ended(at: datetime) -> None:
    """Chore: a role whose last day has passed ends the sessions begun under it; administrators are counted anew.

    The rules stop honouring such a role at the moment itself; this clears away what stood open.
    """
    past = RoleGrant.objects.filter(ends_at__lte=at, ends_at__gt=at - timedelta(days=2)).select_related("person")
    for grant in past:
        with transaction.atomic():
            Session.objects.filter(person=grant.person, started_at__lt=grant.ends_at).delete()
    administrators = RoleGrant.objects.holding_at(at).filter(role=Role.ADMINISTRATOR).values("person")
    wrong = Person.objects.filter(
        Q(is_superuser=True) & ~Q(pk__in=administrators) | Q(is_superuser=False, pk__in=administrators)
    )
    for person in list(wrong) + [grant.person for grant in past]:
        with transaction.atomic():
            _keep_in_step(Person.objects.locked(person), at)


def _check(
    holder: Person,
    role: Role,
    organisation: Organisation,
    *,
    at: datetime,
    begins_at: datetime,
    ends_at: datetime | None,
) -> None:
    if not holder.is_active or holder.erased_at is not None:
        raise Refused(_("This person can no longer sign in. Choose another person."), code="inactive", field="person")
    if begins_at < at - timedelta(days=1):
        raise Refused(
            _("A role cannot begin in the past. Choose today or a later day."), code="past", field="begins_at"
        )
    if ends_at is not None and ends_at <= begins_at:
        raise Refused(_("The role ends before it begins. Choose a later last day."), code="ends-first", field="ends_at")
    if role == Role.ADMINISTRATOR and not organisation.is_whole_city:
        raise Refused(
            _("Administrators are for the whole city. Choose the city itself as organisation."),
            code="whole-city",
            field="organisation",
        )
    same = RoleGrant.objects.filter(person=holder, role=role, organisation=organisation)
    overlapping = same.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=begins_at))
    if ends_at is not None:
        overlapping = overlapping.filter(begins_at__lt=ends_at)
    if overlapping.exists():
        raise Refused(
            _("The person has this role here already. End it first if it should have other dates."), code="has-role"
        )


def _in_each_language(grant: RoleGrant) -> dict[str, str]:
    """The role's name in all languages: who reads the news may use another one than who gave the role."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            names[code] = str(grant.get_role_display())
    return names


def _keep_in_step(holder: Person, at: datetime) -> None:
    """What Wagtail asks of the person's row says what the grants say."""
    Person.objects.filter(pk=holder.pk).update(is_superuser=bool(rules.roles_given(holder, Role.ADMINISTRATOR, at=at)))
