"""The card on paper, from the page that shows it: the page sends the sealed card along, the server has not kept it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digirum.base.limits import limited
from digirum.base.never_cache import never_cache
from digirum.people import cards, key_secrets
from digirum.people.guards import next_path
from digirum.people.key_forms import SealedForm
from digirum.people.key_secrets import Card


def _sealed(request: HttpRequest) -> Card | None:
    return key_secrets.unseal(request.POST.get("sealed", "")[:2000])


def _too_old(request: HttpRequest) -> HttpResponse:
    return render(request, "people/key_too_old.html", status=410)


@require_POST
@never_cache
@limited("print-card", rate="30/m")
def card_pdf(request: HttpRequest) -> HttpResponse:
    """The card as PDF: in bank-card size, or two on an A4 sheet (``size=a4``)."""
    card = _sealed(request)
    if card is None:
        return _too_old(request)
    sheet = request.POST.get("size") == "a4"
    response = HttpResponse(cards.pdf(card, sheet=sheet), content_type="application/pdf")
    name = _("key-a4") if sheet else _("key")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf") or "attachment"
    return response


@require_POST
@never_cache
@limited("print-card", rate="30/m")
def card_sheet(request: HttpRequest) -> HttpResponse:
    """A sheet for the printer: the card twice, and how it is used."""
    card = _sealed(request)
    if card is None:
        return _too_old(request)
    done = next_path(request, reverse("front:my_page"))
    sealed = SealedForm({"sealed": request.POST["sealed"], "next": done}, auto_id=False)
    return render(
        request, "people/key_sheet.html", {"card": card, "copies": range(2), "sealed": sealed, "done_url": done}
    )
