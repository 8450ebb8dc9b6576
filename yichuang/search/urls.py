from django.urls import path

from yichuang.search import pages

app_name = "search"
urlpatterns = [path("", pages.phrases, name="phrases")]
