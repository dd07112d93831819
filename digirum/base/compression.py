"""Smaller answers: zipped for whoever can unzip, except what the page cache keeps (it zips once for all)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from digirum.base.pagecache import is_for_the_cache


class CompressionMiddleware(GZipMiddleware):
    """Django's, with its random padding (a page with a secret in it must not betray it by its length)."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Zips, unless the page cache will."""
        if is_for_the_cache(request):
            return response
        return super().process_response(request, response)
