"""Administration through the pages: people, accounts, posts, skills, certificates."""

import re

import pytest

from yichuang.lib.actor import Actor, ActorKind, Scope
from yichuang.staff.actions import qualification
from yichuang.staff.models import Certificate, Staff
from yichuang.staff.queries import roles_of
from yichuang.staff.rules import PERMISSIONS, Role

BY = Actor(ActorKind.WORKER, "test", permissions=frozenset(PERMISSIONS), scope=Scope(everything=True))


def test_a_new_colleague_from_registration_to_the_first_day(
    client, client_of, system_admin, security_admin, zheng_hua, cast_places
):
    """The system administrator registers and opens the account, the security administrator grants, the bureau certifies."""
    system, security, bureau = client_of(system_admin), client_of(security_admin), client_of(zheng_hua)
    person = {"name": "何晓岚", "number": "0815", "phone": "0839-8720000", "deputy": ""}
    answer = system.post("/staff/new", person)
    colleague = Staff.objects.get(number="0815")
    assert answer["Location"] == f"/staff/{colleague.pk}/"
    assert colleague.phone == "08398720000"
    assert "08398720000" not in colleague.phone_sealed
    shown = system.post(f"/staff/{colleague.pk}/account", {"username": "he.xiaolan"})
    assert shown["Cache-Control"] == "no-store"
    initial = re.search(r'id="secret">([^<]+)<', shown.content.decode())[1]
    granted = {"role": "window_clerk", "hall": cast_places.hall.pk, "department": "", "valid_from": "", "valid_to": ""}
    assert security.post(f"/staff/{colleague.pk}/posts", granted).status_code == 302
    certificate = {"name": "行政办事员", "level": "four", "number": "510800123", "issued_on": "2026-01-05"}
    assert bureau.post(f"/staff/{colleague.pk}/certificates", certificate).status_code == 302
    assert bureau.post(f"/staff/{colleague.pk}/skills", {"skills": "手语、英语，不动产"}).status_code == 302
    page = bureau.get(f"/staff/{colleague.pk}/").content.decode()
    for word in ("综合窗口", "云溪区政务大厅", "四级（中级工）", "手语", "英语", "不动产", "083****0000"):
        assert word in page
    client.post("/login", {"username": "he.xiaolan", "password": initial})
    new = {"old": initial, "new": "a-good-new-one", "again": "a-good-new-one"}
    assert client.post("/password", new).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert client.get(f"/staff/{colleague.pk}/").status_code == 403


def test_each_administrator_is_refused_what_belongs_to_the_other(client_of, system_admin, security_admin, wang_fang):
    refused = client_of(system_admin).post(f"/staff/{wang_fang.pk}/posts", {"role": "bureau"})
    assert refused.status_code == 403
    assert "谁可以办理：安全保密管理" in refused.content.decode()
    for act in ("account/lock", "account/reset", "leaving", "tokens"):
        refused = client_of(security_admin).post(f"/staff/{wang_fang.pk}/{act}", {})
        assert refused.status_code == 403
        assert "系统管理" in refused.content.decode()


def test_a_clash_is_a_sentence_beside_the_field(client_of, security_admin, wang_fang):
    answer = client_of(security_admin).post(f"/staff/{wang_fang.pk}/posts", {"role": "auditor"})
    assert answer.status_code == 422
    assert "“安全审计”不能兼任业务岗位“综合窗口”（三员分立）。" in answer.content.decode()


def test_nobody_manages_themself(client_of, system_admin, security_admin):
    for act in ("lock", "unlock", "reset"):
        answer = client_of(system_admin).post(f"/staff/{system_admin.pk}/account/{act}")
        assert answer.status_code == 403
        assert "自己" in answer.content.decode()
    answer = client_of(security_admin).post(f"/staff/{security_admin.pk}/posts", {"role": "auditor"})
    assert answer.status_code == 403


def test_a_lock_ends_what_is_running(client_of, system_admin, wang_fang):
    at_work, system = client_of(wang_fang), client_of(system_admin)
    assert at_work.get("/presence").status_code == 204
    assert system.post(f"/staff/{wang_fang.pk}/account/lock").status_code == 302
    assert at_work.get("/presence").status_code == 200
    assert "已锁定" in system.get("/accounts/").content.decode()
    assert system.post(f"/staff/{wang_fang.pk}/account/lock").status_code == 409
    assert system.post(f"/staff/{wang_fang.pk}/account/unlock").status_code == 302


def test_keys_of_administrators_are_not_reset_through_pages(client_of, system_admin, security_admin, auditor):
    for other in (security_admin, auditor):
        answer = client_of(system_admin).post(f"/staff/{other.pk}/account/reset")
        assert answer.status_code == 403
        assert "yichuang reset-password" in answer.content.decode()


def test_a_hall_manager_sees_and_certifies_only_the_own_hall(client_of, wu_gang, wang_fang, li_qiang):
    browser = client_of(wu_gang)
    page = browser.get("/staff/").content.decode()
    assert "王芳" in page
    assert "李强" not in page
    assert browser.get(f"/staff/{li_qiang.pk}/").status_code == 404
    assert browser.post(f"/staff/{li_qiang.pk}/skills", {"skills": "手语"}).status_code == 404
    assert browser.post(f"/staff/{wang_fang.pk}/skills", {"skills": "手语"}).status_code == 302
    theirs = qualification.CertificateText("行政办事员", "five", "X1", wang_fang.active_from)
    certificate = qualification.add_certificate(li_qiang, theirs, by=BY)
    assert browser.post(f"/staff/certificates/{certificate.pk}/withdrawal").status_code == 404


