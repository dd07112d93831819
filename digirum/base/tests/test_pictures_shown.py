"""A picture that was added in the back office is seen on the site; what was sent in is not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.images import ImageFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from digirum.base.models import Picture


@pytest.fixture
def picture(db: None, settings: Settings, tmp_path: Path) -> Picture:
    settings.MEDIA_ROOT = tmp_path
    drawn = BytesIO()
    Image.new("RGB", (1200, 800), "green").save(drawn, "PNG")
    drawn.seek(0)
    added: Picture = Picture.objects.create(title="Green", alt="A green wall", file=ImageFile(drawn, name="green.png"))
    return added


def test_a_size_of_a_picture_is_shown_and_can_do_nothing_else(client: Client, picture: Picture) -> None:
    answer = client.get(picture.get_rendition("fill-640x360|format-webp").url)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "public" in answer.headers["Cache-Control"]
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]  # a file is streamed


def test_what_was_sent_in_stays_inside(client: Client, picture: Picture) -> None:
    assert client.get(picture.file.url).status_code == 404


@pytest.mark.parametrize("path", ["none.webp", "..%2f..%2fdigirum.sqlite3", "%2e%2e", ""])
def test_nothing_else_is_found_there(client: Client, picture: Picture, path: str) -> None:
    assert client.get(f"/media/images/{path}").status_code == 404
