"""Asking us something, or telling us what does not work."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from digirum.base import clock, languages
from digirum.base.limits import limited
from digirum.base.pagecache import public_page
from digirum.front import actions
from digirum.front.forms import RemarkForm
from digirum.front.models import Remark


@require_http_methods(["GET", "HEAD", "POST"])
@limited("remark", rate="10/h", methods=("POST",))
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach us, and a form that needs no account."""
    form = RemarkForm(request.POST or None, initial={"page": _page(request), "about": request.GET.get("om", "")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.make_remark(
            about=Remark.About(told["about"]),
            text=told["text"],
            page=told["page"],
            answer_to=told["answer_to"],
            language=languages.current().code,
            at=clock.now(),
        )
        return HttpResponseRedirect(reverse("front:thanks"))
    context = {"form": form, "contact_email": settings.CONTACT_EMAIL}
    return render(request, "front/contact.html", context, status=422 if form.errors else 200)


@require_safe
@public_page(depends=("site",))
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens with the remark now."""
    return render(request, "front/thanks.html")


def _page(request: HttpRequest) -> str:
    page = request.GET.get("sida", "")
    return page[:200] if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else ""
