"""The room of centres."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlaceConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.place"
    label = "place"
    verbose_name = _("Centres")
