"""The room of notices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.notices"
    label = "notices"
    verbose_name = _("Notices")
