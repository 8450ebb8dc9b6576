from django.urls import path

from yichuang.places.pages import composition, departments, divisions, halls, hours, windows

app_name = "places"
urlpatterns = [
    path("", halls.halls, name="halls"),
    path("halls/new", halls.registration, name="hall_registration"),
    path("halls/<str:code>/", halls.detail, name="hall"),
    path("halls/<str:code>/change", halls.change, name="hall_change"),
    path("halls/<str:code>/state", halls.state, name="hall_state"),
    path("halls/<str:code>/closing", halls.closing, name="hall_closing"),
    path("halls/<str:code>/day", halls.day, name="business_day"),
    path("halls/<str:code>/hours/", hours.timetable, name="hours"),
    path("halls/<str:code>/hours/new", hours.addition, name="hours_addition"),
    path("halls/<str:code>/hours/<int:pk>/ending", hours.ending, name="hours_ending"),
    path("halls/<str:code>/hours/special", hours.special, name="special_hours"),
    path("halls/<str:code>/hours/special/removal", hours.special_removal, name="special_hours_removal"),
    path("halls/<str:code>/windows/new", windows.opening, name="window_opening"),
    path("halls/<str:code>/windows/<int:pk>/change", windows.change, name="window_change"),
    path("halls/<str:code>/windows/<int:pk>/status", windows.status, name="window_status"),
    path("composition", composition.composition, name="composition"),
    path("composition/rules/", composition.rules, name="rules"),
    path("composition/rules/<str:hall_kind>/<str:measure>", composition.rule, name="rule"),
    path("functions/", composition.functions, name="functions"),
    path("functions/new", composition.function_page, name="function_registration"),
    path("functions/<slug:code>", composition.function_page, name="function"),
    path("departments/", departments.departments, name="departments"),
    path("departments/new", departments.registration, name="department_registration"),
    path("departments/bulk", departments.bulk, name="department_bulk"),
    path("departments/<int:pk>/change", departments.change, name="department_change"),
    path("departments/<int:pk>/closing", departments.closing, name="department_closing"),
    path("divisions/", divisions.tree, name="divisions"),
    path("divisions/new", divisions.registration, name="division_registration"),
    path("divisions/bulk", divisions.bulk, name="division_bulk"),
    path("divisions/<int:pk>/", divisions.detail, name="division"),
    path("divisions/<int:pk>/renaming", divisions.renaming, name="division_renaming"),
    path("divisions/<int:pk>/closing", divisions.closing, name="division_closing"),
]
