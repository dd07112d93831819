"""The back office as a whole: its menu, its first page, pictures on record; and what visitors told us about the site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem, admin_menu
from wagtail.admin.search import admin_search_areas
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.log_actions import LogActionRegistry
from wagtail.models import ModelLogEntry

from digirum.base import clock
from digirum.base.models import Picture
from digirum.front import actions
from digirum.front.models import Remark
from digirum.front.views import task
from digirum.people import rules
from digirum.people.back_office import ActViewSet
from digirum.people.guards import person_of
from digirum.people.models import Person, Role

# Menus of things that this room does not have, or that would write without an act. Their addresses are closed too.
NOT_OURS = {"explorer", "documents", "reports", "settings", "help", "snippets"}


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def only_our_menu(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Takes Wagtail's own menus away, but for the pictures'."""
    items[:] = [item for item in items if item.name not in NOT_OURS]


# Each list has a search of its own; the sidebar's would look for pages, which there are none of.
admin_search_areas.registered_search_areas = []


@hooks.register("construct_homepage_summary_items")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def no_summary(_request: HttpRequest, items: list[Any]) -> None:
    """Numbers of pages and documents say nothing here."""
    items.clear()


class Doors(Component):  # type: ignore[misc]  # Wagtail tells no types
    """The first page: all that the person can find here."""

    name = "doors"
    template_name = "front/back_office_doors.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The menu once more, with what lies below it."""
        request = parent_context["request"]
        found = sorted(admin_menu.menu_items_for_request(request), key=lambda one: one.order)
        return {"groups": [(item, _below(item, request)) for item in found]}


def _below(item: MenuItem, request: HttpRequest) -> list[MenuItem]:
    inner = item.menu.menu_items_for_request(request) if isinstance(item, SubmenuMenuItem) else [item]
    return sorted(inner, key=lambda one: one.order)


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def our_first_page(_request: HttpRequest, panels: list[Component]) -> None:
    """Doors in the place of Wagtail's news, workflows and locked pages."""
    panels[:] = [Doors()]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def our_colours() -> SafeString:
    """The room's own colours and letters."""
    return format_html('<link rel="stylesheet" href="{}">', static("front/back-office.css"))


class JournalMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail tells no types
    """The way to the reader of the journal, for who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Auditors and administrators."""
        return rules.has_role(person_of(request), Role.AUDITOR, Role.ADMINISTRATOR, at=clock.now())


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def journal_in_the_menu() -> JournalMenuItem:
    """The journal has a page of its own, with its filters."""
    return JournalMenuItem(_("Journal"), reverse("front:journal"), name="journal", icon_name="history", order=850)


class PictureLog:
    """Stands where Wagtail would keep its own record of pictures: a removal is put on record by the act."""

    class objects:  # noqa: N801 - Wagtail asks for it by this name
        """What Wagtail asks of it."""

        @staticmethod
        def log_action(picture: Picture, action: str, *, user: Person | None = None, **_more: object) -> None:
            """Wagtail says what it does; what its form writes is on record already."""
            if action == "wagtail.delete":
                actions.remove_picture(by=user, at=clock.now(), picture=picture)

        @staticmethod
        def for_instance(_picture: Picture) -> Any:
            """Nothing: the journal has a reader of its own."""
            return ModelLogEntry.objects.none()


@hooks.register("register_log_actions", order=100)  # type: ignore[untyped-decorator]  # Wagtail tells no types
def pictures_on_record(registry: LogActionRegistry) -> None:
    """The journal in the place of Wagtail's log."""
    registry.register_model(Picture, PictureLog)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def addresses() -> list[URLPattern]:
    """The one thing that can be done with a task."""
    return [path("tasks/<uuid:pk>/again/", task.again, name="base_task_again")]


class RemarkViewSet(ActViewSet):
    """What visitors told us about the site: read here, and deleted after a year by the room itself."""

    model = Remark
    name = "remarks"
    icon = "comment"
    menu_order = 800
    add_to_admin_menu = True
    verbs: ClassVar[tuple[str, ...]] = ()
    roles: ClassVar[tuple[Role, ...]] = (Role.ADMINISTRATOR, Role.EDITOR)
    inspect_view_enabled = True
    inspect_view_fields: ClassVar[list[str]] = ["about", "text", "page", "answer_to", "language", "told_at"]
    form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "__str__",
        Column("page", label=_("Page")),
        Column("language", label=_("Language")),
        DateColumn("told_at", label=_("Told"), sort_key="told_at"),
    ]
    list_filter: ClassVar[list[str]] = ["about", "language"]
    search_fields: ClassVar[list[str]] = ["text", "page"]
    ordering: ClassVar[list[str]] = ["-told_at", "-id"]

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Nobody changes what somebody else has said."""
        return False


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def remarks_in_the_back_office() -> RemarkViewSet:
    """Adds the remarks to the back office."""
    return RemarkViewSet()
