"""Telling us something about the site."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from digirum.front.models import Remark
from digirum.journal.record import record

KEPT = timedelta(days=365)


@transaction.atomic
def make_remark(*, about: Remark.About, text: str, page: str, answer_to: str, language: str, at: datetime) -> Remark:
    """Keeps a visitor's remark for the staff to read. Nobody is noted as its author, in the journal neither."""
    remark = Remark.objects.create(
        about=about, text=text, page=page, answer_to=answer_to, language=language, told_at=at
    )
    record(by=None, verb="front.remarked", noun=remark, at=at)
    return remark


def dispose_of_old_remarks(at: datetime) -> int:
    """Deletes remarks older than a year, five hundred at a time; each disposal is a line in the journal."""
    with transaction.atomic():
        old = list(Remark.objects.told_before(at - KEPT)[:500])
        for remark in old:
            record(by=None, verb="front.remark_disposed", noun=remark, at=at)
        Remark.objects.filter(pk__in=[remark.pk for remark in old]).delete()
    return len(old)
