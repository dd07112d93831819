"""The back office: Wagtail's admin, with its own Content-Security-Policy."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [path("", include(wagtailadmin_urls))]
