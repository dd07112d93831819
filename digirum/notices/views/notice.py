"""A person's own notices, and the letter that the desk prints of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from digirum.base import clock
from digirum.base.refusal import Refused
from digirum.notices import actions
from digirum.notices.forms import CardNumberForm
from digirum.notices.models import Notice
from digirum.people import card_numbers
from digirum.people.guards import for_roles, me, signed_in
from digirum.people.models import Key, Recognition
from digirum.people.rules import DESK

PAGE = 25


@require_GET
@signed_in
def notice_list(request: HttpRequest) -> HttpResponse:
    """All my notices, newest first, paged by key."""
    notices = Notice.objects.of(me(request)).newest_first()
    after = _identifier(request.GET.get("efter", ""))
    rows = list((notices.filter(id__lt=after) if after else notices)[: PAGE + 1])
    return render(
        request,
        "notices/notice_list.html",
        {
            "notices": rows[:PAGE],
            "older": f"?efter={rows[PAGE - 1].id}" if len(rows) > PAGE else "",
            "newer": reverse("notices:notice_list") if after else "",
            "unread": Notice.objects.of(me(request)).unread().count(),
        },
    )


@require_GET
@signed_in
def notice_detail(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One of my notices."""
    notice = get_object_or_404(Notice.objects.of(me(request)), pk=identifier)
    return render(request, "notices/notice_detail.html", {"notice": notice})


@require_POST
@signed_in
def read(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """I have read it."""
    notice = get_object_or_404(Notice.objects.of(me(request)), pk=identifier)
    actions.mark_read(by=me(request), notice=notice, at=clock.now())
    return HttpResponseRedirect(reverse("notices:notice_list"))


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """I have read them all."""
    actions.mark_all_read(by=me(request), at=clock.now())
    return HttpResponseRedirect(reverse("notices:notice_list"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """A guide prints what the person at the desk has not read yet, and says how the person was recognised."""
    form = CardNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            letter = _letter(request, form, at)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return render(request, "notices/letter.html", {"notices": letter, "printed_at": at})
    return render(request, "notices/desk.html", {"form": form}, status=422 if form.errors else 200)


def _letter(request: HttpRequest, form: CardNumberForm, at: datetime) -> list[Notice]:
    number = card_numbers.tidy(form.cleaned_data["number"])
    key = Key.objects.live().filter(number=number).select_related("person").first()
    if key is None:
        raise actions.not_printed_here()
    how = Recognition(form.cleaned_data["recognised_by"])
    return actions.print_for(by=me(request), person=key.person, at=at, recognised_by=how)


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
