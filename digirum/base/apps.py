"""The room of the house itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.base"
    label = "base"
    verbose_name = _("The house")
