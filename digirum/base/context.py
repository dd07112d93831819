"""What every page needs: its language and the others, reading settings, menu, the site's name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from digirum.base import languages, reading, registries


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor for the layout ``base/page.html``."""
    user = getattr(request, "user", None)
    return {
        **layout(request),
        "signed_in": user is not None and user.is_authenticated,
        "canonical_url": settings.ORIGIN + request.path,
        "shared_computer": getattr(request, "shared_computer", None),
        "session_limits": getattr(request, "session_limits", None),
    }


def layout(request: HttpRequest) -> dict[str, Any]:
    """What the layout needs at least. Asks no database, so that error pages can be drawn without one."""
    spoken = languages.current()
    here = languages.without_prefix(request.path)
    return {
        "language": spoken,
        "languages": [_choice(language, here, spoken) for language in languages.LANGUAGES],
        "reading": reading.of_request(request),
        "menu": _menu(request),
        "site": {
            "name": settings.SITE_NAME,
            "city": settings.CITY_NAME,
            "origin": settings.ORIGIN,
            "contact": settings.CONTACT_EMAIL,
            "theme": settings.THEME,
        },
    }


def _choice(language: languages.Language, here: str, spoken: languages.Language) -> dict[str, Any]:
    url = languages.in_language(here, language)
    return {"language": language, "url": url, "absolute_url": settings.ORIGIN + url, "current": language == spoken}


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    items = []
    for item in sorted(registries.menu, key=lambda entry: (entry.order, entry.name)):
        url = reverse(item.url_name)
        items.append(
            {
                "url": url,
                "label": item.label,
                "icon": item.icon,
                "accent": item.accent,
                "current": request.path.startswith(url),
            }
        )
    return items
