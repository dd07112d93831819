"""Which fields look as if they held personal data, and which of those nobody has declared."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.apps import apps
from django.db import models

from digirum.base.registries import personal_data
from digirum.people.models import Person

# Names that tell of a person wherever they stand; a link to a person does so under any name.
TELLING = re.compile(
    r"(^|_)(pseudonym|e?mail|phone|mobile|address|birth\w*|ip|user_agent|device|uid|password|last_login|joined_at"
    r"|assurance|protected|reading|language|accepts_automatically|words_hash|token_hash|recognised_by)($|_)"
)


def looks_personal(field: models.Field[object, object]) -> bool:
    """Whether a field links to a person, holds an address, or has a name that tells of a person."""
    if isinstance(field, (models.EmailField, models.GenericIPAddressField)):
        return True
    if field.is_relation:
        return field.related_model is Person and not field.many_to_many
    return _is_of_a_person(field.model) and TELLING.search(field.name) is not None


def _is_of_a_person(model: type[models.Model]) -> bool:
    """A name tells only in the person's row, or in one that belongs to a person."""
    return model is Person or any(field.related_model is Person for field in model._meta.fields if field.is_relation)


def undeclared(labels: Iterable[str]) -> list[str]:
    """The fields of the apps' models ("app.Model.field") that look personal and stand in no declaration."""
    declared = {entry.name.lower() for entry in personal_data}
    return sorted(
        name
        for label in labels
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.fields
        if looks_personal(field) and (name := f"{model._meta.label}.{field.name}").lower() not in declared
    )
