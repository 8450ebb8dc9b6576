"""The bureau keeps the catalogue: a file is uploaded, a limit completed, a version seen; the lists stand open to everyone."""

import pytest

from tests.journeys.people import enter, good_page

CONTENT = (
    "部门,事项名称,事项编码,事项类型,区划代码\n"
    "区水利局,河道管理范围内有关活动批准,511A0138000999-510811000000-000-11510811MB9000197A-1-00,1,510811000000\n"
    "区水利局,,511A0138000998-510811000000-000-11510811MB9000197A-1-00,1,510811000000\n"
    "区水利局,水情查询,512B0138000997-510811000000-000-11510811MB9000197A-1-00,66,510811000000\n"
)


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_bureau_takes_a_file_in_and_completes_a_limit(demo_server, new_tab, tmp_path, size):
    file = tmp_path / f"{size}.csv"
    serial = {"desk": "0799", "phone": "0899"}[size]
    name = f"河道管理范围内有关活动批准（{size}）"
    content = CONTENT.replace("0999", serial).replace("河道管理范围内有关活动批准", name)
    file.write_text(content, encoding="utf-8")
    bureau = new_tab(demo_server, size)
    enter(bureau, "郭美玲")
    bureau.go("/catalogue/imports/")
    bureau.page.get_by_label("事项文件").set_input_files(str(file))
    bureau.page.locator("main form").get_by_role("button", name="导入").click()
    bureau.page.wait_for_load_state("load")
    assert "缺少“事项名称”。" in bureau.text()
    good_page(bureau, "catalogue-run")
    for address, shown in [("/catalogue/imports/", "imports"), ("/catalogue/quarantine/", "quarantine")]:
        bureau.go(address)
        good_page(bureau, f"catalogue-{shown}")
    bureau.go("/catalogue/?q=河道管理范围内有关活动")
    assert "时限待补" in bureau.text()
    bureau.page.get_by_role("link", name=name).first.click()
    bureau.page.wait_for_load_state("load")
    bureau.press("修改时限")
    bureau.page.get_by_label("办件类型").select_option(label="承诺件")
    bureau.page.get_by_label("承诺时限", exact=False).first.fill("30")
    bureau.page.get_by_label("依据", exact=False).first.fill("昭水发〔2023〕9号")
    bureau.press("保存为新版本")
    assert "承诺时限不能长于法定时限 20 个工作日" in bureau.text()
    good_page(bureau, "catalogue-limits")
    bureau.page.get_by_label("承诺时限", exact=False).first.fill("9")
    bureau.press("保存为新版本")
    assert "9 个工作日" in bureau.text()
    good_page(bureau, "catalogue-item")


@pytest.mark.looks
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_lists_and_the_list_of_items(demo_server, new_tab, size):
    bureau = new_tab(demo_server, size)
    enter(bureau, "郭美玲")
    for address, name in [
        ("/catalogue/", "list"),
        ("/catalogue/?q=spjyxkz", "found"),
        ("/catalogue/?state=draft", "none"),
    ]:
        bureau.go(address)
        good_page(bureau, f"catalogue-{name}")
    bureau.go("/catalogue/?q=食品经营许可证核发（新办）")
    bureau.page.get_by_role("link", name="食品经营许可证核发（新办）").first.click()
    bureau.page.wait_for_load_state("load")
    good_page(bureau, "catalogue-full-item")
    bureau.press("进驻方式")
    good_page(bureau, "catalogue-placement")
    citizen = new_tab(demo_server, size)
    for address, name in [("/catalogue/lists/", "lists"), ("/catalogue/lists/negative/", "negative")]:
        citizen.go(address)
        good_page(citizen, f"catalogue-public-{name}")
