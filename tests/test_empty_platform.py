"""From nothing to a case handed over, through pages only: an invented district, its people, its item, its citizen."""

import html
import json
import re

import pytest
from django.test import Client

from yichuang.accounts.actions import installation
from yichuang.cases.models import Case
from yichuang.places.models import Department, Division, Hall, Window

CHOSEN = "quiet-river-1958"
ITEM = {
    "STATUS": {"CODE": "00", "TEXT": ""},
    "data": {
        "list": [
            {
                "AUDIT_ITEM": {
                    "task_name": "海岛民宿登记",
                    "task_code": "11880623MB1A000052" + "4" + "880120001000",
                    "catalog_code": "880120001000",
                    "task_type": "01",
                    "task_version": "1",
                    "task_state": "1",
                    "use_level": "4",
                    "areacode": "880623",
                    "dept_name": "县文化旅游局",
                    "dept_code": "11880623MB1A000052",
                    "project_type": "2",
                    "anticipate_day": "20",
                    "anticipate_type": "1",
                    "promise_day": "3",
                    "promise_type": "1",
                },
                "AUDIT_MATERIAL": [
                    {"material_name": "登记申请表", "is_need": "1", "original_amount": "1", "material_type": "1"}
                ],
            }
        ]
    },
}


def send(client, address, data, **options):
    """A form as a browser sends it; one that comes back with sentences is a failure."""
    answer = client.post(address, data, follow=True, **options)
    assert answer.status_code == 200, re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())[-900:]
    return answer.content.decode()


def logged_in(username, initial):
    client = Client()
    send(client, "/login", {"username": username, "password": initial})
    send(client, "/password", {"old": initial, "new": CHOSEN, "again": CHOSEN})
    return client


def person(system, security, name, username, number, role, **place):
    """A colleague with account and post, made by the two administrators; returns their browser."""
    shown = send(system, "/staff/new", {"name": name, "number": number, "phone": "", "deputy": ""})
    pk = re.search(r"/staff/(\d+)/", shown)[1]
    secret = send(system, f"/staff/{pk}/account", {"username": username})
    initial = html.unescape(re.search(r'id="secret">([^<]+)<', secret)[1])
    send(
        security,
        f"/staff/{pk}/posts",
        {"role": role, "hall": "", "department": "", "valid_from": "", "valid_to": ""} | place,
    )
    return logged_in(username, initial)


@pytest.mark.django_db
@pytest.mark.plan("O1")
@pytest.mark.plan("I1")
@pytest.mark.plan("D1-accept")
@pytest.mark.plan("D2-counter")
@pytest.mark.plan("F5")
def test_an_invented_district_from_setup_to_a_case_handed_over(fast_passwords):
    code = installation.issue_setup_code()
    administrators = {"system_admin": "qian", "security_admin": "feng", "auditor": "wei"}
    form = {"code": code}
    for role, username in administrators.items():
        form |= {f"{role}_name": f"某{username}", f"{role}_username": username}
    passwords = re.findall(r"<td><code>([^<]+)</code>", send(Client(), "/setup", form))
    system, security, auditor = (
        logged_in(username, html.unescape(password))
        for username, password in zip(administrators.values(), passwords, strict=True)
    )
    bureau = person(system, security, "郑华", "zhenghua", "0101", "bureau")
    send(bureau, "/places/divisions/bulk", {"lines": "88 海东省\n8806 白沙市\n880623 琼浪县"})
    county = Division.objects.get(code="880623")
    hall = {
        "code": "880623-01",
        "division": county.pk,
        "name": "琼浪县政务大厅",
        "kind": "district",
        "address": "海滨路1号",
    }
    send(bureau, "/places/halls/new", hall | {"phone": "", "time_zone": "Asia/Shanghai", "day_starts_at": "00:00"})
    send(bureau, "/places/halls/880623-01/state", {"state": "trial"})
    window = {
        "number": "1",
        "name": "综合窗口",
        "kind": "general",
        "domain": "",
        "floor": "",
        "carries": ["acceptance", "issuing"],
    }
    send(bureau, "/places/halls/880623-01/windows/new", window)
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("items.json", json.dumps(ITEM, ensure_ascii=False).encode())
    assert (
        "海岛民宿登记"
        in send(bureau, "/catalogue/imports/", {"file": upload}) + bureau.get("/catalogue/").content.decode()
    )

    where, owner = Hall.objects.get().pk, Department.objects.get(name="县文化旅游局").pk
    clerk = person(system, security, "王小海", "xiaohai", "0201", "window_clerk", hall=where)
    officer = person(system, security, "林批准", "linpizhun", "0301", "approver", department=owner)
    issuer = person(system, security, "周出件", "zhouchujian", "0202", "issuing_clerk", hall=where)

    found = clerk.get("/desk/counter/?q=海岛民宿").content.decode()
    address = html.unescape(re.search(r'href="(/desk/counter/[^"]+/acceptance)"', found)[1])
    page = clerk.get(address).content.decode()
    typed = {
        "applicant_kind": "person",
        "id_type": "resident_id",
        "identifier": "510811199003070017",
        "name": "何晓岚",
        "phone": "",
        "window": Window.objects.get().pk,
        "key": re.search(r'name="key" value="([^"]+)"', page)[1],
        re.search(r'name="(m-\d+)"', page)[1]: "1",
    }
    said = send(clerk, address, typed)
    case = Case.objects.get()
    assert case.number in said
    assert case.number.startswith("880623")
    send(officer, f"/desk/cases/{case.number}/decision", {"outcome": "grant", "opinion": "同意"})
    send(issuer, f"/desk/cases/{case.number}/delivery", {"relation": "applicant", "identity_checked": "on"})
    answer = Client().post("/progress", {"number": case.number, "code": case.query_code})
    assert "办结" in answer.content.decode()
    assert case.number not in auditor.get("/desk/").content.decode()
    assert auditor.get("/ledger/").status_code == 200
