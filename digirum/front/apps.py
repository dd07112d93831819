"""The room that assembles the public site, the API and the back office."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.front"
    label = "front"
    verbose_name = _("Front")

    def ready(self) -> None:
        """Registers what this room declares; by name, since models can be imported only now."""
        import_module("digirum.front.registrations").register()
