"""Nouns in the back office: found, filtered and edited there, but saved and deleted by the room's own acts.

A room makes one ``ActViewSet`` a noun in its ``wagtail_hooks.py``, says which act adds, changes and removes, and who may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm, formfield_for_dbfield
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from digirum.base import clock
from digirum.base.back_office import not_there
from digirum.base.refusal import NotAllowed, Refused, RevisionConflict
from digirum.people.models import Person, Role
from digirum.people.rules import roles_given


class ActForm(WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail tells no types
    """A form whose rules are those of the act; it checks no constraint by itself."""

    def validate_constraints(self) -> None:
        """Nothing: the act says in words what is wrong, against the locked rows."""


class RulePolicy(BasePermissionPolicy):  # type: ignore[misc]  # Wagtail tells no types
    """Asks the role's permissions which doors are open, and the noun's own rule who may pass."""

    def __init__(self, acts: ActViewSet) -> None:
        super().__init__(acts.model)
        self.acts = acts

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the person finds this button at all."""
        if action not in {"view", *self.acts.verbs}:
            return False
        opened = user.has_perm(f"{self.model._meta.app_label}.{action}_{self.model._meta.model_name}")
        return bool(opened) and (action == "view" or self.acts.may(user, None, at=clock.now()))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        """Whether the person may do this to this noun."""
        if not self.user_has_permission(user, action):
            return False
        return action == "view" or self.acts.may(user, instance, at=clock.now())

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[Person]:
        """Wagtail asks this only to choose among reviewers, and there are none."""
        return Person.objects.none()


class ActingMixin:
    """What the three views that write have in common."""

    acts: Any = None  # the view set, which Wagtail hands to each view that it makes
    request: HttpRequest

    def by(self) -> Person:
        """Who acts, in the first of the noun's roles that the person holds."""
        person: Person = self.request.user  # type: ignore[assignment]  # the back office lets in nobody else
        held = roles_given(person, *self.acts.roles, at=clock.now())
        for role in self.acts.roles:
            if role in held:
                person.act_as(role)
                break
        return person

    def values(self, form: forms.ModelForm[Any]) -> dict[str, Any]:
        """What the form says, without the revision that its writer saw."""
        return {name: value for name, value in form.cleaned_data.items() if name != "seen_revision"}

    def form_valid(self, form: forms.ModelForm[Any]) -> HttpResponse:
        """Runs the act; what it refuses is said beside the field, and nothing that was typed is lost."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # Wagtail's view comes after
        except NotAllowed as error:
            raise PermissionDenied(error.sentence) from error
        except Refused as error:
            say_refusal(form, error)
            self.produced_error_code, self.produced_error_message = error.code, error.sentence
            response = self.form_invalid(form)  # type: ignore[attr-defined]  # Wagtail's view comes after
        return response


class ActCreateView(ActingMixin, generic.CreateView):  # type: ignore[misc]  # Wagtail tells no types
    """Adds by the act."""

    def save_instance(self) -> models.Model:
        """Runs the act that adds."""
        noun: models.Model = self.acts.add(by=self.by(), at=clock.now(), values=self.values(self.form))
        return noun


class ActEditView(ActingMixin, generic.EditView):  # type: ignore[misc]  # Wagtail tells no types
    """Changes by the act."""

    def get_object(self, queryset: Any = None) -> models.Model:
        """The noun, for who may change it."""
        noun: models.Model = super().get_object(queryset)
        if not self.user_has_permission_for_instance("change", noun):
            raise PermissionDenied
        return noun

    def get_initial(self) -> dict[str, Any]:
        """The revision that the writer sees travels in the form."""
        initial: dict[str, Any] = super().get_initial()
        if self.acts.revision_field:
            initial["seen_revision"] = getattr(self.object, self.acts.revision_field)
        return initial

    def save_instance(self) -> models.Model:
        """Runs the act that changes, on the noun as the database has it."""
        noun = self.model._default_manager.get(pk=self.object.pk)
        seen = self.form.cleaned_data.get("seen_revision")
        values = self.values(self.form)
        done: models.Model = self.acts.change(by=self.by(), at=clock.now(), noun=noun, values=values, revision=seen)
        return done


class ActDeleteView(ActingMixin, generic.DeleteView):  # type: ignore[misc]  # Wagtail tells no types
    """Removes by the act."""

    def get_object(self, queryset: Any = None) -> models.Model:
        """The noun, for who may remove it."""
        noun: models.Model = super().get_object(queryset)
        if not self.user_has_permission_for_instance("delete", noun):
            raise PermissionDenied
        return noun

    def form_valid(self, form: Any) -> HttpResponse:
        """Runs the act; a refusal is said on the list."""
        try:
            return generic.DeleteView.form_valid(self, form)  # type: ignore[no-any-return]  # Wagtail tells no types
        except NotAllowed as error:
            raise PermissionDenied(error.sentence) from error
        except Refused as error:
            messages.error(self.request, error.sentence)
            return HttpResponseRedirect(self.get_success_url())

    def delete_action(self) -> None:
        """Runs the act that removes."""
        self.acts.remove(by=self.by(), at=clock.now(), noun=self.object)


class ActIndexView(generic.IndexView):  # type: ignore[misc]  # Wagtail tells no types
    """Lists what the person may work with."""

    acts: ActViewSet | None = None

    def get_base_queryset(self) -> models.QuerySet[Any]:
        """The noun's rows, as the view set narrows them."""
        rows: models.QuerySet[Any] = super().get_base_queryset()
        return self.acts.rows_for(rows, self.request.user, at=clock.now()) if self.acts else rows


