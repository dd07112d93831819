"""Every page of the room, by the name of its address: what the tests of looks, bytes and trees go through.

A new address must be put into one of the two lists; ``test_every_page`` fails until it is.
"""

from dataclasses import dataclass

from tests.journeys.stage import Stage

RESIDENT = "resident 14"  # has signed up, and has a message
OPEN, RUN = "{open-2}", "/samordna{to-change}"
EVENT = "/program/prova-vr-och-3d"
CENTRE, RUN_CENTRE = "/center/stadsbiblioteket", "/samordna/center/stadsbiblioteket"


@dataclass(frozen=True)
class PageOf:
    """A page: where it is (``{name}`` is an occurrence of the stage, empty: an address of the stage), and who sees it."""

    name: str
    address: str = ""
    role: str = ""

    def path(self, stage: Stage) -> str:
        """The address on this stage, in Swedish."""
        address = self.address or stage.addresses[self.name]
        for name, time in stage.times.items():
            address = address.replace("{" + name + "}", time)
        return address


PUBLIC = [
    PageOf("front:home", "/"),
    PageOf("front:search", "/sok?q=bankid"),
    PageOf("front:about", "/om"),
    PageOf("front:accessibility", "/tillganglighet"),
    PageOf("front:privacy", "/integritet"),
    PageOf("front:open_data", "/oppna-data"),
    PageOf("front:contact", "/kontakt"),
    PageOf("front:thanks", "/kontakt/tack"),
    PageOf("base:kit", "/ui/"),
    PageOf("base:reading", "/lasning"),
    PageOf("place:centre_list", "/center"),
    PageOf("place:centre", CENTRE),
    PageOf("place:centre_print", f"{CENTRE}/skriv-ut"),
    PageOf("place:help_list", "/hjalp"),
    PageOf("place:help_topic", "/hjalp/skaffa-bankid"),
    PageOf("events:programme", "/program"),
    PageOf("events:month", "/program/manad/2018-02"),
    PageOf("events:event", EVENT),
    PageOf("events:event_occurrences", f"{EVENT}/tillfallen"),
    PageOf("events:event_print", f"{EVENT}/skriv-ut"),
    PageOf("events:occurrence", OPEN),
    PageOf("events:occurrence_print", f"{OPEN}/skriv-ut"),
    PageOf("cancelled"),
    PageOf("events:sign_up", f"{OPEN}/anmalan"),
    PageOf("events:cancel_by_slip", "/avboka"),
    PageOf("events:slip_cancelled", "/avboka/klar"),
    PageOf("people:take_key", "/nyckel"),
    PageOf("people:sign_in", "/logga-in"),
    PageOf("people:sign_in_by_qr", "/nyckel/qr"),
    PageOf("people:sign_in_by_email", "/logga-in/e-post"),
    PageOf("people:sign_in_by_passkey", "/logga-in/passkey"),
    PageOf("people:sign_in_by_code", "/logga-in/kod"),
    PageOf("people:sign_out", "/logga-ut"),
    PageOf("people:erased", "/raderat"),
]

RESIDENTS = [
    PageOf("front:my_page", "/min-sida", RESIDENT),
    PageOf("notices:notice_list", "/besked", RESIDENT),
    PageOf("notices:notice_detail", "", RESIDENT),
    PageOf("people:my_keys", "/mitt-konto/nycklar", RESIDENT),
    PageOf("people:account", "/mitt-konto", RESIDENT),
    PageOf("people:account_name", "/mitt-konto/namn", RESIDENT),
    PageOf("people:account_reading", "/mitt-konto/lasning", RESIDENT),
    PageOf("people:account_acceptance", "/mitt-konto/plats", RESIDENT),
    PageOf("people:add_email", "/mitt-konto/e-post", RESIDENT),
    PageOf("people:passkeys", "/mitt-konto/passkey", RESIDENT),
    PageOf("people:time_codes", "/mitt-konto/engangskoder", RESIDENT),
    PageOf("people:my_data", "/mitt-konto/uppgifter", RESIDENT),
    PageOf("people:erase", "/mitt-konto/radera", RESIDENT),
    PageOf("people:sign_in_again", "/logga-in/igen", RESIDENT),
    PageOf("people:sign_in_strongly", "/logga-in/starkare", RESIDENT),
    PageOf("events:sign_up signed in", "{open-1}/anmalan", "resident"),
    PageOf("events:waiting_list", "{one-seat-3}/reservlista", "resident"),
    PageOf("events:registration", f"{OPEN}/anmalan/min", RESIDENT),
    PageOf("events:receipt", f"{OPEN}/anmalan/kvitto", RESIDENT),
    PageOf("events:change_seats", f"{OPEN}/anmalan/platser", RESIDENT),
    PageOf("events:cancel", f"{OPEN}/anmalan/avboka", RESIDENT),
]

