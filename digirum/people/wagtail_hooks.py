"""Persons, organisations and roles in the back office: saved by acts, under their own rules, without private data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets import Button
from wagtail.images import get_image_model
from wagtail.permissions import register_permission_policy

from digirum.base import clock
from digirum.base.refusal import NotAllowed, Refused
from digirum.people import rules, strength
from digirum.people.actions import one_time_codes, organisations, profile, roles
from digirum.people.back_office import ActCreateView, ActDeleteView, ActEditView, ActViewSet
from digirum.people.back_office_policies import RoleCollectionPolicy
from digirum.people.guards import me, to_page
from digirum.people.models import Organisation, Person, Role, RoleGrant
from digirum.people.person_chooser import PersonChooserViewSet

NAMES = [f"name_{code.replace('-', '_')}" for code, _name in settings.LANGUAGES]


class Fresh:
    """For views that do something dangerous: whoever signed in more than ten minutes ago signs in once more."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Asks the session how fresh it is."""
        if not strength.is_fresh(request.session, clock.now()):
            return to_page("people:sign_in_again", request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # Wagtail's view comes after
        return response


class FreshCreateView(Fresh, ActCreateView):
    """Adds, after a fresh sign-in."""


class FreshDeleteView(Fresh, ActDeleteView):
    """Ends, after a fresh sign-in."""

    page_title = _("End the role")

    @property
    def confirmation_message(self) -> str:
        """What ending means."""
        return str(_("The role ends now, and the person is signed out everywhere. It stays in the list as a record."))


class PersonEditView(Fresh, ActEditView):
    """The one thing that is changed for somebody else, and a way to let staff in."""

    @property
    def header_more_buttons(self) -> list[Button]:
        """A one-time code, for administrators."""
        url = reverse("people_let_in_ask", args=[self.object.pk])
        return [Button(_("Make a one-time code"), url=url, icon_name="key", priority=10)]


class PersonViewSet(ActViewSet):
    """Persons: who there is, by the name in the room. No address, no card, no sign-ins."""

    model = Person
    name = "persons"
    icon = "user"
    menu_label = _("Persons")
    verbs: ClassVar[tuple[str, ...]] = ("change",)
    roles: ClassVar[tuple[Role, ...]] = (Role.ADMINISTRATOR,)
    edit_view_class = PersonEditView
    form_fields: ClassVar[list[str]] = ["is_protected"]
    list_display: ClassVar[list[Any]] = [
        "pseudonym",
        Column("joined_at", label=_("Member since")),
        BooleanColumn("is_active", label=_("may sign in"), sort_key="is_active"),
    ]
    list_filter: ClassVar[list[str]] = ["is_active", "assurance"]
    search_fields: ClassVar[list[str]] = ["pseudonym"]
    ordering: ClassVar[list[str]] = ["-joined_at"]

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Administrators."""
        return rules.may_protect(person, at=at)

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Whether the identity is protected."""
        return profile.protect(by=by, person=noun, protected=values["is_protected"], at=at)

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """Those whom the person may see."""
        return rules.visible_persons(person, at=at)


class OrganisationViewSet(ActViewSet):
    """The tree of organisations."""

    model = Organisation
    name = "organisations"
    icon = "site"
    menu_label = _("Organisations")
    verbs: ClassVar[tuple[str, ...]] = ("add", "change")
    form_fields: ClassVar[list[str]] = [*NAMES, "slug", "kind", "parent"]
    fixed_fields: ClassVar[tuple[str, ...]] = ("kind",)
    list_display: ClassVar[list[str]] = ["name_sv", "kind", "parent", "slug"]
    list_filter: ClassVar[list[str]] = ["kind"]
    search_fields: ClassVar[list[str]] = ["name_sv", "name_en", "slug"]
    ordering: ClassVar[list[str]] = ["path"]

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Administrators."""
        return rules.may_arrange_organisations(person, at=at)

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A new part of the tree."""
        return organisations.create_organisation(
            by=by,
            at=at,
            slug=values["slug"],
            names=_names(values),
            kind=values["kind"],
            parent=values["parent"],
        )

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Another name, another place, or both."""
        if values["parent"] != noun.parent:
            noun = organisations.move_organisation(by=by, at=at, organisation=noun, below=values["parent"])
        return organisations.rename_organisation(
            by=by, at=at, organisation=noun, names=_names(values), slug=values["slug"]
        )


class RoleGrantViewSet(ActViewSet):
    """Who has which role, where, since when, and who gave it."""

    model = RoleGrant
    name = "roles"
    icon = "group"
    menu_label = _("Roles")
    verbs: ClassVar[tuple[str, ...]] = ("add", "delete")
    roles: ClassVar[tuple[Role, ...]] = (Role.ADMINISTRATOR, Role.COORDINATOR)
    add_view_class = FreshCreateView
    delete_view_class = FreshDeleteView
    form_fields: ClassVar[list[str]] = ["person", "role", "organisation", "begins_at", "ends_at"]
    list_display: ClassVar[list[str]] = ["person", "role", "organisation", "begins_at", "ends_at", "given_by", "origin"]
    list_filter: ClassVar[list[str]] = ["role", "organisation", "origin"]
    search_fields: ClassVar[list[str]] = ["person__pseudonym", "organisation__name_sv"]
    ordering: ClassVar[list[str]] = ["-given_at"]

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], **kwargs: Any) -> Any:
        """A role begins now where no day is given."""
        field = super().formfield_for_dbfield(db_field, **kwargs)
        if db_field.name == "begins_at":
            field.required, field.help_text = False, _("Leave it empty to begin now.")
        return field

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Administrators all, coordinators their own guides and hosts; the act decides which."""
        if noun is None:
            return rules.may_see_persons(person, at=at)
        return rules.may_end(person, noun, at=at)

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """Gives the role."""
        return roles.give_role(by=by, at=at, **{**values, "role": Role(values["role"])})

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """Ends the role. The row stays."""
        roles.end_role(by=by, at=at, grant=noun)

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """Those that the person may see."""
        return rules.visible_grants(person, at=at)


def _names(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: values[name] or "" for name in NAMES}


class PeopleGroup(ViewSetGroup):  # type: ignore[misc]  # Wagtail tells no types
    """The place of people in the menu."""

    menu_label = _("People")
    menu_icon = "group"
    menu_order = 300
    items = (PersonViewSet, RoleGrantViewSet, OrganisationViewSet)


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def people_in_the_back_office() -> list[Any]:
    """Adds people to the back office, and puts their roles in the place of Wagtail's groups.

    Only here, when the addresses are made, has Wagtail's own policy for pictures been registered.
    """
    pictures = get_image_model()
    register_permission_policy(pictures, RoleCollectionPolicy(pictures, owner_field_name="uploaded_by_user"))
    return [PeopleGroup(), PersonChooserViewSet("person_chooser", url_prefix="person-chooser")]


def ask_to_let_in(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Reads back who will be let in."""
    return _let_in_page(request, person_id)


@require_POST
def let_in(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Makes a one-time code and shows it this once."""
    return _let_in_page(request, person_id)


def _let_in_page(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    by, at = me(request), clock.now()
    if not rules.may_let_in(by, at=at):
        raise Http404
    if not strength.is_fresh(request.session, at):
        return to_page("people:sign_in_again", request)
    by.act_as(Role.ADMINISTRATOR)
    person = get_object_or_404(rules.visible_persons(by, at=at), pk=person_id)
    context: dict[str, object] = {"person": person}
    if request.method == "POST":
        try:
            context["code"] = one_time_codes.let_in(by=by, person=person, at=at)
        except NotAllowed as error:
            raise Http404 from error
        except Refused as error:
            context["sentence"] = error.sentence
        context["address"] = settings.ORIGIN + reverse("people:sign_in_by_code")
    return render(request, "people/back_office_let_in.html", context)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def pages_of_people() -> list[URLPattern]:
    """The pages that are not about one noun's form."""
    return [
        path("persons/<uuid:person_id>/let-in/", ask_to_let_in, name="people_let_in_ask"),
        path("persons/<uuid:person_id>/let-in/code/", let_in, name="people_let_in"),
    ]
