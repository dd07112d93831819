"""Lists of the open API, page by page: whoever asks says after which item, and gets the address of the next page.

The cursor is the last item's own key, so it never goes stale and a page costs the same wherever it begins.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

MOST = 100
LANGUAGE_NOTE = "The language of the texts; Swedish stands in where a text is missing, and `language` says so."

type LanguageCode = Literal["sv", "sv-simple", "en", "ar"]


class Text(Schema):
    """A text, and the language that it is really in (BCP 47)."""

    text: str
    language: str


class Asked(Schema):
    """What every list can be asked."""

    limit: int = Field(50, ge=1, le=MOST, description="How many items a page has at most.")
    after: str | None = Field(
        None, pattern=r"^[a-z0-9.-]{1,60}$", description="The key of the last item of the page before."
    )
    language: LanguageCode = Field("sv", description=LANGUAGE_NOTE)


class AskedOne(Schema):
    """What one item can be asked."""

    language: LanguageCode = Field("sv", description=LANGUAGE_NOTE)


Paging = Annotated[Asked, Query()]
Speaking = Annotated[AskedOne, Query()]


def text(said: Any) -> Text | None:
    """A translated text for the answer; None where there is none in any language."""
    return Text(text=said.text, language=said.language.html) if said.text else None


def page[M: models.Model](
    request: HttpRequest, rows: models.QuerySet[M], key: str, asked: Asked
) -> tuple[list[M], str | None]:
    """The rows of one page in order of their ``key``, and the address of the next page (None on the last)."""
    rows = rows.order_by(key)
    if asked.after is not None:
        rows = rows.filter(**{f"{key}__gt": asked.after})
    found = list(rows[: asked.limit + 1])
    if len(found) <= asked.limit:
        return found, None
    query = request.GET.copy()
    query["after"] = str(getattr(found[asked.limit - 1], key))
    return found[: asked.limit], f"{settings.ORIGIN}{request.path}?{query.urlencode()}"
