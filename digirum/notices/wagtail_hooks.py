"""The outbox in the back office: how it goes, and a message that was given up, to be tried again. Never what it says."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import Button

from digirum.base import clock
from digirum.base.back_office import not_there
from digirum.base.refusal import NotAllowed, Refused
from digirum.notices.actions import try_again
from digirum.notices.models import Delivery
from digirum.people.back_office import ActIndexView, ActViewSet
from digirum.people.guards import me
from digirum.people.models import Person, Role


class DeliveryIndexView(ActIndexView):
    """Deliveries, with a way to try again those that were given up."""

    def get_list_more_buttons(self, instance: Delivery) -> list[Button]:
        """The one button of a delivery that was given up."""
        if instance.state != Delivery.State.FAILED:
            return []
        url = reverse("notices_again", args=[instance.pk])
        return [Button(gettext("Try again"), url=url, icon_name="redirect", priority=10)]


class DeliveryViewSet(ActViewSet):
    """Messages on their way. Neither to whom nor what they say: that is between the room and the person."""

    model = Delivery
    name = "deliveries"
    icon = "mail"
    menu_label = _("Messages on their way")
    menu_order = 810
    add_to_admin_menu = True
    verbs: ClassVar[tuple[str, ...]] = ()
    roles: ClassVar[tuple[Role, ...]] = (Role.ADMINISTRATOR,)
    index_view_class = DeliveryIndexView
    form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        Column("number", label=_("Message"), accessor=lambda delivery: str(delivery.pk)[-8:]),
        Column("channel", label=_("Channel"), sort_key="channel"),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("attempts", label=_("Attempts"), sort_key="attempts"),
        DateColumn("next_try_at", label=_("Next attempt"), sort_key="next_try_at"),
        DateColumn("ended_at", label=_("Ended"), sort_key="ended_at"),
        Column("failure", label=_("Reason")),
    ]
    list_filter: ClassVar[list[str]] = ["state", "channel"]
    search_fields: ClassVar[list[str]] = ["failure", "channel"]
    ordering: ClassVar[list[str]] = ["-id"]

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Nothing here is written by hand; the act that tries again asks its own rule."""
        return False


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def outbox() -> DeliveryViewSet:
    """Adds the outbox to the back office."""
    return DeliveryViewSet()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def addresses() -> list[URLPattern]:
    """The one thing that can be done here."""
    return [path("deliveries/<uuid:pk>/again/", again, name="notices_again")]


@not_there
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then puts a message that was given up back on its way."""
    if not request.user.has_perm("notices.view_delivery"):
        raise PermissionDenied
    delivery = get_object_or_404(Delivery, pk=pk)
    back = reverse("deliveries:index")
    if request.method != "POST":
        return render(request, "notices/back_office_again.html", {"delivery": delivery, "back": back})
    try:
        try_again(by=me(request), delivery=delivery, at=clock.now())
    except NotAllowed as error:
        raise PermissionDenied(error.sentence) from error
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, gettext("The message is on its way again. See here how it went."))
    return HttpResponseRedirect(back)
