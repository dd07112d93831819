"""The room of journal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.journal"
    label = "journal"
    verbose_name = _("Journal")
