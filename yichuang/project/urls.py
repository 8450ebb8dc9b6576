"""Every address of the platform. Each route declares its audience; ``project/checks.py`` refuses to start otherwise."""

from typing import Any

from django.urls import include, path

from yichuang.project import pages
from yichuang.project.api import api

urlpatterns: list[Any] = [
    path("", include("yichuang.portal.urls")),
    path("", include("yichuang.staff.urls")),
    path("desk/", include("yichuang.workbench.urls")),
    path("phrases/", include("yichuang.search.urls")),
    path("places/", include("yichuang.places.urls")),
    path("catalogue/", include("yichuang.catalogue.urls")),
    path("calendar/", include("yichuang.calendars.urls")),
    path("", include("yichuang.ledger.urls")),
    path("demo/", include("yichuang.demo.urls")),
    path("tls/guide", pages.tls_guide, name="tls_guide"),
    path("tls/ca.crt", pages.tls_authority, name="tls_authority"),
    path("api/openapi.json", pages.openapi, name="openapi"),
    path("api/v1/", api.urls),
]
