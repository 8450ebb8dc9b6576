"""An empty installation becomes a district through the pages alone: other codes, other names, nothing of any demo."""

from datetime import date

import pytest
from django.urls import reverse

from yichuang.places import queries
from yichuang.places.models import Division, Hall, Window

DIVISIONS = """\
88 海东省
8806 白沙市
880623 琼浪县
880623100 港口镇
880623101 灯塔镇
880623101 灯塔镇
880623100201 渔歌村
"""
DEPARTMENTS = "县行政审批局\n县民政局\n县卫生健康局\n国家税务总局琼浪县税务局"
SPECIAL = ["unresolved", "guidance", "agency", "appointment", "fast_track"]
DOMAINS = ["social_insurance", "medical_insurance", "tax", "police", "real_estate", "housing_fund"]


def submit(client, name, data, *args):
    """Send a form as a browser does and follow; a form that comes back is a failure, with its sentences."""
    answer = client.post(reverse(f"places:{name}", args=args), data, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def open_hall(client, code, place, kind):
    row = Division.objects.get(code=place, valid_to=None)
    typed = {"code": code, "division": row.pk, "name": f"{row.name}便民大厅", "kind": kind, "address": "海滨路1号"}
    submit(client, "hall_registration", typed | {"phone": "", "time_zone": "Asia/Shanghai", "day_starts_at": "00:00"})
    for opens, closes in [("08:30", "12:00"), ("14:30", "17:30")]:
        session = {"weekdays": list("01234"), "opens_at": opens, "closes_at": closes, "valid_from": "2024-01-01"}
        submit(client, "hours_addition", session, code)
    submit(client, "hall_state", {"state": "trial"}, code)


def open_window(client, hall, number, kind="general", domain="", carries=()):
    typed = {
        "number": number,
        "name": f"{number}号综合窗口",
        "kind": kind,
        "domain": domain,
        "floor": "",
        "carries": carries,
    }
    submit(client, "window_opening", typed, hall)


@pytest.mark.django_db
@pytest.mark.plan("O1")
@pytest.mark.plan("O2")
@pytest.mark.plan("O3")
@pytest.mark.plan("T6")
def test_an_empty_installation_becomes_a_district(as_actor, bureau):
    client = as_actor(bureau)
    for name in ("halls", "divisions", "departments", "composition"):
        assert "还没有" in client.get(reverse(f"places:{name}")).content.decode()

    shown = submit(client, "division_bulk", {"lines": DIVISIONS})
    assert "新登记 6 个区划，1 行此前已登记。" in shown
    county = Division.objects.get(code="880623")
    submit(client, "department_bulk", {"division": county.pk, "lines": DEPARTMENTS})
    assert queries.departments().count() == 4
    submit(
        client,
        "function_registration",
        {"code": "islands", "name": "诸岛通办", "group": "cross_region", "is_active": "on"},
    )

    open_hall(client, "880623-01", "880623", "district")
    for number, code in enumerate(SPECIAL, start=1):
        extra = ["acceptance", "bundle", "interprovincial", "provincial", "islands"] if number == 1 else ["issuing"]
        open_window(client, "880623-01", str(number), carries=[code, *extra])
    for number, domain in enumerate(DOMAINS, start=6):
        open_window(client, "880623-01", str(number), "domain", domain)
    shown = client.get(reverse("places:composition")).content.decode()
    assert "潮汐窗口 0 个，标准1，少 1 个" in shown  # The eleventh window is open, the twelfth still missing.
    open_window(client, "880623-01", "12", "tidal")

    for town in ("880623100", "880623101"):
        open_hall(client, f"{town}-01", town, "town")
        for window in range(1, 4):
            open_window(client, f"{town}-01", str(window))
        open_window(client, f"{town}-01", "4", "tidal")
    open_hall(client, "880623100201-01", "880623100201", "village")
    open_window(client, "880623100201-01", "1")

    shown = client.get(reverse("places:composition")).content.decode()
    assert "4 / 4" in shown
    assert "项不符" not in shown
    assert Window.objects.count() == 12 + 2 * 4 + 1
    assert "符合" in client.get(reverse("places:halls")).content.decode()

    hall = Hall.objects.get(code="880623-01")
    assert queries.hours_on(hall, date(2024, 3, 5)) == queries.hours_on(hall, date(2024, 3, 6)) != ()
    assert "已开厅。" in submit(client, "business_day", {"act": "open"}, hall.code)
