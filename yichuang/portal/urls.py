from django.urls import path

from yichuang.portal import pages

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("halls", pages.halls, name="halls"),
    path("progress", pages.progress, name="progress"),
    path("guide/", pages.guides, name="guides"),
    path("guide/departments", pages.departments, name="departments"),
    path("guide/departments/<int:pk>", pages.department, name="department"),
    path("guide/<path:code>/qr.svg", pages.guide_qr, name="guide_qr"),
    path("guide/<path:code>", pages.guide, name="guide"),
]
