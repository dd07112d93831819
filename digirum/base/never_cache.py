"""Pages that nothing may keep: what somebody who has signed in sees, and every form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponseBase

KEEP_NOTHING = "max-age=0, no-cache, no-store, must-revalidate, private"


def never_cache[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The view's answers with the header that Django's decorator of this name gives, without working it out each time."""

    @wraps(view)
    def kept_nowhere(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = KEEP_NOTHING
        return response

    return kept_nowhere
