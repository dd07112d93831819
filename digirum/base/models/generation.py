"""Generations: how a cached page knows that what it shows has changed."""

from __future__ import annotations

from django.db import models


class Generation(models.Model):
    """How many times what the public sees of one thing (an object, a list) has changed."""

    key = models.CharField(max_length=120, primary_key=True)
    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        db_table = "base_generation"

    def __str__(self) -> str:
        return f"{self.key} {self.number}"
