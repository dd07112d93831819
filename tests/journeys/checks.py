"""What every page is held to: axe finds nothing, the Nu HTML checker finds nothing."""

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.services import ServiceMissing, free_port, wait_for_port

TOOLS = Path(__file__).resolve().parents[2] / ".tools"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    """Where the browser is."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise ServiceMissing("There is no Chromium. On Debian: sudo apt-get install chromium. Or run make test.")
    return found


COLOURS = ["color-contrast", "link-in-text-block"]  # what alone can differ between light and dark


def axe_violations(page: Page, *, colours_only: bool = False) -> list[str]:
    """What axe finds on the page as it stands now; one line for each place. Needs scripts: axe waits by timers."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe_source())
    chosen = {"type": "rule", "values": COLOURS} if colours_only else {"type": "tag", "values": AXE_TAGS}
    options = {"runOnly": chosen, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']} ({violation['impact']}): {' '.join(str(part) for part in node['target'])}: {violation['help']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@cache
def _axe_source() -> str:
    file = TOOLS / "axe" / "axe.min.js"
    if not file.exists():
        raise ServiceMissing("axe-core is not here. Run scripts/tools test, which fetches it.")
    return file.read_text()


class HtmlChecker:
    """The Nu HTML checker, kept running, since Java starts slowly."""

    def __init__(self, port: int) -> None:
        self.port = port

    def errors(self, html: str | bytes) -> list[str]:
        """Errors (not advice) in one document, with line and the text around it."""
        document = html.encode() if isinstance(html, str) else html
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/?out=json",
            data=document,
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - the same
            messages = json.load(answer)["messages"]
        return [
            f"line {message.get('lastLine', '?')}: {message['message']} … {message.get('extract', '').strip()!r}"
            for message in messages
            if message["type"] in {"error", "non-document-error"}
        ]


@contextmanager
def html_checker_process() -> Iterator[HtmlChecker]:
    """The checker as long as the block lasts."""
    jar = TOOLS / "vnu" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or not jar.exists():
        raise ServiceMissing("The HTML checker is not here. Run scripts/tools test, which fetches it and Java.")
    port = free_port()
    command = [
        java, "-Xmx384m", "-Xss16m", "-XX:TieredStopAtLevel=1", "-Dnu.validator.servlet.bind-address=127.0.0.1",
        "-cp", str(jar), "nu.validator.servlet.Main", str(port),
    ]  # fmt: skip
    env = {key: value for key, value in os.environ.items() if "JAVA" not in key}
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for_port(port, process, seconds=60)
            yield HtmlChecker(port)
        finally:
            process.terminate()
