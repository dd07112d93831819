"""What every room's pages in the back office have in common: what one may not do is not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase

from digirum.base.refusal import NotAllowed


def not_there[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """A view that is not found (404) by who may not use it, or not for that noun.

    Wagtail would lead to its first page and say that there is something one may not see.
    """

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(*args, **kwargs)
        except (PermissionDenied, NotAllowed) as error:
            raise Http404 from error

    return answered
