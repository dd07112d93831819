"""Pictures that were added in the back office, in the sizes in which pages show them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

KEEP_SECONDS = 86_400
SHOWN = "images"
"""Where Wagtail writes the sizes. What was sent in stays inside: it may say where a photograph was taken."""


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One size of a picture. It is only looked at: nothing in it may run or load anything."""
    response = serve(request, f"{SHOWN}/{name}", document_root=str(settings.MEDIA_ROOT))
    response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
