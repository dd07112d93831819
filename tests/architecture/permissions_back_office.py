"""The permission table of the back office: every address below ``/redaktion/``, with each role, own and others' nouns.

Visitors are asked to sign in at every open door. A closed door is there for nobody, and asks nobody to sign in.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.architecture.permissions import (
    ADMINISTRATOR,
    CITY_MAKERS,
    EVERYONE,
    INTERNAL,
    MAKERS,
    NOBODY,
    NOBODY_AT_ALL,
    OURS,
    RUNNERS,
    SIGNED_IN,
    THEIRS,
    Outcome,
    Row,
    Who,
    only,
    rows,
)

INSIDE = only("coordinator", "editor", "auditor", "administrator")
PEOPLE_SEEN = only("coordinator", "administrator")
ORGANISATIONS_SEEN = only("coordinator", "auditor", "administrator")


@dataclass(frozen=True)
class TurnedBack(Who):
    """Those inside whom the role does not let in are led to the first page with a message: Wagtail's own views do so."""

    def outcome(self, role: str) -> Outcome:
        """What one role meets."""
        inside = role in INSIDE.roles and role not in self.roles
        return "turned-back" if inside else super().outcome(role)


PICTURES = TurnedBack(MAKERS.roles)


def both(who: Who, *names: str, kind: str = "", why: str = "") -> list[Row]:
    """Looked at and sent."""
    return [*rows(who, *names, kind=kind, why=why), *rows(who, *names, kind=kind, method="post", why=why)]


def noun(
    space: str,
    lists: Who,
    *,
    add: Who = NOBODY,
    edit: Who = NOBODY,
    edit_theirs: Who | None = None,
    delete: Who = NOBODY,
    delete_theirs: Who | None = None,
) -> list[Row]:
    """A noun's two lists, its form for a new one, and the forms for ours and for another centre's (as ours, if not said)."""
    return [
        *rows(lists, f"{space}:index", f"{space}:index_results"),
        *both(add, f"{space}:add"),
        *both(edit, f"{space}:edit", kind=OURS),
        *both(edit_theirs or edit, f"{space}:edit", kind=THEIRS),
        *both(delete, f"{space}:delete", kind=OURS),
        *both(delete_theirs or delete, f"{space}:delete", kind=THEIRS),
    ]


def of_centre(space: str, *, edit: Who = RUNNERS, edit_theirs: Who = ADMINISTRATOR) -> list[Row]:
    """What belongs to one centre."""
    return noun(
        space,
        RUNNERS,
        add=RUNNERS,
        edit=edit,
        edit_theirs=edit_theirs,
        delete=RUNNERS,
        delete_theirs=ADMINISTRATOR,
    )


