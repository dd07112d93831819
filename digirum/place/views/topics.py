"""What we help with: the list, and one topic with who helps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digirum.base import clock
from digirum.base.languages import said
from digirum.base.pagecache import public_page
from digirum.place import pages, words
from digirum.place.help_search import find
from digirum.place.models import Centre, CentreHelp
from digirum.topics.models import HelpTopic


@public_page(depends=("place", "topics"), params=("q",))
def help_list(request: HttpRequest) -> HttpResponse:
    """The help topics by theme, or those that fit the words of ``?q=``."""
    asked = request.GET.get("q", "").strip()[:100]
    topics = find(list(HelpTopic.objects.select_related("theme").order_by("theme__order", "order")), asked)
    groups: dict[str, list[dict[str, object]]] = {}
    for topic in topics:
        theme = words.marked(said(topic.theme, "name")) if topic.theme else _("Other things")
        groups.setdefault(theme, []).append(
            {
                "name": words.marked(said(topic, "name")),
                "url": reverse("place:help_topic", args=[topic.slug]),
            }
        )
    return render(request, "place/help_list.html", {"groups": groups, "asked": asked, "count": len(topics)})


@public_page(depends=("place", "topics"))
def help_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: which centres help, and who does where a centre does not."""
    topic: HelpTopic = get_object_or_404(
        HelpTopic.objects.prefetch_related("competences").select_related("theme"), slug=slug
    )
    stances = {row.centre_id: row for row in CentreHelp.objects.filter(topic=topic)}
    helping: list[dict[str, Any]] = []
    elsewhere: list[dict[str, Any]] = []
    centres = Centre.objects.filter(pk__in=stances).select_related("picture").in_order()
    for row in pages.centre_rows(request, centres, clock.now()):
        stance = stances[row["centre"].pk]
        row |= {
            "note": words.marked(said(stance, "note")),
            "who_does": words.marked(said(stance, "who_does")),
            "link": stance.link,
        }
        (helping if stance.stance == CentreHelp.Stance.HELP else elsewhere).append(row)
    context = {
        "topic": topic,
        "name": said(topic, "name").text,
        "title": words.marked(said(topic, "name")),
        "description": words.marked(said(topic, "description")),
        "fallback_notice": words.foreign(said(topic, "description")),
        "helping": helping,
        "elsewhere": elsewhere,
        "competences": [words.marked(said(competence, "name")) for competence in topic.competences.all()],
        "crumbs": [(_("What we help with"), reverse("place:help_list"))],
    }
    return render(request, "place/help_topic.html", context)
