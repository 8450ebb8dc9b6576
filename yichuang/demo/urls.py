from django.urls import path

from yichuang.demo import pages

app_name = "demo"
urlpatterns = [
    path("", pages.entrance, name="entrance"),
    path("enter", pages.enter, name="enter"),
]
