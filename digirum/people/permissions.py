"""What each role may do in the back office: which nouns it finds there, and with which buttons.

This opens doors only. Saving and deleting run the acts, whose rules ask once more, also for which organisation.
"""

from __future__ import annotations

from collections.abc import Iterable

from digirum.people.models import Role

VIEW = ("view",)
WRITE = ("view", "add", "change", "choose")
ALL = ("view", "add", "change", "delete", "choose", "publish")

# By role: permissions outside of any noun, then by "app" or "app.noun" the verbs.
TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    Role.EDITOR: {
        "wagtailadmin": ("access",),
        "base.picture": ALL,
        "topics": WRITE,
        "events.event": WRITE,
        "events.occurrence": WRITE,
        "events.occurrencecancellation": VIEW,
        "events.occurrencemove": VIEW,
        "front.remark": VIEW,
    },
    Role.COORDINATOR: {
        "wagtailadmin": ("access",),
        "base.picture": ALL,
        "topics": VIEW,
        "place": ALL,
        "place.centre": ("view", "change", "choose"),  # a new one, and the end of one, are the administrators'
        "events": ALL,
        "people.person": VIEW,
        "people.organisation": VIEW,
        "people.rolegrant": ("view", "add", "delete"),
    },
    Role.AUDITOR: {
        "wagtailadmin": ("access",),
        "journal": VIEW,
        "people.rolegrant": VIEW,
        "people.organisation": VIEW,
    },
}


def allowed(roles: Iterable[str], permission: str) -> bool:
    """Whether one of the roles opens ``permission`` (``app.verb_noun``). Administrators open everything."""
    app, _dot, codename = permission.partition(".")
    verb, _underscore, noun = codename.partition("_")
    return any(role == Role.ADMINISTRATOR or verb in _verbs(TABLE.get(role, {}), app, noun) for role in roles)


def opens_app(roles: Iterable[str], app: str) -> bool:
    """Whether one of the roles opens anything at all of an app."""
    return any(
        role == Role.ADMINISTRATOR or any(place.partition(".")[0] == app for place in TABLE.get(role, {}))
        for role in roles
    )


def _verbs(row: dict[str, tuple[str, ...]], app: str, noun: str) -> tuple[str, ...]:
    return row.get(f"{app}.{noun}", row.get(app, ()))
