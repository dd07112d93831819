"""The room of programme."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.events"
    label = "events"
    verbose_name = _("Programme")

    def ready(self) -> None:
        """Registers what the pages that gather need; by name, since models can be imported only now."""
        import_module("digirum.events.wiring").register()
        import_module("digirum.events.showing").register()
