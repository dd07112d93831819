"""The back office: Wagtail's admin under a policy of its own, behind the room's own sign-in, with few of its doors open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import ResolverMatch, include, path, reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from digirum.people.guards import for_roles
from digirum.people.models import Role
from digirum.people.views.sign_in import sign_out

ADMIN_NEEDS: dict[str, list[str]] = {
    # Wagtail starts its own scripts in the page and styles them there; nothing comes from elsewhere.
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "worker-src": [CSP.SELF, "blob:"],
}
POLICY = dict[str, list[str]](settings.SECURE_CSP) | ADMIN_NEEDS

WHO = (Role.ADMINISTRATOR, Role.COORDINATOR, Role.EDITOR, Role.AUDITOR)

# Wagtail's own doors that are open. All others lead to things that this room does not have (pages, documents, workflows)
# or that would write without an act (users, groups, the account); a door that a later Wagtail adds is closed too.
OPEN = {
    "wagtailadmin_home",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    *(f"wagtailimages:{view}" for view in ("index", "index_results", "add", "edit", "delete", "preview")),
    *(f"wagtailimages_chooser:{view}" for view in ("choose", "choose_results", "chosen", "chosen_multiple", "create")),
}
# Wagtail's own record of who did what: the journal is ours.
CLOSED_VIEWS = {"history", "history_results", "usage"}


def is_open(match: ResolverMatch | None) -> bool:
    """Whether an address of the admin is one that this room uses."""
    if match is None or not match.url_name:
        return False
    if match.view_name.startswith("wagtail"):
        return match.view_name in OPEN
    return match.url_name not in CLOSED_VIEWS


def behind_open_doors[**P](view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The decorator: closed doors are not there (404), the others are for those with a role, awake."""
    for_staff = for_roles(*WHO)(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not is_open(request.resolver_match):
            raise Http404
        return for_staff(request, *args, **kwargs)

    return guarded


def sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Staff sign in where everybody does, only more strongly."""
    name = "people:sign_in_strongly" if request.user.is_authenticated else "people:sign_in"
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse(name) + (f"?{query}" if query else ""))


def account(request: HttpRequest) -> HttpResponseRedirect:
    """One's own things are on one's own page, for staff as for everybody."""
    return HttpResponseRedirect(reverse("people:account"))


def many_pictures(request: HttpRequest) -> HttpResponseRedirect:
    """Pictures come one at a time, each with its words; Wagtail's form for many would keep them without."""
    return HttpResponseRedirect(reverse("wagtailimages:add"))


urlpatterns = [
    path("login/", sign_in, name="wagtailadmin_login"),
    path("logout/", sign_out, name="wagtailadmin_logout"),
    path("account/", account, name="wagtailadmin_account"),
    path("images/multiple/add/", many_pictures),
    *decorate_urlpatterns(
        [path("", include(wagtailadmin_urls))], lambda view: csp_override(POLICY)(behind_open_doors(view))
    ),
]
