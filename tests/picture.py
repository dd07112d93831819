"""The README's picture, taken of the demo room as it is: ``make picture``."""

from __future__ import annotations

import os

import django
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.databases import ROOT
from tests.journeys.checks import chromium
from tests.site import running_site

PICTURE = ROOT / "docs" / "pictures" / "home.png"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> int:
    """Opens the demo room, looks at its first page as a visitor at a desk computer does, and keeps what is seen."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digirum.settings")
    django.setup()
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with running_site("picture") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1180}, base_url=site.url, reduced_motion="reduce")
        page.goto("/")
        page.screenshot(path=PICTURE)
        browser.close()
    with Image.open(PICTURE) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(PICTURE, optimize=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
