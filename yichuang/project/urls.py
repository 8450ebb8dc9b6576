from typing import Any

from django.urls import path

from yichuang.project import pages

urlpatterns: list[Any] = [
    path("tls/guide", pages.tls_guide, name="tls_guide"),
    path("tls/ca.crt", pages.tls_authority, name="tls_authority"),
]