OUR_NOUNS: list[Row] = [
    # The programme
    *noun("events_programme", MAKERS, add=MAKERS, edit=MAKERS, edit_theirs=CITY_MAKERS),
    *both(MAKERS, "events_programme:edit", "events_publish", "events_unpublish", kind=INTERNAL),
    *both(MAKERS, "events_publish", "events_unpublish", kind=OURS),
    *both(CITY_MAKERS, "events_publish", "events_unpublish", kind=THEIRS),
    *noun("events_times", MAKERS, edit=MAKERS, edit_theirs=CITY_MAKERS),
    *noun("events_cancellations", MAKERS),
    *noun("events_moves", MAKERS),
    *noun("events_sign_ups", RUNNERS),
    *noun("events_offers", RUNNERS),
    *noun("events_check_ins", RUNNERS),
    *noun("events_calls", RUNNERS),
    # Centres
    *noun("centres", RUNNERS, add=ADMINISTRATOR, edit=RUNNERS, edit_theirs=ADMINISTRATOR, delete=ADMINISTRATOR),
    *of_centre("weekly-hours"),
    *of_centre("hours-periods"),
    *of_centre("closed-days"),
    *of_centre("accessibility-facts"),
    *of_centre("spoken-languages", edit=NOBODY, edit_theirs=NOBODY),
    *of_centre("centre-help"),
    # Topics: the whole city's, without ours and theirs
    *noun("themes", MAKERS, add=CITY_MAKERS, edit=CITY_MAKERS, delete=ADMINISTRATOR),
    *noun("help-topics", MAKERS, add=CITY_MAKERS, edit=CITY_MAKERS, delete=ADMINISTRATOR),
    *noun("competences", MAKERS, edit=CITY_MAKERS),
    *noun("areas", MAKERS, edit=CITY_MAKERS),
    # People. Ours: a resident, our unit, our guide's role; theirs: a protected identity, their unit, their guide's role
    *noun("persons", PEOPLE_SEEN, edit=ADMINISTRATOR),
    *noun("organisations", ORGANISATIONS_SEEN, add=ADMINISTRATOR, edit=ADMINISTRATOR),
    *noun("roles", ORGANISATIONS_SEEN, add=PEOPLE_SEEN, delete=PEOPLE_SEEN, delete_theirs=ADMINISTRATOR),
    *rows(ADMINISTRATOR, "people_let_in_ask", kind=OURS),
    *rows(ADMINISTRATOR, "people_let_in", kind=OURS, method="post"),
    *rows(PEOPLE_SEEN, "person_chooser:choose", "person_chooser:choose_results"),
    *rows(PEOPLE_SEEN, "person_chooser:chosen", "person_chooser:chosen_multiple", kind=OURS),
    *rows(ADMINISTRATOR, "person_chooser:chosen", kind=THEIRS),
    *both(NOBODY, "person_chooser:create", why="persons are made by taking a key"),
    # What the house does and hears
    *noun("remarks", CITY_MAKERS),
    *rows(CITY_MAKERS, "remarks:inspect", kind=OURS),
    *noun("deliveries", ADMINISTRATOR),
    *noun("tasks", ADMINISTRATOR),
    *noun("recurring", ADMINISTRATOR),
    *noun("workers", ADMINISTRATOR),
    *both(ADMINISTRATOR, "notices_again", "base_task_again", kind=OURS),
    *rows(
        NOBODY_AT_ALL,
        *(f"{space}:{view}" for space in ("tasks", "recurring", "workers") for view in ("history", "history_results")),
        *(f"{space}:usage" for space in ("tasks", "recurring", "workers")),
        kind=OURS,
        why="Wagtail's own record of changes: the journal has a reader of its own",
    ),
]

