"""Every route, page or operation of the API, declares whom it is for; the same check refuses to start the server."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import path
from ninja import NinjaAPI

from yichuang.kit.audience import Audience, Guard, declared_by, public, staff
from yichuang.kit.guard import GuardMiddleware
from yichuang.project import checks
from yichuang.project.routes import walk
from yichuang.staff.api import public_api, staff_api


def answer(request):
    return HttpResponse("open")


def faults_of(*patterns):
    return checks.faults(walk(list(patterns)))


def test_every_route_declares_its_audience():
    routes = list(walk())
    assert len(routes) > 50, "the walk lost its way"
    assert checks.faults(routes) == []


def test_the_walk_sees_operations_of_the_api():
    methods = {one.method for route in walk() for one in route.declared}
    assert {"", "GET", "POST"} <= methods


def test_an_undeclared_page_is_found():
    (fault,) = faults_of(path("secret", answer))
    assert "/secret" in fault
    assert "declares no audience" in fault


def test_a_permission_that_nobody_can_hold_is_found():
    def view(request):
        return HttpResponse()

    (fault,) = faults_of(path("x", staff("cases.acept")(view)))
    assert "cases.acept" in fault


@pytest.mark.parametrize("audience", [Audience.CITIZEN, Audience.DEVICE, Audience.CLIENT])
def test_an_audience_that_nobody_checks_is_found_and_closed(audience, rf):
    def view(request):
        return HttpResponse()

    view.guard = Guard(audience)
    (fault,) = faults_of(path("x", view))
    assert "nobody checks" in fault
    with pytest.raises(ImproperlyConfigured):
        GuardMiddleware(answer).process_view(rf.get("/x"), view, (), {})


def test_an_undeclared_operation_of_the_api_is_found():
    api = NinjaAPI(urls_namespace="test-undeclared", docs_url=None, openapi_url=None)
    api.get("/good", auth=staff_api("cases.view"))(lambda request: None)
    api.get("/open", auth=public_api)(lambda request: None)
    api.get("/forgotten")(lambda request: None)
    # ninja lets in whoever passes any of several: then the public one opens the operation.
    api.get("/both", auth=[staff_api("cases.view"), public_api])(lambda request: None)
    api.get("/foreign", auth=lambda request: True)(lambda request: None)
    found = faults_of(path("api/", api.urls))
    assert len(found) == 3
    for name in ("/forgotten", "/both", "/foreign"):
        assert any(name in fault for fault in found), (name, found)


def test_one_undeclared_method_closes_the_whole_path(rf):
    api = NinjaAPI(urls_namespace="test-method", docs_url=None, openapi_url=None)
    api.get("/x", auth=public_api)(lambda request: None)
    api.post("/x")(lambda request: None)
    route = next(route for route in walk([path("api/", api.urls)]) if route.pattern.endswith("x"))
    with pytest.raises(ImproperlyConfigured):
        GuardMiddleware(answer).process_view(rf.get("/api/x"), route.view, (), {})


def test_an_undeclared_view_is_never_run(rf):
    with pytest.raises(ImproperlyConfigured):
        GuardMiddleware(answer).process_view(rf.get("/secret"), answer, (), {})


class Undeclared:
    urlpatterns = [path("secret", answer), path("fine", public(lambda request: HttpResponse()))]


def test_the_system_check_and_the_start_of_the_server_refuse_it(settings):
    assert not [message for message in run_checks() if message.id == "yichuang.E001"]
    checks.refuse_to_start()
    settings.ROOT_URLCONF = Undeclared
    errors = [message for message in run_checks() if message.id == "yichuang.E001"]
    assert len(errors) == 1
    with pytest.raises(ImproperlyConfigured, match="/secret"):
        checks.refuse_to_start()


def test_a_guard_survives_the_decorators_of_django():
    from django.views.decorators.http import require_POST

    def view(request):
        return HttpResponse()

    for marked in (require_POST(staff("cases.view")(view)), staff("cases.view")(require_POST(view))):
        assert declared_by(marked)[0].guard == Guard(Audience.STAFF, "cases.view")
