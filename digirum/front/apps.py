"""The room of front."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.front"
    label = "front"
    verbose_name = _("Front")
