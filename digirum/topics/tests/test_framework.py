"""The framework: the numbers and names of DigComp 3.0, loaded once however often."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digirum.journal.models import JournalEntry
from digirum.topics.actions import Loaded, load_framework, load_vocabulary
from digirum.topics.models import Area, Competence, HelpTopic, Level, SubLevel, Theme

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_there_are_five_areas_and_21_competences_in_the_areas_that_their_numbers_say() -> None:
    load_framework(by=None, at=NOW)
    assert list(Area.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert Competence.objects.count() == 21
    for competence in Competence.objects.all():
        assert competence.number.split(".")[0] == str(competence.area_id)


@pytest.mark.django_db
def test_every_area_and_competence_has_a_name_and_a_description_in_swedish_and_english() -> None:
    load_framework(by=None, at=NOW)
    for noun in [*Area.objects.all(), *Competence.objects.all()]:
        for field in ("name_sv", "name_en", "description_sv", "description_en"):
            assert getattr(noun, field), f"{noun} lacks {field}"


@pytest.mark.django_db
def test_a_second_loading_changes_nothing_and_writes_nothing_in_the_journal() -> None:
    assert load_vocabulary(by=None, at=NOW).added == 5 + 21 + Theme.objects.count() + 25
    lines = JournalEntry.objects.count()
    assert load_vocabulary(by=None, at=NOW) == Loaded(0, 0)
    assert JournalEntry.objects.count() == lines


@pytest.mark.django_db
def test_a_second_loading_keeps_what_an_editor_wrote_and_fills_what_is_empty() -> None:
    load_framework(by=None, at=NOW)
    Competence.objects.filter(pk="1.1").update(description_sv="Vår egen text.", description_en="")
    assert load_framework(by=None, at=NOW) == Loaded(added=0, completed=1)
    competence = Competence.objects.get(pk="1.1")
    assert competence.description_sv == "Vår egen text."  # type: ignore[attr-defined]  # a column of its own
    assert competence.description_en  # type: ignore[attr-defined]  # a column of its own


def test_four_levels_have_two_sub_levels_each() -> None:
    assert [level.sub_levels for level in Level] == [
        (SubLevel(1), SubLevel(2)),
        (SubLevel(3), SubLevel(4)),
        (SubLevel(5), SubLevel(6)),
        (SubLevel(7), SubLevel(8)),
    ]


@pytest.mark.django_db
def test_the_25_help_topics_are_complete_in_the_languages_that_a_beginner_meets() -> None:
    load_vocabulary(by=None, at=NOW)
    assert HelpTopic.objects.count() == 25
    for topic in HelpTopic.objects.prefetch_related("competences"):
        for column in ("name_sv", "name_en", "name_ar", "description_sv", "description_en", "description_ar"):
            assert getattr(topic, column), f"{topic.slug} lacks {column}"
        assert topic.description_sv_simple, f"{topic.slug} lacks easy Swedish"  # type: ignore[attr-defined]  # a column of its own
        assert topic.competences.all(), f"{topic.slug} has no competence"
        assert topic.theme_id


@pytest.mark.django_db
@pytest.mark.skipif(
    "DIGIRUM_TEST_DATA" not in os.environ, reason="DIGIRUM_TEST_DATA does not name the framework's data"
)
def test_numbers_and_official_names_are_those_of_the_published_framework() -> None:
    folder = Path(os.environ["DIGIRUM_TEST_DATA"]) / "digcomp3"
    if not folder.is_dir():
        pytest.skip("The folder that DIGIRUM_TEST_DATA names has no digcomp3.")
    load_framework(by=None, at=NOW)
    areas = json.loads((folder / "competence_areas.json").read_text(encoding="utf-8"))
    competences = json.loads((folder / "competences.json").read_text(encoding="utf-8"))
    levels = json.loads((folder / "proficiency_levels.json").read_text(encoding="utf-8"))
    ours = Area.objects.values_list("number", "name_en", "name_sv")
    assert list(ours) == [(area["id"], area["name"]["en"], area["name"]["sv"]) for area in areas]
    known = Competence.objects.values_list("number", "area_id", "name_en")
    assert list(known) == [(row["id"], row["area_id"], row["name"]["en"]) for row in competences]
    assert [level["name"]["en"].lower().replace(" ", "-") for level in levels["four_level"]] == list(Level.values)
    parents = [row["parent_level_name"]["en"].lower().replace(" ", "-") for row in levels["eight_level"]]
    assert parents == [step.level.value for step in SubLevel]
    theirs = {text for row in [*areas, *competences] for text in (row["descriptor"] or {}).values() if text}
    for noun in [*Area.objects.all(), *Competence.objects.all()]:
        assert not theirs & {getattr(noun, "description_sv"), getattr(noun, "description_en")}  # noqa: B009 - columns that modeltranslation adds
