from django.urls import path

from yichuang.catalogue.pages import editing, importing, items, lists

app_name = "catalogue"
urlpatterns = [
    path("", items.items, name="list"),
    path("items/<str:code>/", items.item, name="item"),
    path("items/<str:code>/limits", editing.limits, name="limits"),
    path("items/<str:code>/placement", editing.placing, name="placement"),
    path("items/<str:code>/versions/<int:number>/source", items.source, name="source"),
    path("items/<str:code>/versions/<int:number>/publication", editing.publishing, name="publication"),
    path("items/<str:code>/versions/<int:number>/retirement", editing.retirement, name="retirement"),
    path("imports/", importing.imports, name="imports"),
    path("imports/<int:pk>/", importing.run, name="run"),
    path("imports/<int:pk>/report.json", importing.report_file, name="report"),
    path("imports/<int:pk>/source", importing.source_file, name="source_file"),
    path("quarantine/", importing.quarantined, name="quarantine"),
    path("quarantine/<int:pk>/resolution", importing.resolution, name="resolution"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<slug:key>/", lists.one, name="published_list"),
    path("lists/<slug:key>/items.csv", lists.file, name="list_file"),
]
