"""The room of the house itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    """What Django needs to know of this room."""

    name = "digirum.base"
    label = "base"
    verbose_name = _("The house")

    def ready(self) -> None:
        """Registers the house's own recurring work."""
        from digirum.base import database, search, tasks
        from digirum.base.registries import Chore, chores

        chores.register(Chore("base.forget_old_tasks", every=3600, run=tasks.forget_old))
        chores.register(Chore("base.keep_the_database_fit", every=86_400, run=database.keep_fit))
        chores.register(Chore("base.sweep_search_words", every=86_400, run=search.sweep))
