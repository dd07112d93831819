"""Who we are, how accessible the site is, what is known of people, and what is open to programs."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from digirum.base import registries
from digirum.base.pagecache import public_page

ASSESSED = date(2026, 11, 22)
"""When the site was last assessed against WCAG 2.2 AA. Change it with the assessment, and the statement with both."""


@require_safe
@public_page(depends=("site",))
def about(request: HttpRequest) -> HttpResponse:
    """What this place is, who runs it."""
    return render(request, "front/about.html", {"contact_email": settings.CONTACT_EMAIL})


@require_safe
@public_page(depends=("site",))
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, with the contents that the law asks for (MDFFS 2019:2)."""
    return render(request, "front/accessibility.html", {"assessed": ASSESSED, "contact_email": settings.CONTACT_EMAIL})


@require_safe
@public_page(depends=("site",))
def privacy(request: HttpRequest) -> HttpResponse:
    """What is known of people, written from the declarations that every room makes of its fields."""
    declared = sorted(registries.personal_data, key=lambda entry: entry.name)
    return render(request, "front/privacy.html", {"declared": declared, "contact_email": settings.CONTACT_EMAIL})


@require_safe
@public_page(depends=("site",))
def open_data(request: HttpRequest) -> HttpResponse:
    """What programs may read, and where."""
    return render(request, "front/open_data.html")
