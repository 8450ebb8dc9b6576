from django.urls import path

from yichuang.calendars import pages

app_name = "calendars"
urlpatterns = [
    path("", pages.year, name="year"),
    path("<int:year>/", pages.year, name="year"),
    path("<int:year>/publication", pages.publication, name="publication"),
    path("<int:year>/day", pages.special_day, name="special_day"),
]
