"""The vocabulary in the back office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from digirum.people.back_office import ActViewSet
from digirum.people.models import Person, Role
from digirum.topics import actions, rules
from digirum.topics.models import Area, Competence, HelpTopic, Theme


def in_every_language(*fields: str) -> list[str]:
    """The columns of translated fields, the language of each after its name."""
    return [f"{field}_{code.replace('-', '_')}" for field in fields for code, _name in settings.LANGUAGES]


class TermViewSet(ActViewSet):
    """What the four nouns of the vocabulary have in common."""

    roles: ClassVar[tuple[Role, ...]] = rules.KEEPERS

    def may(self, person: Person, noun: Any, *, at: datetime) -> bool:
        """Editors and administrators."""
        return rules.may_change_vocabulary(person, at=at)

    def add(self, *, by: Person, at: datetime, values: Mapping[str, Any]) -> models.Model:
        """A new term."""
        term: models.Model = actions.add_term(by=by, at=at, term=self.model(), values=values)
        return term

    def change(
        self, *, by: Person, at: datetime, noun: Any, values: Mapping[str, Any], revision: int | None
    ) -> models.Model:
        """Other words for a term."""
        term: models.Model = actions.change_term(by=by, at=at, term=noun, values=values)
        return term

    def remove(self, *, by: Person, at: datetime, noun: Any) -> None:
        """A term that nothing is tagged with."""
        actions.remove_term(by=by, at=at, term=noun)


class ThemeViewSet(TermViewSet):
    """Themes."""

    model = Theme
    icon = "tag"
    name = "themes"
    form_fields: ClassVar[list[str]] = ["slug", "order", *in_every_language("name", "description")]
    list_display: ClassVar[list[str]] = ["name_sv", "slug", "order"]
    search_fields: ClassVar[list[str]] = ["name_sv", "name_en", "slug"]


class HelpTopicViewSet(TermViewSet):
    """Help topics."""

    model = HelpTopic
    icon = "help"
    name = "help-topics"
    form_fields: ClassVar[list[str]] = [
        "slug",
        "order",
        "theme",
        "competences",
        *in_every_language("name", "description", "words"),
    ]
    list_display: ClassVar[list[str]] = ["name_sv", "theme", "order"]
    list_filter: ClassVar[list[str]] = ["theme", "competences"]
    search_fields: ClassVar[list[str]] = ["name_sv", "name_en", "words_sv", "slug"]


class CompetenceViewSet(TermViewSet):
    """The framework's competences: found, described and translated, never added to or taken from."""

    model = Competence
    icon = "list-ol"
    name = "competences"
    verbs: ClassVar[tuple[str, ...]] = ("change",)
    form_fields: ClassVar[list[str]] = ["name_sv_simple", "name_ar", *in_every_language("description")]
    list_display: ClassVar[list[str]] = ["number", "name_sv", "area"]
    list_filter: ClassVar[list[str]] = ["area"]
    search_fields: ClassVar[list[str]] = ["number", "name_sv", "name_en"]


class AreaViewSet(TermViewSet):
    """The framework's areas."""

    model = Area
    icon = "list-ol"
    name = "areas"
    verbs: ClassVar[tuple[str, ...]] = ("change",)
    form_fields: ClassVar[list[str]] = ["name_sv_simple", "name_ar", *in_every_language("description")]
    list_display: ClassVar[list[str]] = ["number", "name_sv"]
    search_fields: ClassVar[list[str]] = ["name_sv", "name_en"]


class TopicsGroup(ViewSetGroup):  # type: ignore[misc]  # Wagtail tells no types
    """The vocabulary's place in the menu."""

    menu_label = _("Topics")
    menu_icon = "tag"
    menu_order = 320
    items = (HelpTopicViewSet, ThemeViewSet, CompetenceViewSet, AreaViewSet)


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]  # Wagtail tells no types
def topics_in_the_back_office() -> TopicsGroup:
    """Adds the vocabulary to the back office."""
    return TopicsGroup()