class ActViewSet(ModelViewSet):  # type: ignore[misc]  # Wagtail tells no types
    """One noun in the back office. Subclasses say ``add``, ``change``, ``remove`` and ``may``."""

    verbs: ClassVar[tuple[str, ...]] = ("add", "change", "delete")
    roles: ClassVar[tuple[Role, ...]] = (Role.ADMINISTRATOR,)
    revision_field = ""
    form_base: ClassVar[type[ActForm]] = ActForm
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    index_view_class = ActIndexView
    add_view_class = ActCreateView
    edit_view_class = ActEditView
    delete_view_class = ActDeleteView

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Whether the person may add, change and remove: this noun, or (None) any at all."""
        raise NotImplementedError

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """The act that adds."""
        raise NotImplementedError

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """The act that changes."""
        raise NotImplementedError

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """The act that removes."""
        raise NotImplementedError

    def rows_for(self, rows: models.QuerySet[Any], person: Person, *, at: datetime) -> models.QuerySet[Any]:
        """The rows that the person finds in the list: all of them, unless a view set narrows it."""
        return rows

    def on_register(self) -> None:
        """Puts the noun's own rule in place of Wagtail's groups."""
        register_permission_policy(self.model, RulePolicy(self))
        super().on_register()

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """What one may not do, or not with that noun, is not there."""
        return not_there(super().construct_view(view_class, **kwargs))

    def get_urlpatterns(self) -> list[Any]:
        """Without Wagtail's own record of changes: the journal has a reader of its own."""
        return [one for one in super().get_urlpatterns() if one.name not in {"history", "history_results", "usage"}]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """No way to what is not there."""
        return {**super().get_common_view_kwargs(**kwargs), "history_url_name": None, "usage_url_name": None}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tells the list of its view set."""
        return {**super().get_index_view_kwargs(**kwargs), "acts": self}

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tells the view of its acts."""
        return {**super().get_add_view_kwargs(**kwargs), "acts": self}

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tells the view of its acts."""
        return {**super().get_edit_view_kwargs(**kwargs), "acts": self}

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Tells the view of its acts."""
        return {**super().get_delete_view_kwargs(**kwargs), "acts": self}

    def formfield_for_dbfield(self, db_field: models.Field[Any, Any], **kwargs: Any) -> Any:
        """The back office's own controls: choosers of persons and pictures, days and times."""
        return formfield_for_dbfield(db_field, **kwargs)

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:
        """The noun's columns, and the revision that the writer saw."""
        fields = self.get_form_fields()
        if for_update:
            fields = [name for name in fields if name not in getattr(self, "fixed_fields", ())]
        extra: dict[str, forms.Field] = {}
        if for_update and self.revision_field:
            extra["seen_revision"] = forms.IntegerField(widget=forms.HiddenInput)
        base = type("Form", (self.form_base,), extra)
        return forms.modelform_factory(
            self.model, form=base, fields=fields, formfield_callback=self.formfield_for_dbfield
        )


def say_refusal(form: forms.BaseForm, error: Refused) -> None:
    """Puts the act's sentence at its field. Where somebody else was first, says beside each text what it is now."""
    form.add_error(error.field if error.field in form.fields else None, error.sentence)
    if not isinstance(error, RevisionConflict):
        return
    theirs, revision = error.theirs, error.revision
    for name in form.fields:
        if name == "seen_revision" or not hasattr(theirs, name):
            continue
        now = getattr(theirs, name)
        if (now or None) != (form.cleaned_data.get(name) or None):
            form.add_error(name, _("It says now: “%(text)s”.") % {"text": "" if now is None else now})
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("seen_revision")] = str(revision)
    form.data = data
