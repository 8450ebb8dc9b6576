from django.urls import path

from yichuang.workbench.pages import case, counter, home, lists

app_name = "workbench"
urlpatterns = [
    path("", home.home, name="home"),
    path("counter/", counter.counter, name="counter"),
    path("counter/identifier", counter.identifier_check, name="identifier"),
    path("counter/<path:code>/acceptance", counter.acceptance_page, name="acceptance"),
    path("todo/", lists.todo, name="todo"),
    path("issuing/", lists.issuing, name="issuing"),
    path("cases/", lists.find_cases, name="cases"),
    path("cases/<str:number>/", case.detail, name="case"),
    path("cases/<str:number>/accepted", case.accepted, name="accepted"),
    path("cases/<str:number>/decision", case.decision_page, name="decision"),
    path("cases/<str:number>/delivery", case.delivery_page, name="delivery"),
    path("cases/<str:number>/papers/<int:paper_id>.pdf", case.paper, name="paper"),
]
