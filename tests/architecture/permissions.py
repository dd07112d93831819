"""The permission table: every address of the room, with whose object it is tried and who may reach it.

``open`` means that the page or act is reached (what it then says of a form without contents is its own tests' matter),
``sign-in`` that a visitor is asked to sign in, ``none`` that there is nothing there (404); ``turned-back`` is met in the
back office alone (``permissions_back_office.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Outcome = Literal["open", "sign-in", "none", "turned-back"]
type Method = Literal["get", "post"]

STAFF = (
    "host", "guide", "coordinator", "employee", "service-owner", "partner", "moderator", "editor",
    "answering-officer", "director", "auditor", "administrator",
)  # fmt: skip
ROLES = ("visitor", "resident", "neighbour", *STAFF)
"""``resident`` owns what is tried as one's own; ``neighbour`` is another resident. Guide, coordinator and host have
their role at the main centre, the others for the whole city."""


@dataclass(frozen=True)
class Who:
    """Who reaches an address; everyone else finds nothing, and a visitor is asked to sign in."""

    roles: frozenset[str]
    asks_visitor: bool = True

    def outcome(self, role: str) -> Outcome:
        """What one role meets."""
        if role in self.roles:
            return "open"
        return "sign-in" if role == "visitor" and self.asks_visitor else "none"


def only(*roles: str) -> Who:
    """These alone."""
    return Who(frozenset(roles))


EVERYONE = Who(frozenset(ROLES))
SIGNED_IN = Who(frozenset(ROLES) - {"visitor"})
CITY = Who(frozenset(ROLES) - {"visitor", "resident", "neighbour", "host", "partner"}, asks_visitor=False)
CITY_SIGNED_IN = Who(CITY.roles)
RESIDENT = only("resident")
COORDINATOR = only("coordinator")
DESK = only("guide", "coordinator")
KEY_DESK = only("guide", "coordinator", "administrator")
MAKERS = only("coordinator", "editor", "administrator")
CITY_MAKERS = only("editor", "administrator")
RUNNERS = only("coordinator", "administrator")
ADMINISTRATOR = only("administrator")
AUDITORS = only("auditor", "administrator")
NOBODY_AT_ALL = Who(frozenset(), asks_visitor=False)
NOBODY = only()

# Which of the world's objects an address is tried with (tests/architecture/test_permissions.py makes them).
OURS, THEIRS, INTERNAL = "ours", "theirs", "internal"


@dataclass(frozen=True)
class Row:
    """One address, tried with the objects of one kind. ``why`` tells what is not plain to see."""

    name: str
    who: Who
    kind: str = ""
    method: Method = "get"
    why: str = ""


def rows(who: Who, *names: str, kind: str = "", method: Method = "get", why: str = "") -> list[Row]:
    """The same for several addresses."""
    return [Row(name, who, kind, method, why) for name in names]


def of_places(ours: Who, theirs: Who, *names: str, internal: Who | None = None, method: Method = "get") -> list[Row]:
    """The same address with our centre's object, another centre's, and (where given) one for city employees alone."""
    table = [*rows(ours, *names, kind=OURS, method=method), *rows(theirs, *names, kind=THEIRS, method=method)]
    return table + (rows(internal, *names, kind=INTERNAL, method=method) if internal else [])


TABLE: list[Row] = [
    # Without a language: health, robots, icons, the open API
    *rows(EVERYONE, "health_live", "robots", "sitemap", "sitemap_part", "security", "favicon.ico"),
    *rows(EVERYONE, "apple-touch-icon.png"),
    *rows(NOBODY_AT_ALL, "picture", why="a picture that nobody has added"),
    *rows(EVERYONE, "health_ready", why="503 for everyone as long as no worker runs"),
    *rows(EVERYONE, "api:openapi-json", "api:areas", "api:levels", "api:competences", "api:competence", "api:themes"),
    *rows(EVERYONE, "api:help_topics", "api:help_topic", "api:centres", "api:events", "api:occurrences"),
    *of_places(EVERYONE, EVERYONE, "api:centre"),
    *of_places(EVERYONE, EVERYONE, "api:event", "api:occurrence", internal=NOBODY_AT_ALL),
    *rows(NOBODY_AT_ALL, "api:api-root", why="an index without contents"),
    # The house
    *rows(EVERYONE, "base:kit", "base:reading", "base:manifest"),
    *rows(EVERYONE, "base:reading", method="post"),
    # Keys and ways to sign in
    *rows(EVERYONE, "people:take_key", "people:sign_in_by_qr", "people:sign_in", "people:sign_out", "people:erased"),
    *rows(EVERYONE, "people:take_key", "people:sign_in_by_qr", "people:sign_in", "people:sign_out", method="post"),
    *rows(EVERYONE, "people:card_pdf", "people:card_sheet", method="post", why="410 without the sealed card"),
    *rows(EVERYONE, "people:sign_in_by_email", "people:sign_in_by_passkey", "people:sign_in_by_code"),
    *rows(EVERYONE, "people:sign_in_by_email", "people:sign_in_by_passkey", "people:sign_in_by_code", method="post"),
    *rows(EVERYONE, "people:email_code", "people:time_code", why="leads back to the address until one is given"),
    *rows(NOBODY_AT_ALL, "people:sso", "people:sso_answer", why="there where a city's sign-in is set up"),
    *rows(SIGNED_IN, "people:extend", "people:sign_in_strongly", "people:sign_in_again"),
    # My account
    *rows(SIGNED_IN, "people:my_keys", "people:account", "people:account_name", "people:account_reading"),
    *rows(SIGNED_IN, "people:account_acceptance", "people:add_email", "people:confirm_email", "people:remove_email"),
    *rows(SIGNED_IN, "people:passkeys", "people:time_codes", "people:remove_time_codes", "people:my_data"),
    *rows(SIGNED_IN, "people:my_data_file", "people:erase"),
    *rows(SIGNED_IN, "people:account_name", "people:account_reading", "people:account_acceptance", method="post"),
    *rows(SIGNED_IN, "people:add_email", "people:remove_email", "people:passkeys", "people:erase", method="post"),
    *rows(SIGNED_IN, "people:sign_out_everywhere", "people:replace_my_key", method="post"),
    *rows(NOBODY, "people:retire_my_key", method="post", why="a form that names no card of one's own"),
    *rows(RESIDENT, "people:end_sign_in", method="post", why="the sign-in of the resident's other device"),
    *rows(NOBODY, "people:remove_passkey", why="nobody has a passkey with that number"),
    *rows(NOBODY, "people:add_sso", method="post", why="there where a city's sign-in is set up"),
    # The desk's keys
    *rows(KEY_DESK, "people:desk_key", "people:desk_key_person", "people:desk_shared_computer"),
    *rows(KEY_DESK, "people:desk_key", "people:desk_key_person", "people:desk_shared_computer", method="post"),
    # Notices
    *rows(SIGNED_IN, "notices:notice_list"),
    *rows(SIGNED_IN, "notices:read_all", method="post"),
    *rows(COORDINATOR, "notices:notice_detail", why="a notice of the coordinator's"),
    *rows(COORDINATOR, "notices:read", method="post", why="a notice of the coordinator's"),
    *rows(KEY_DESK, "notices:desk"),
    *rows(KEY_DESK, "notices:desk", method="post"),
    # Centres
    *rows(EVERYONE, "place:centre_list", "place:help_list", "place:help_topic"),
    *of_places(EVERYONE, EVERYONE, "place:centre", "place:centre_print"),
    *rows(RUNNERS, "place:centre_choice"),
    *of_places(RUNNERS, ADMINISTRATOR, "place:run", "place:edit_texts", "place:edit_hours", "place:add_period"),
    *of_places(RUNNERS, ADMINISTRATOR, "place:edit_period", "place:remove_period", "place:close_day"),
    *of_places(RUNNERS, ADMINISTRATOR, "place:reopen_day", "place:stances", "place:edit_stance"),
    *of_places(RUNNERS, ADMINISTRATOR, "place:edit_texts", "place:edit_hours", "place:add_period", method="post"),
    *of_places(RUNNERS, ADMINISTRATOR, "place:edit_period", "place:remove_period", "place:close_day", method="post"),
    *of_places(RUNNERS, ADMINISTRATOR, "place:reopen_day", "place:edit_stance", method="post"),
    # The programme
    *rows(EVERYONE, "events:programme", "events:this_month", "events:month", "events:cancel_by_slip"),
    *rows(EVERYONE, "events:slip_cancelled"),
    *rows(EVERYONE, "events:cancel_by_slip", method="post"),
    *of_places(EVERYONE, EVERYONE, "events:event", "events:event_occurrences", "events:event_print", internal=CITY),
    *of_places(EVERYONE, EVERYONE, "events:occurrence", "events:calendar_file", internal=CITY),
    *of_places(EVERYONE, EVERYONE, "events:occurrence_print", "events:sign_up", "events:waiting_list", internal=CITY),
    *of_places(EVERYONE, EVERYONE, "events:sign_up", "events:waiting_list", internal=CITY, method="post"),
    # My sign-ups: the resident has one at ours and one at theirs; others are led to sign up
    *of_places(SIGNED_IN, SIGNED_IN, "events:registration", "events:cancel", internal=CITY_SIGNED_IN),
    *of_places(RESIDENT, RESIDENT, "events:receipt", "events:change_seats", internal=NOBODY),
    *of_places(RESIDENT, RESIDENT, "events:change_seats", internal=NOBODY, method="post"),
    *of_places(NOBODY, NOBODY, "events:answer_offer", internal=NOBODY, method="post"),
    # The programme's desk
    *rows(DESK, "events:desk_programme", "events:desk_calls"),
    *of_places(DESK, NOBODY, "events:desk_door", "events:desk_list_print", "events:desk_sign_up", internal=DESK),
    *of_places(DESK, NOBODY, "events:desk_sign_up", "events:desk_walk_in", internal=DESK, method="post"),
    *of_places(DESK, NOBODY, "events:desk_act", method="post"),
    # Making the programme
    *rows(MAKERS, "events:my_events", "events:new_event"),
    *rows(MAKERS, "events:new_event", method="post"),
    *of_places(MAKERS, CITY_MAKERS, "events:run_event", "events:edit_event", "events:add_times", internal=MAKERS),
    *of_places(MAKERS, CITY_MAKERS, "events:move_time", "events:change_capacity", internal=MAKERS),
    *of_places(MAKERS, CITY_MAKERS, "events:cancel_time", internal=MAKERS),
    *of_places(MAKERS, CITY_MAKERS, "events:edit_event", "events:add_times", internal=MAKERS, method="post"),
    *of_places(MAKERS, CITY_MAKERS, "events:publish_event", "events:unpublish_event", internal=MAKERS, method="post"),
    *of_places(MAKERS, CITY_MAKERS, "events:move_time", "events:change_capacity", internal=MAKERS, method="post"),
    *of_places(MAKERS, CITY_MAKERS, "events:cancel_time", internal=MAKERS, method="post"),
    # The pages that gather
    *rows(EVERYONE, "front:home", "front:search", "front:about", "front:accessibility", "front:privacy"),
    *rows(EVERYONE, "front:open_data", "front:contact", "front:thanks"),
    *rows(EVERYONE, "front:contact", method="post"),
    *rows(SIGNED_IN, "front:my_page"),
    *rows(DESK, "front:desk"),
    *rows(AUDITORS, "front:journal"),
]
