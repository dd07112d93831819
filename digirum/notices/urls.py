"""Addresses of notices."""

from django.urls import URLPattern, URLResolver, path

from digirum.notices.views import notice

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("besked", notice.notice_list, name="notice_list"),
    path("besked/last", notice.read_all, name="read_all"),
    path("besked/<uuid:identifier>", notice.notice_detail, name="notice_detail"),
    path("besked/<uuid:identifier>/last", notice.read, name="read"),
    path("disk/besked", notice.desk, name="desk"),
]
