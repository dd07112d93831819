"""Template tags of the UI kit: icons, QR codes, and the components that hold other content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import segno
from django import template
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

register = template.Library()

# These point along the line of reading, so they turn in languages that are read from right to left.
DIRECTED = {
    "arrow-left",
    "arrow-right",
    "chevron-left",
    "chevron-right",
    "external-link",
    "log-in",
    "log-out",
    "send",
    "undo-2",
}
TONE_ICONS = {"info": "info", "success": "circle-check", "warning": "triangle-alert", "danger": "circle-alert"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. It is hidden from screen readers unless ``label`` says what it means."""
    if not label:
        return _silent_icon(name)
    return format_html('<svg class="{}" role="img" aria-label="{}">{}</svg>', _kind(name), label, _use(name))


@lru_cache(maxsize=500)
def _silent_icon(name: str) -> SafeString:
    """There are a hundred of them on a page, and few different ones."""
    return format_html('<svg class="{}" aria-hidden="true" focusable="false">{}</svg>', _kind(name), _use(name))


def _kind(name: str) -> str:
    return "icon icon-directed" if name in DIRECTED else "icon"


def _use(name: str) -> SafeString:
    return format_html('<use href="{}#{}"></use>', static("base/icons.svg"), name)


@register.simple_tag
def qr(text: str, label: str = "") -> SafeString:
    """A QR code as inline SVG. Give ``label`` where the text is a secret; otherwise the text itself is read out."""
    size, path = _drawing(text) if label else _public_drawing(text)
    name = label or _("QR code to %(address)s") % {"address": text}
    return format_html(
        '<svg class="qr" role="img" aria-label="{0}" viewBox="0 0 {1} {1}" shape-rendering="crispEdges">'
        '<path class="qr-paper" d="M0 0h{1}v{1}H0z"/><path class="qr-ink" d="{2}"/></svg>',
        name,
        size,
        path,
    )


def _drawing(text: str) -> tuple[int, str]:
    """The side of the square, with a quiet zone of four modules, and the strokes that draw the dark modules."""
    matrix = segno.make(text, error="m", micro=False).matrix
    return len(matrix) + 8, "".join(_strokes(row, 4 + y) for y, row in enumerate(matrix))


# Every page ends with the code of its own address on paper, so those are remembered. Secrets never are.
_public_drawing = lru_cache(maxsize=1000)(_drawing)


def _strokes(row: bytearray, y: int) -> str:
    """One row as a line of strokes along its middle: where each run of dark modules starts, and how long it is."""
    strokes = ""
    pen = x = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            strokes += f"m{x - pen} 0h{length}" if strokes else f"M{4 + x} {y}.5h{length}"
            pen = x + length
        x += length
    return strokes


@register.simple_tag(takes_context=True)
def form_token(context: template.Context) -> SafeString:
    """The hidden field against forged requests, also inside an include that ends with ``only``.

    An include with ``only`` drops what context processors gave, ``csrf_token`` among it, but keeps the request.
    """
    request = getattr(context, "request", None)
    token = context.get("csrf_token") or (get_token(request) if request else "")
    if not token:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone (info, success, warning, danger), so that colour never stands alone."""
    return TONE_ICONS.get(tone, "info")


@register.filter
def message_tone(tags: str) -> str:
    """The notice's tone for the tags of a message from Django."""
    return {"error": "danger"}.get(tags.rsplit(" ", maxsplit=1)[-1], tags.rsplit(" ", maxsplit=1)[-1]) or "info"


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the first control of a field, where a link from the error summary should land."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


@register.filter
def control(field: BoundField) -> str:
    """How the kit lays out a field: ``check`` (one box), ``choices`` (a group), ``fieldset`` (several controls), ``text``."""
    kind = field.widget_type
    if kind == "checkbox":
        return "check"
    if kind in {"radioselect", "checkboxselectmultiple"}:
        return "choices"
    return "fieldset" if field.use_fieldset else "text"


def _block(name: str, content: str, values: dict[str, Any]) -> SafeString:
    return render_to_string(f"ui/{name}.html", {**values, "content": content})


@register.simple_block_tag
def notice(content: str, tone: str = "info", **values: Any) -> SafeString:
    """``{% notice "warning" title="…" %}…{% endnotice %}``: see ``ui/notice.html``."""
    return _block("notice", content, {"tone": tone, **values})


@register.simple_block_tag
def card(content: str, **values: Any) -> SafeString:
    """``{% card title="…" url="…" %}…{% endcard %}``: see ``ui/card.html``."""
    return _block("card", content, values)


@register.simple_block_tag
def disclosure(content: str, title: str, **values: Any) -> SafeString:
    """``{% disclosure "More about…" %}…{% enddisclosure %}``: see ``ui/disclosure.html``."""
    return _block("disclosure", content, {"title": title, **values})


@register.simple_block_tag
def dialog(content: str, **values: Any) -> SafeString:
    """``{% dialog id="…" title="…" %}…{% enddialog %}``: see ``ui/dialog.html``."""
    return _block("dialog", content, values)


@register.simple_block_tag
def slip(content: str, **values: Any) -> SafeString:
    """``{% slip title="…" code="…" %}…{% endslip %}``: see ``ui/slip.html``."""
    return _block("slip", content, values)


@register.filter
def step_numbers(total: int) -> range:
    """The numbers of the steps of a task, from one."""
    return range(1, int(total) + 1)


@register.filter
def bars(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Where ``ui/chart.html`` draws each bar, in a drawing 400 wide. Values are numbers from zero up."""
    rtl = get_language_bidi()
    most = max((row["value"] for row in rows), default=0) or 1
    drawn = []
    for place, row in enumerate(rows):
        width = round(400 * row["value"] / most)
        drawn.append(
            {
                "label": row["label"],
                "value": row["value"],
                "width": width,
                "x": 400 - width if rtl else 0,
                "y": 24 + place * 58,
                "text_y": 17 + place * 58,
            }
        )
    return {
        "bars": drawn,
        "height": 58 * len(drawn) - 10,
        "rtl": rtl,
        "text_x": 400 if rtl else 0,
        "value_x": 0 if rtl else 400,
    }