WAGTAILS_OPEN: list[Row] = [
    *rows(INSIDE, "wagtailadmin_home", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"),
    *rows(INSIDE, "wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"),
    *rows(PICTURES, "wagtailimages:index", "wagtailimages:index_results", "wagtailimages:preview"),
    *both(PICTURES, "wagtailimages:add", "wagtailimages:edit", "wagtailimages:delete"),
    *rows(INSIDE, "wagtailimages_chooser:choose", "wagtailimages_chooser:choose_results", why="empty without the role"),
    *rows(INSIDE, "wagtailimages_chooser:chosen_multiple", why="empty without the role"),
    *rows(PICTURES, "wagtailimages_chooser:chosen"),
    *both(PICTURES, "wagtailimages_chooser:create"),
    # Where we stand in Wagtail's place
    *rows(SIGNED_IN, "wagtailadmin_login", why="leads to the room's own sign-in, and there to the stronger one"),
    *rows(EVERYONE, "wagtailadmin_account", "wagtailadmin_logout", "wagtailimages:add_multiple", why="lead elsewhere"),
    *rows(EVERYONE, "redaktion/images/multiple/add/", why="leads to the form for one picture"),
]


def closed(space: str, views: str) -> list[Row]:
    """Wagtail's doors in one namespace, closed to all."""
    return rows(NOBODY_AT_ALL, *(f"{space}{view}" for view in views.split()))


WAGTAILS_CLOSED: list[Row] = [
    *closed("wagtailadmin_api:pages:", "listing detail find action"),
    *closed("wagtailadmin_api:documents:", "listing detail find"),
    *closed("wagtailadmin_api:images:", "listing detail find"),
    *closed(
        "wagtailadmin_",
        "error_test explore_root explore explore_results choose_page choose_page_child choose_page_search "
        "choose_page_chosen_multiple choose_page_external_link choose_page_email_link choose_page_phone_link "
        "choose_page_anchor_link dismissibles block_preview password_reset password_reset_done "
        "password_reset_confirm password_reset_complete",
    ),
    *closed("", "wagtail_bulk_action"),
    *closed(
        "wagtailadmin_pages:",
        "add preview_on_add type_use choose_parent type_use_results usage edit preview_on_edit view_draft "
        "add_subpage delete unpublish convert_alias search search_results move move_confirm set_page_position "
        "copy workflow_action collect_workflow_action_data confirm_workflow_cancellation workflow_preview "
        "set_privacy lock unlock revisions_index revisions_view revisions_revert revisions_unschedule "
        "revisions_compare workflow_history workflow_history_detail history history_results",
    ),
    *closed("wagtailadmin_collections:", "index add edit delete set_privacy"),
    *closed(
        "wagtailadmin_workflows:",
        "index index_results add enable disable edit usage usage_results remove add_task select_task_type "
        "task_index task_index_results edit_task disable_task enable_task task_chooser task_chooser_results "
        "task_chooser_create task_chosen",
    ),
    *closed(
        "wagtailadmin_reports:",
        "locked_pages locked_pages_results workflow workflow_results workflow_tasks workflow_tasks_results "
        "site_history site_history_results aging_pages aging_pages_results page_types_usage "
        "page_types_usage_results",
    ),
    *closed("wagtailadmin_editing_sessions:", "ping release"),
    *closed("wagtailsnippets:", "index"),
    *closed(
        "wagtaildocs:",
        "index index_results add edit delete add_multiple edit_multiple "
        "create_multiple_from_uploaded_document delete_multiple delete_upload_multiple document_usage",
    ),
    *closed(
        "wagtailimages:",
        "url_generator url_generator_output image_usage edit_multiple create_multiple_from_uploaded_image "
        "delete_multiple delete_upload_multiple",
    ),
    *closed("wagtailusers_users:", "index index_results add edit delete history history_results usage copy"),
    *closed("wagtailusers_groups:", "index index_results add edit delete history history_results usage"),
    *closed("wagtaildocs_chooser:", "choose choose_results chosen chosen_multiple create"),
    *closed("wagtailimages_chooser:", "select_format"),
    *rows(NOBODY_AT_ALL, "redaktion/test404/", "redaktion/^", why="Wagtail's own page for what is not there"),
]

TABLE = [*OUR_NOUNS, *WAGTAILS_OPEN, *WAGTAILS_CLOSED]

FOUND: dict[str, tuple[Who, Who]] = {
    # In whose list ours is found, and theirs.
    "events_programme": (MAKERS, CITY_MAKERS),
    "events_times": (MAKERS, CITY_MAKERS),
    "events_cancellations": (MAKERS, CITY_MAKERS),
    "events_moves": (MAKERS, CITY_MAKERS),
    "events_sign_ups": (RUNNERS, ADMINISTRATOR),
    "events_offers": (RUNNERS, ADMINISTRATOR),
    "events_check_ins": (RUNNERS, ADMINISTRATOR),
    "events_calls": (RUNNERS, ADMINISTRATOR),
    "centres": (RUNNERS, ADMINISTRATOR),
    "weekly-hours": (RUNNERS, ADMINISTRATOR),
    "hours-periods": (RUNNERS, ADMINISTRATOR),
    "closed-days": (RUNNERS, ADMINISTRATOR),
    "accessibility-facts": (RUNNERS, ADMINISTRATOR),
    "spoken-languages": (RUNNERS, ADMINISTRATOR),
    "centre-help": (RUNNERS, ADMINISTRATOR),
    "themes": (MAKERS, MAKERS),
    "help-topics": (MAKERS, MAKERS),
    "competences": (MAKERS, MAKERS),
    "areas": (MAKERS, MAKERS),
    "persons": (PEOPLE_SEEN, ADMINISTRATOR),
    "organisations": (ORGANISATIONS_SEEN, ORGANISATIONS_SEEN),
    "roles": (ORGANISATIONS_SEEN, only("auditor", "administrator")),
    "remarks": (CITY_MAKERS, CITY_MAKERS),
    "deliveries": (ADMINISTRATOR, ADMINISTRATOR),
    "tasks": (ADMINISTRATOR, ADMINISTRATOR),
    "recurring": (ADMINISTRATOR, ADMINISTRATOR),
    "workers": (ADMINISTRATOR, ADMINISTRATOR),
}
