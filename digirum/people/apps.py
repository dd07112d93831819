"""The room of people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Registers what this room gives to the others."""
        from digirum.people import account_wiring, key_wiring

        key_wiring.register()
        account_wiring.register()
