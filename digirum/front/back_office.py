"""The back office: Wagtail's admin under a policy of its own, behind the room's own sign-in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

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


def sign_in(request: HttpRequest) -> HttpResponse:
    """Staff sign in where everybody does, only more strongly."""
    name = "people:sign_in_strongly" if request.user.is_authenticated else "people:sign_in"
    query = request.GET.urlencode()
    return redirect(reverse(name) + (f"?{query}" if query else ""))


urlpatterns = [
    path("login/", sign_in, name="wagtailadmin_login"),
    *decorate_urlpatterns([path("", include(wagtailadmin_urls))], csp_override(POLICY)),
]
