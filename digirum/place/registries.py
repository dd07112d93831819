"""What lower rooms may show on a centre's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from digirum.base.registries import Registry

if TYPE_CHECKING:
    from django.http import HttpRequest

    from digirum.place.models import Centre


@dataclass(frozen=True)
class CentrePanel:
    """A part of a centre's page that a lower room draws, such as what is on there.

    ``context(request, centre, now)`` gives what ``template`` needs, or None for nothing to show. ``keys`` are the
    generations on which it depends beside the centre's own; it calls ``pagecache.holds_until`` where the clock decides.
    """

    name: str
    template: str
    context: Callable[[HttpRequest, Centre, datetime], dict[str, object] | None]
    keys: tuple[str, ...] = ()
    order: int = 50


centre_panels: Registry[CentrePanel] = Registry("panels of a centre's page")
