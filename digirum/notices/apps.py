"""The room of notices."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Registers what the pages that gather need; by name, since models can be imported only now."""
        import_module("digirum.notices.registrations").register()
