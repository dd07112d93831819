"""Wagtail asks groups who may use its pictures; this room has roles instead of groups."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db import models
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from digirum.people.models import Person

type User = Person | AnonymousUser


class RoleCollectionPolicy(CollectionOwnershipPermissionPolicy):  # type: ignore[misc]  # Wagtail tells no types
    """Whoever's role opens the noun may use it in every collection."""

    def _check_perm(self, user: User, actions: Iterable[str], collection: Collection | None = None) -> bool:
        label = f"{self.model._meta.app_label}.{{}}_{self.model._meta.model_name}"
        return any(user.has_perm(label.format(action)) for action in actions)

    def _collections_with_perm(self, user: User, actions: Iterable[str]) -> models.QuerySet[Collection]:
        every: models.QuerySet[Collection] = Collection.objects.all()
        return every if self._check_perm(user, actions) else every.none()
