"""The vocabulary in the open API: read only."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from digirum.base.languages import said
from digirum.base.paging import Paging, Speaking, Text, page, text
from digirum.topics.models import Area, Competence, HelpTopic, SubLevel, Theme

router = Router(tags=["Topics"])


class CompetenceOut(Schema):
    """One of the 21 competences of DigComp 3.0."""

    number: str
    area: int
    name: Text | None
    description: Text | None


class AreaOut(Schema):
    """One of the five areas of DigComp 3.0."""

    number: int
    name: Text | None
    description: Text | None


class LevelOut(Schema):
    """One of the eight sub-levels of DigComp 3.0."""

    number: int
    level: str
    name: str
    description: str


class ThemeOut(Schema):
    """A theme of the room."""

    slug: str
    name: Text | None
    description: Text | None


class HelpTopicOut(Schema):
    """Something that people ask for help with."""

    slug: str
    name: Text | None
    description: Text | None
    theme: str | None
    competences: list[str]


class Areas(Schema):
    """All areas."""

    items: list[AreaOut]


class Levels(Schema):
    """All sub-levels."""

    items: list[LevelOut]


class Competences(Schema):
    """A page of competences."""

    items: list[CompetenceOut]
    next: str | None


class Themes(Schema):
    """A page of themes."""

    items: list[ThemeOut]
    next: str | None


class HelpTopics(Schema):
    """A page of help topics."""

    items: list[HelpTopicOut]
    next: str | None


@router.get("/areas", response=Areas, summary="The areas of DigComp 3.0")
def areas(request: HttpRequest, asked: Speaking) -> Areas:
    """The five areas."""
    return Areas(
        items=[
            AreaOut(number=area.number, name=text(said(area, "name")), description=text(said(area, "description")))
            for area in Area.objects.all()
        ]
    )


@router.get("/levels", response=Levels, summary="The levels of DigComp 3.0")
def levels(request: HttpRequest, asked: Speaking) -> Levels:
    """The eight sub-levels with the level that each belongs to."""
    return Levels(
        items=[
            LevelOut(number=step.value, level=step.level.value, name=str(step.level.label), description=str(step.label))
            for step in SubLevel
        ]
    )


@router.get("/competences", response=Competences, summary="The competences of DigComp 3.0")
def competences(request: HttpRequest, asked: Paging) -> Competences:
    """A page of the 21 competences, in order of their numbers."""
    rows, following = page(request, Competence.objects.all(), "number", asked)
    return Competences(items=[_competence(row) for row in rows], next=following)


@router.get("/competences/{number}", response=CompetenceOut, summary="One competence")
def competence(request: HttpRequest, number: str, asked: Speaking) -> CompetenceOut:
    """One competence by its number."""
    return _competence(get_object_or_404(Competence, number=_clean(number)))


@router.get("/themes", response=Themes, summary="Themes")
def themes(request: HttpRequest, asked: Paging) -> Themes:
    """A page of themes, in order of their addresses."""
    rows, following = page(request, Theme.objects.all(), "slug", asked)
    return Themes(items=[_theme(row) for row in rows], next=following)


@router.get("/help-topics", response=HelpTopics, summary="Help topics")
def help_topics(request: HttpRequest, asked: Paging) -> HelpTopics:
    """A page of the things that people ask for help with, in order of their addresses."""
    wanted = HelpTopic.objects.select_related("theme").prefetch_related("competences")
    rows, following = page(request, wanted, "slug", asked)
    return HelpTopics(items=[_help_topic(row) for row in rows], next=following)


@router.get("/help-topics/{slug}", response=HelpTopicOut, summary="One help topic")
def help_topic(request: HttpRequest, slug: str, asked: Speaking) -> HelpTopicOut:
    """One help topic by its address."""
    wanted = HelpTopic.objects.select_related("theme").prefetch_related("competences")
    return _help_topic(get_object_or_404(wanted, slug=_clean(slug)))


def _clean(key: str) -> str:
    """A key as it was asked for. PostgreSQL takes no text with a null in it."""
    return key.replace("\x00", "�")


def _competence(row: Competence) -> CompetenceOut:
    return CompetenceOut(
        number=row.number,
        area=row.area_id,
        name=text(said(row, "name")),
        description=text(said(row, "description")),
    )


def _theme(row: Theme) -> ThemeOut:
    return ThemeOut(slug=row.slug, name=text(said(row, "name")), description=text(said(row, "description")))


def _help_topic(row: HelpTopic) -> HelpTopicOut:
    return HelpTopicOut(
        slug=row.slug,
        name=text(said(row, "name")),
        description=text(said(row, "description")),
        theme=row.theme.slug if row.theme else None,
        competences=[competence.number for competence in row.competences.all()],
    )
