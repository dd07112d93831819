"""Addresses of the pages that gather."""

from django.urls import URLPattern, URLResolver, path

from digirum.front.views import about, desk, home, journal, my_page, remark, search

app_name = "front"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("sok", search.search_page, name="search"),
    path("min-sida", my_page.my_page, name="my_page"),
    path("disk", desk.desk, name="desk"),
    path("journal", journal.journal, name="journal"),
    path("om", about.about, name="about"),
    path("tillganglighet", about.accessibility, name="accessibility"),
    path("integritet", about.privacy, name="privacy"),
    path("oppna-data", about.open_data, name="open_data"),
    path("kontakt", remark.contact, name="contact"),
    path("kontakt/tack", remark.thanks, name="thanks"),
]
