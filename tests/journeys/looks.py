"""What can be measured of a page as it stands in the browser: its frame, its room on a narrow screen, its weight."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page

FRAME = """([language, direction]) => {
  const faults = [];
  const root = document.documentElement;
  if (root.lang !== language) faults.push(`lang is ${root.lang}`);
  if (getComputedStyle(root).direction !== direction) faults.push(`direction is not ${direction}`);
  if (!/\\S( – |, |، )\\S/.test(document.title)) faults.push(`title is "${document.title}"`);
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(one => one.checkVisibility());
  const ones = headings.filter(one => one.tagName === 'H1');
  if (ones.length !== 1) faults.push(`${ones.length} h1`);
  let before = 0;
  for (const heading of headings) {
    const level = Number(heading.tagName[1]);
    if (level > before + 1 && before) faults.push(`h${before} is followed by h${level} "${heading.innerText}"`);
    before = level;
  }
  const sheet = document.querySelector('main.sheet') !== null;
  const first = document.querySelector('a[href], button, input:not([type=hidden]), select, textarea, summary');
  const skips = first && first.matches('.skip-link') && document.querySelector(first.getAttribute('href'));
  if (!sheet && !skips) faults.push('the first stop of the focus does not skip to the content');
  if (document.querySelector('.session-warning')) faults.push('warns of the end of a sign-in that has just begun');
  if (document.querySelector('[style]:not(svg *)')) faults.push('a style attribute');
  return faults;
}"""

SIDEWAYS = """() => {
  const most = document.documentElement.clientWidth;
  // Two pixels come from rounding the widths of shaped Arabic text; no box is outside then.
  if (document.documentElement.scrollWidth <= most + 2) return [];
  const wide = [...document.querySelectorAll('body *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > most + 1 || box.left < -1) && element.checkVisibility();
  });
  const scrolls = `it scrolls to ${document.documentElement.scrollWidth} of ${most}`;
  return [scrolls, ...wide.slice(0, 4).map(element => element.outerHTML.slice(0, 120))];
}"""

SMALL_TARGETS = """least => {
  const boxOf = element => {
    const own = element.getBoundingClientRect();
    const label = element.matches('input[type=checkbox], input[type=radio], input[type=file]') && element.labels?.[0];
    if (!label) return own;
    const other = label.getBoundingClientRect();
    const width = Math.max(own.right, other.right) - Math.min(own.left, other.left);
    return { width, height: Math.max(own.bottom, other.bottom) - Math.min(own.top, other.top) };
  };
  const inText = element => {
    if (getComputedStyle(element).display !== 'inline') return false;
    const block = element.closest('p, li, dd, td, th, caption, label, legend, div, h2, h3');
    return block.innerText.trim().length > element.innerText.trim().length;
  };
  const stretched = element => getComputedStyle(element, '::after').position === 'absolute'
    && getComputedStyle(element, '::after').content !== 'none';
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.disabled)
    .filter(element => !element.closest('.skip-link, .visually-hidden') && !inText(element) && !stretched(element))
    .map(element => [element, boxOf(element)])
    .filter(([element, box]) => box.width > 1 && (box.width < least - 0.5 || box.height < least - 0.5))
    .map(([element, box]) => `${Math.round(box.width)}×${Math.round(box.height)}: ${element.outerHTML.slice(0, 130)}`);
}"""

WATCH = """if (!window.measured) {
  window.measured = { lcp: 0, cls: 0 };
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) window.measured.lcp = Math.max(window.measured.lcp, entry.startTime);
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.measured.cls += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}
"""

SLOW_4G = {
    "offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8,
    "connectionType": "cellular4g",
}  # fmt: skip
CPU_SLOWER = 6


@dataclass
class Measured:
    """The first view of a page: bytes over the wire (headers too), milliseconds, the share of the screen that moved."""

    total: int = 0
    script: int = 0
    lcp: float = 0
    cls: float = 0
    requests: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For the table."""
        return asdict(self)


@contextmanager
def slow_connection(page: Page) -> Iterator[Measured]:
    """Slow 4G and a processor six times slower, without a cache; what was loaded in the block is counted."""
    measured = Measured()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWER})
    page.add_init_script(WATCH)
    _count(session, measured)
    try:
        yield measured
        page.wait_for_timeout(250)  # what comes after the load event may still move things
        for _turn in range(50):
            seen = page.evaluate("window.measured")
            if seen["lcp"]:
                break
            page.wait_for_timeout(100)  # the browser tells when it has time
        measured.lcp, measured.cls = seen["lcp"], seen["cls"]
    finally:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.send(
            "Network.emulateNetworkConditions",
            SLOW_4G | {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
        )
        session.send("Network.setCacheDisabled", {"cacheDisabled": False})
        session.detach()


def _count(session: CDPSession, measured: Measured) -> None:
    scripts: set[str] = set()

    def answered(told: dict[str, Any]) -> None:
        measured.requests += 1
        if told["type"] == "Script":
            scripts.add(told["requestId"])

    def finished(told: dict[str, Any]) -> None:
        measured.total += int(told["encodedDataLength"])
        if told["requestId"] in scripts:
            measured.script += int(told["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
