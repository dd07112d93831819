"""The house in the back office: tasks, recurring work and workers, to be seen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.tasks import TaskResultStatus
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from digirum.base import tasks
from digirum.base.back_office import not_there
from digirum.base.models import ChoreRun, Heartbeat


class OnlySeen(ModelPermissionPolicy):  # type: ignore[misc]  # Wagtail tells no types
    """Nothing here is written by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Looking, for those who may."""
        return action == "view" and bool(super().user_has_permission(user, action))


class SeenViewSet(ModelViewSet):  # type: ignore[misc]  # Wagtail tells no types
    """A list that is only looked at."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    form_fields: ClassVar[list[str]] = []
    list_export: ClassVar[list[str]] = []

    def on_register(self) -> None:
        """Puts its rule in place of Wagtail's groups."""
        register_permission_policy(self.model, OnlySeen(self.model))
        super().on_register()

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """What one may not do is not there."""
        return not_there(super().construct_view(view_class, **kwargs))


class TaskIndexView(IndexView):  # type: ignore[misc]  # Wagtail tells no types
    """Tasks, with a way to try again those that were given up: an act on record, so its page stands in ``front``."""

    page_title = _("Tasks")

    def get_list_more_buttons(self, instance: DBTaskResult[..., Any]) -> list[Button]:
        """A failed task's one button."""
        if instance.status != TaskResultStatus.FAILED:
            return []
        url = reverse("base_task_again", args=[instance.pk])
        return [Button(gettext("Try again"), url=url, icon_name="redirect", priority=10)]


def _attempts(result: DBTaskResult[..., Any]) -> int:
    return tasks.attempts(result)


class TaskViewSet(SeenViewSet):
    """Tasks: what runs, what waits, what failed and why. Not what they were given: that may be personal."""

    model = DBTaskResult
    name = "tasks"
    icon = "tasks"
    menu_label = _("Tasks")
    index_view_class = TaskIndexView
    list_display: ClassVar[list[Any]] = [
        Column("task_name", label=_("Task")),
        Column("get_status_display", label=_("Status")),
        Column("attempts", label=_("Attempts"), accessor=_attempts),
        Column("enqueued_at", label=_("Asked for"), sort_key="enqueued_at"),
        Column("run_after", label=_("Not before")),
        Column("finished_at", label=_("Ended")),
        Column("exception_class_path", label=_("Last failure")),
    ]
    list_filter: ClassVar[list[str]] = ["status", "queue_name"]
    search_fields: ClassVar[list[str]] = ["task_path"]
    ordering: ClassVar[list[str]] = ["-enqueued_at"]


class ChoreViewSet(SeenViewSet):
    """Recurring work: when it is due, how it went."""

    model = ChoreRun
    name = "recurring"
    icon = "repeat"
    menu_label = _("Recurring work")
    list_display: ClassVar[list[str]] = ["name", "due_at", "ended_at", "failures", "failure", "held_by"]
    list_filter: ClassVar[list[str]] = ["failures"]
    search_fields: ClassVar[list[str]] = ["name"]
    ordering: ClassVar[list[str]] = ["name"]


class WorkerViewSet(SeenViewSet):
    """Workers: who lives."""

    model = Heartbeat
    name = "workers"
    icon = "cogs"
    menu_label = _("Workers")
    list_display: ClassVar[list[str]] = ["worker", "started_at", "beat_at"]
    ordering: ClassVar[list[str]] = ["-beat_at"]


class HouseGroup(ViewSetGroup):  # type: ignore[misc]  # Wagtail tells no types
    """What goes on behind the walls."""

    menu_label = _("The house")
    menu_icon = "cogs"
    menu_order = 900
    items = (TaskViewSet(), ChoreViewSet(), WorkerViewSet())


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def house() -> HouseGroup:
    """The group in the menu."""
    return HouseGroup()
