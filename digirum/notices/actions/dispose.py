"""Forgetting old notices."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from digirum.journal.record import record
from digirum.notices.models import Notice

KEPT = timedelta(days=2 * 365)


def dispose_of_old(at: datetime) -> int:
    """Deletes notices told more than two years ago, a thousand at a time; each disposal is a line in the journal."""
    with transaction.atomic():
        old = list(Notice.objects.filter(told_at__lt=at - KEPT).order_by("id")[:1000])
        for notice in old:
            record(by=None, verb="notices.disposed", noun=notice, at=at)
        Notice.objects.filter(pk__in=[notice.pk for notice in old]).delete()
    return len(old)
