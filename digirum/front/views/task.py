"""A task that was given up, tried again from the back office's list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.tasks import TaskResultStatus
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_tasks_db.models import DBTaskResult

from digirum.base import clock
from digirum.base.back_office import not_there
from digirum.base.refusal import NotAllowed, Refused
from digirum.front import actions
from digirum.people.guards import me


@not_there
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then puts the task back in the queue."""
    if not request.user.has_perm("django_tasks_db.change_dbtaskresult"):
        raise PermissionDenied
    failed: models.QuerySet[DBTaskResult[..., Any]] = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    task = get_object_or_404(failed, pk=pk)
    back = reverse("tasks:index")
    if request.method != "POST":
        return render(
            request, "front/back_office_task_again.html", {"title": _("Try again"), "task": task, "back": back}
        )
    try:
        actions.retry_task(by=me(request), at=clock.now(), task=task)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("The task runs within a few seconds. See here how it went."))
    return HttpResponseRedirect(back)
