from django.urls import path

from yichuang.ledger import pages

app_name = "ledger"
urlpatterns = [
    path("ledger/", pages.events, name="events"),
    path("ledger/subjects/<path:subject>", pages.history, name="history"),
    path("ledger/events/<int:pk>/text", pages.text, name="text"),
    path("ledger/seals", pages.seals, name="seals"),
    path("ledger/parked", pages.parked, name="parked"),
    path("ledger/root", pages.root, name="root"),
    path("worker/", pages.worker, name="worker"),
    path("worker/parked/<int:pk>/retry", pages.retry, name="retry"),
]
