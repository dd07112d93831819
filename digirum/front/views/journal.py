"""The auditor reads the journal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digirum.front.forms import JournalFilterForm
from digirum.people.guards import for_roles
from digirum.people.models import Role

PAGE = 50


@require_safe
@for_roles(Role.AUDITOR, Role.ADMINISTRATOR)
def journal(request: HttpRequest) -> HttpResponse:
    """Lines of the journal, newest first, narrowed by the form and paged by key."""
    form = JournalFilterForm(request.GET)
    entries = form.entries()
    after = request.GET.get("efter", "")
    if after.isdecimal() and len(after) < 19:
        entries = entries.filter(id__lt=int(after))
    rows = list(entries[: PAGE + 1])
    asked = request.GET.copy()
    asked.pop("efter", None)
    older = asked.copy()
    if len(rows) > PAGE:
        older["efter"] = str(rows[PAGE - 1].pk)
    return render(
        request,
        "front/journal.html",
        {
            "form": form,
            "entries": rows[:PAGE],
            "older": f"?{older.urlencode()}" if len(rows) > PAGE else "",
            "newest": f"?{asked.urlencode()}" if after else "",
            "narrowed": bool(asked),
        },
    )
