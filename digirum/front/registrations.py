"""What front itself declares to the pages that gather."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from digirum.base.registries import (
    Chore,
    Panel,
    PersonalData,
    SitemapSource,
    chores,
    my_page_panels,
    personal_data,
    sitemap_sources,
)
from digirum.front.actions import dispose_of_old_remarks
from digirum.front.views import work

PAGES = ("/", "/om", "/tillganglighet", "/integritet", "/oppna-data", "/kontakt")


def register() -> None:
    """Called once, when the apps are loaded."""
    sitemap_sources.register(SitemapSource("front", lambda: ((path, None) for path in PAGES)))
    my_page_panels.register(Panel("front.work", "front/_work.html", work.panel, order=5))
    chores.register(Chore("front.remarks", every=3600, run=_dispose))
    for field in ("text", "answer_to"):
        personal_data.register(
            PersonalData(
                model="front.Remark",
                field=field,
                purpose=_("To read and answer what visitors tell us about the site."),
                basis=_("Public interest: the law demands a way to tell what is not accessible."),
                seen_by=_("Editors and administrators."),
                kept=_("One year."),
                then=_("Deleted, with a line in the journal."),
            )
        )
    personal_data.register(
        PersonalData(
            model="base.Picture",
            field="uploaded_by_user",
            purpose=_("To know whom to ask about a picture."),
            basis=_("Public interest: the city must know that it may show a picture."),
            seen_by=_("Editors, coordinators and administrators."),
            kept=_("As long as the picture, or until the person erases the account."),
            then=_("The link to the person is removed."),
        )
    )


def _dispose(at: datetime) -> None:
    dispose_of_old_remarks(at)
