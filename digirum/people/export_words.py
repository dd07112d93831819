"""What the rooms hold of a person, in words to read: the same facts as in the file for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from digirum.base import clock, languages
from digirum.people.models import Role
from digirum.people.models.person import Assurance
from digirum.people.strength import Method

# What the keys of the exports are called on the page. A key that is not here is shown as it is.
LABELS: dict[str, str | Promise] = {
    "people.account": _("My account"),
    "people.keys": _("My keys and sign-ins"),
    "notices": _("My messages"),
    "events": _("What I have signed up for"),
    "name": _("Name here"),
    "email": _("E-mail address"),
    "language": _("Language"),
    "reading": _("Reading settings"),
    "member_since": _("Member since"),
    "assurance": _("How well we know who you are"),
    "takes_freed_seats_at_once": _("Freed seats are taken at once"),
    "ways_to_sign_in": _("Ways to sign in"),
    "passkeys_and_time_codes": _("Passkeys and time codes"),
    "roles": _("Roles"),
    "role": _("Role"),
    "organisation": _("Organisation"),
    "from": _("From"),
    "to": _("Until"),
    "given": _("Given"),
    "kind": _("Kind"),
    "added": _("Added"),
    "last_used": _("Last used"),
    "last_used_at": _("Last used"),
    "keys": _("Cards"),
    "number": _("Number"),
    "made_at": _("Made"),
    "retired_at": _("Retired"),
    "sign_ins": _("Sign-ins"),
    "method": _("How"),
    "device": _("Device"),
    "started_at": _("Since"),
    "told": _("Told"),
    "title": _("Title"),
    "text": _("Text"),
    "link": _("Page"),
    "event": _("Event"),
    "starts": _("Begins"),
    "signed_up": _("Signed up"),
    "seats": _("Seats"),
    "state": _("State"),
    "came": _("Came"),
}

# What is kept as a code, in words. The file for programs has the codes.
VALUES: dict[str, Mapping[str, str | Promise]] = {
    "language": {language.code: language.name for language in languages.LANGUAGES},
    "assurance": dict(Assurance.choices),
    "ways_to_sign_in": {
        "key": _("key"), "email": Method.EMAIL.label, "passkey": Method.PASSKEY.label, "sso": Method.SSO.label
    },
    "method": dict(Method.choices),
    "role": dict(Role.choices),
    "kind": {"webauthn": Method.PASSKEY.label, "totp": _("Time codes")},
}  # fmt: skip


def label(key: str) -> str:
    """What a key is called."""
    return str(LABELS.get(key, key.replace("_", " ")))


def readable(value: object, key: str = "") -> dict[str, object]:
    """The value for ``people/_told.html``: ``rows`` of words and values, ``several`` of them, or ``text``.

    ``key`` is what it is called in the export: some hold codes, which are said in words.
    """
    if isinstance(value, Mapping):
        return {"rows": [(label(str(name)), readable(part, str(name))) for name, part in value.items()]}
    if isinstance(value, Sequence) and not isinstance(value, str):
        if any(isinstance(part, Mapping) for part in value):
            return {"several": [readable(part) for part in value]}
        return {"text": ", ".join(_in_words(part, key) for part in value)}
    return {"text": _in_words(value, key)}


def _in_words(value: object, key: str = "") -> str:
    if value is None:
        return ""
    if key in VALUES and isinstance(value, str):
        return str(VALUES[key].get(value, value))
    if isinstance(value, bool):
        return _t("Yes") if value else _t("No")
    if isinstance(value, datetime):
        return date_format(clock.local(value), "j F Y H:i")
    text = str(value)
    try:
        return date_format(clock.local(datetime.fromisoformat(text)), "j F Y H:i") if "T" in text else text
    except ValueError:
        return text
