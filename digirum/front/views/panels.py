"""Drawing the parts of a page that the rooms have registered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from digirum.base.registries import Panel


def drawn(panels: Iterable[Panel], request: HttpRequest, at: datetime) -> list[SafeString]:
    """The panels that have something to show, in their order, as HTML."""
    ready = ((panel, panel.context(request, at)) for panel in sorted(panels, key=lambda one: (one.order, one.name)))
    return [render_to_string(panel.template, context, request) for panel, context in ready if context is not None]