def test_the_list_goes_on_page_after_page(client_of, zheng_hua, new_person):
    for number in range(55):
        new_person(f"职员{number}", f"clerk{number}")
    browser = client_of(zheng_hua)
    first = browser.get("/staff/").content.decode()
    assert first.count('<tr><td class="number">') == 50
    after = re.search(r"after=(\w+)", first)[1]
    assert browser.get(f"/staff/?after={after}").content.decode().count('<tr><td class="number">') == 6
    assert "没有姓名或工号" in browser.get("/staff/?q=没有这个人").content.decode()


def test_the_list_costs_the_same_for_few_and_many(
    client_of, zheng_hua, wang_fang, new_person, django_assert_num_queries
):
    browser = client_of(zheng_hua)
    browser.get("/staff/")
    for number in range(20):
        new_person(f"职员{number}", f"clerk{number}")
    with django_assert_num_queries(7):
        browser.get("/staff/")


def test_a_bad_person_says_what_is_wrong_and_keeps_what_was_typed(client_of, system_admin, wang_fang):
    browser = client_of(system_admin)
    for typed, sentence in (
        ({"name": "", "number": "1"}, "必填"),
        ({"name": "张三", "number": wang_fang.number}, "这个工号已经登记过"),
        ({"name": "张三", "number": "9", "phone": "abc"}, "电话号码应为"),
        ({"name": "张" * 60, "number": "9"}, "最多 40 个字"),
    ):
        answer = browser.post("/staff/new", typed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert typed["number"] in answer.content.decode()
    assert (
        browser.post(
            f"/staff/{wang_fang.pk}/particulars", {"name": "王芳", "number": "T9", "deputy": wang_fang.pk}
        ).status_code
        == 422
    )


def test_ab_posts_and_leaving(client_of, system_admin, wang_fang, li_qiang):
    browser = client_of(system_admin)
    form = {"name": "王芳", "number": wang_fang.number, "deputy": li_qiang.pk}
    assert browser.post(f"/staff/{wang_fang.pk}/particulars", form).status_code == 302
    assert "李强" in browser.get(f"/staff/{wang_fang.pk}/").content.decode()
    early = {"last_day": "2000-01-01"}
    assert browser.post(f"/staff/{wang_fang.pk}/leaving", early).status_code == 422


@pytest.mark.plan("P3")
def test_a_clerk_without_a_valid_certificate_is_warned_about(client_of, zheng_hua, wang_fang, zhao_min):
    browser = client_of(zheng_hua)

    def warned(someone):
        page = browser.get(f"/staff/?q={someone.number}").content.decode()
        alone = browser.get(f"/staff/{someone.pk}/").content.decode()
        assert ("无有效证书" in page) == ("没有有效的职业技能等级证书" in alone)
        return "无有效证书" in page

    assert warned(wang_fang)
    assert not warned(zhao_min), "an officer of a department needs none"
    form = {"name": "行政办事员", "level": "one", "number": "1", "issued_on": "2020-01-01", "expires_on": "2023-01-01"}
    browser.post(f"/staff/{wang_fang.pk}/certificates", form)
    assert "已过期" in browser.get(f"/staff/{wang_fang.pk}/").content.decode()
    assert warned(wang_fang), "an expired one is none"
    browser.post(f"/staff/{wang_fang.pk}/certificates", {**form, "number": "2", "expires_on": ""})
    assert not warned(wang_fang)
    valid = Certificate.objects.get(number="2")
    assert browser.post(f"/staff/certificates/{valid.pk}/withdrawal").status_code == 302
    assert "已注销" in browser.get(f"/staff/{wang_fang.pk}/").content.decode()
    assert warned(wang_fang), "a withdrawn one is none"


def test_a_certificate_is_entered_once_and_never_ends_before_it_begins(client_of, zheng_hua, wang_fang):
    browser = client_of(zheng_hua)
    form = {"name": "行政办事员", "level": "one", "number": "1", "issued_on": "2020-01-01", "expires_on": ""}
    assert browser.post(f"/staff/{wang_fang.pk}/certificates", form).status_code == 302
    assert "已经登记过" in browser.post(f"/staff/{wang_fang.pk}/certificates", form).content.decode()
    backwards = {**form, "number": "2", "expires_on": "2019-01-01"}
    assert browser.post(f"/staff/{wang_fang.pk}/certificates", backwards).status_code == 422


def test_ending_a_post_through_the_page(client_of, security_admin, wang_fang):
    held = wang_fang.posts.get()
    browser = client_of(security_admin)
    assert "终止岗位：王芳" in browser.get(f"/staff/posts/{held.pk}/end").content.decode()
    assert browser.post(f"/staff/posts/{held.pk}/end", {"last_day": ""}).status_code == 302
    assert Role.WINDOW_CLERK not in roles_of(wang_fang)
    assert browser.get("/staff/posts/999999/end").status_code == 404
