"""The room of centres."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlaceConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.place"
    label = "place"
    verbose_name = _("Centres")

    def ready(self) -> None:
        """Registers the room's menu item, panels, sitemap and API."""
        from digirum.place import registrations

        registrations.register()