STAFF = [
    PageOf("front:desk", "/disk", "guide"),
    PageOf("people:desk_key", "/disk/nyckel", "guide"),
    PageOf("people:desk_key_person", "", "guide"),
    PageOf("people:desk_shared_computer", "/disk/delad-dator", "guide"),
    PageOf("notices:desk", "/disk/besked", "guide"),
    PageOf("events:desk_programme", "/disk/program", "guide"),
    PageOf("events:desk_calls", "/disk/ring", "guide"),
    PageOf("events:desk_door", f"/disk{OPEN}", "guide"),
    PageOf("events:desk_door, people coming in", "/disk{soon-2}", "guide"),
    PageOf("events:desk_list_print", f"/disk{OPEN}/skriv-ut", "guide"),
    PageOf("events:desk_sign_up", f"/disk{OPEN}/anmal", "guide"),
    PageOf("events:my_events", "/samordna/program", "coordinator"),
    PageOf("events:new_event", "/samordna/nytt", "coordinator"),
    PageOf("events:run_event", "/samordna" + EVENT, "coordinator"),
    PageOf("events:edit_event", f"/samordna{EVENT}/andra", "coordinator"),
    PageOf("events:add_times", f"/samordna{EVENT}/tider", "coordinator"),
    PageOf("events:move_time", f"{RUN}/flytta", "coordinator"),
    PageOf("events:change_capacity", f"{RUN}/platser", "coordinator"),
    PageOf("events:cancel_time", f"{RUN}/stall-in", "coordinator"),
    PageOf("place:centre_choice", "/samordna/center", "coordinator"),
    PageOf("place:run", RUN_CENTRE, "coordinator"),
    PageOf("place:edit_texts", f"{RUN_CENTRE}/texter", "coordinator"),
    PageOf("place:edit_hours", f"{RUN_CENTRE}/tider", "coordinator"),
    PageOf("place:add_period", f"{RUN_CENTRE}/perioder/ny", "coordinator"),
    PageOf("place:edit_period", "", "coordinator"),
    PageOf("place:remove_period", "", "coordinator"),
    PageOf("place:close_day", f"{RUN_CENTRE}/stangda-dagar/ny", "coordinator"),
    PageOf("place:stances", f"{RUN_CENTRE}/hjalp", "coordinator"),
    PageOf("place:edit_stance", f"{RUN_CENTRE}/hjalp/skaffa-bankid", "coordinator"),
    PageOf("front:journal", "/journal", "auditor"),
]

ERRORS = [PageOf("404", "/finns-inte"), PageOf("404 in the programme", "/program/finns-inte")]

EVERY = [*PUBLIC, *RESIDENTS, *STAFF, *ERRORS]

NO_PAGE = {
    "a file, or an answer to a program": {
        "health_live", "health_ready", "robots", "sitemap", "sitemap_part", "security", "base:manifest",
        "favicon.ico", "apple-touch-icon.png", "picture", "events:calendar_file", "people:my_data_file", "people:extend",
    },
    "only receives a form, and leads to a page that is in the lists": {
        "people:sign_out_everywhere", "people:end_sign_in", "people:add_sso", "notices:read", "notices:read_all",
        "events:answer_offer", "events:desk_act", "events:desk_walk_in", "events:publish_event",
        "events:unpublish_event",
    },
    "only receives a form; its page is looked at in the journeys": {
        "people:card_pdf", "people:card_sheet", "people:replace_my_key", "people:retire_my_key",
    },
    "leads to a page that is in the lists": {"events:this_month"},
    "comes after a form was sent; its page is looked at in the journeys of the ways to sign in": {
        "people:email_code", "people:time_code", "people:confirm_email", "people:remove_email",
        "people:remove_passkey", "people:remove_time_codes",
    },
    "one form like place:remove_period": {"place:reopen_day"},
    "there only where a city's own sign-in is set up, and tested there": {"people:sso", "people:sso_answer"},
}  # fmt: skip
"""Addresses that are no page of their own, by the reason."""
