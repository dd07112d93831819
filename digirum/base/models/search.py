"""What can be found: one row for each thing and language, and the words that there are."""

from __future__ import annotations

from django.db import models

from digirum.base.audience import Audience


class SearchDoc(models.Model):
    """One thing in one language, ready to be found. Written by ``base.search``; the databases index ``stems``."""

    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.PUBLIC)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    path = models.CharField(max_length=300)
    date = models.DateTimeField(null=True, blank=True)
    title_stems = models.TextField(blank=True)
    stems = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_type", "object_id", "language"], name="search_doc_once_a_language")
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that occurs somewhere, with its stem and the way it is written without dots and rings.

    Through these a query finds what was typed without å, ä, ö, as part of a longer word, or with a slip of the finger.
    """

    stemmer = models.CharField(max_length=12)
    word = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, db_index=True)
    stem = models.CharField(max_length=60)
    length = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stemmer", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["stemmer", "stem"], name="search_word_stem")]

    def __str__(self) -> str:
        return self.word
