"""Addresses that have no language: health, robots, maps, icons, pictures."""

from django.urls import URLPattern, URLResolver, path

from digirum.base.views import health, media, plain

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("robots.txt", plain.robots, name="robots"),
    path("sitemap.xml", plain.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", plain.sitemap, name="sitemap_part"),
    path(".well-known/security.txt", plain.security, name="security"),
    path("security.txt", plain.security),
    path("media/images/<str:name>", media.picture, name="picture"),
    *[path(name, plain.icon, {"name": name}, name=name) for name in plain.ICONS],
]
