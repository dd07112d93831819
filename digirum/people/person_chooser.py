"""Choosing a person in the back office: by the name in the room or the card's number, never by private data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet

from digirum.base import clock
from digirum.base.back_office import not_there
from digirum.people import rules
from digirum.people.guards import person_of
from digirum.people.models import Person


class PersonFilter(BaseFilterForm):  # type: ignore[misc]  # Wagtail tells no types
    """A part of the name, or the whole number of a card."""

    q = forms.CharField(label=_("Name in the room, or card number"), required=False)

    def filter(self, objects: models.QuerySet[Person]) -> models.QuerySet[Person]:
        """The persons that fit."""
        wanted = self.cleaned_data.get("q", "").strip()
        if not wanted:
            return objects
        self.is_searching, self.search_query = True, wanted
        number = "".join(sign for sign in wanted if sign.isdecimal())
        return objects.filter(Q(pseudonym__icontains=wanted) | Q(keys__number=number, keys__retired_at=None)).distinct()


class _Asked:
    """Only for who may see persons."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Asks the rule first."""
        if not rules.may_see_persons(person_of(request), at=clock.now()):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # Wagtail's view comes after
        return response


class _Narrowed(_Asked):
    """Without those whose identity is protected (except for administrators)."""

    filter_form_class = PersonFilter

    def get_object_list(self) -> models.QuerySet[Person]:
        """The newest first."""
        return rules.visible_persons(person_of(self.request), at=clock.now()).order_by("-joined_at")

    @property
    def columns(self) -> list[Column]:
        """What tells two persons of the same name apart."""
        return [*super().columns, Column("joined_at", label=_("Member since"))]  # type: ignore[misc]  # as above


class PersonChooseView(_Narrowed, ChooseView):  # type: ignore[misc]  # Wagtail tells no types
    """The window."""


class PersonChooseResultsView(_Narrowed, ChooseResultsView):  # type: ignore[misc]  # Wagtail tells no types
    """Its list."""


class PersonChosenView(_Asked, ChosenView):  # type: ignore[misc]  # Wagtail tells no types
    """What the form shows of who was chosen."""

    def get_object(self, pk: str) -> Person:
        """One of those whom the list shows."""
        return get_object_or_404(rules.visible_persons(person_of(self.request), at=clock.now()), pk=pk)


class PersonsChosenView(_Asked, ChosenMultipleView):  # type: ignore[misc]  # Wagtail tells no types
    """The same for several."""

    def get_objects(self, pks: list[str]) -> models.QuerySet[Person]:
        """Those of them whom the list shows."""
        return rules.visible_persons(person_of(self.request), at=clock.now()).filter(pk__in=pks)


class PersonChooserViewSet(ChooserViewSet):  # type: ignore[misc]  # Wagtail tells no types
    """The person's chooser, used by every form of the back office that asks for one."""

    model = Person
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    choose_view_class = PersonChooseView
    choose_results_view_class = PersonChooseResultsView
    chosen_view_class = PersonChosenView
    chosen_multiple_view_class = PersonsChosenView

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """What one may not see is not there."""
        return not_there(super().construct_view(view_class, **kwargs))
