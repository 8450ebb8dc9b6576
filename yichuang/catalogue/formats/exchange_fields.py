"""What the AUDIT_* tables say, as columns of a version and of its materials."""

from collections.abc import Mapping, Sequence

from yichuang.catalogue.formats import values
from yichuang.catalogue.formats.entry import Notes
from yichuang.catalogue.formats.tables import (
    CASE_KIND,
    CHANNEL,
    FOUR_WAYS,
    MATERIAL_FORM,
    MATERIAL_SOURCE,
    NECESSITY,
    RESULT_TYPE,
    SERVICE_OBJECT,
    TIME_UNIT,
    YES_NO,
)
from yichuang.catalogue.rules import CaseKind, MaterialForm, Necessity, Source

_Row = Mapping[str, object]


def of_version(head: _Row, extend: _Row, raw: _Row, notes: Notes) -> dict[str, object]:
    found: dict[str, object] = {
        "name": values.required(head.get("task_name"), "事项名称", notes, limit=200),
        "case_kind": values.coded(head.get("project_type"), CASE_KIND, notes, CaseKind.OTHER),
        "service_objects": values.coded_list(head.get("serve_type"), SERVICE_OBJECT, notes),
        "channels": values.coded_list(head.get("handle_type"), CHANNEL, notes),
        "visits": values.number(head.get("limit_scene_num"), "到现场次数", notes),
        "has_fee": {"yes": True, "no": False}.get(values.coded(head.get("is_fee"), YES_NO, notes, "")),
        "phone": values.text(head.get("link_way"), "咨询方式", notes, limit=200),
        "complaint_phone": values.text(head.get("supervise_way"), "监督投诉方式", notes, limit=200),
        "conditions": values.text(head.get("accept_name"), "受理条件", notes, multiline=True),
        "result_name": values.text(extend.get("result_name"), "结果名称", notes, limit=200),
        "result_type": values.coded(extend.get("result_type"), RESULT_TYPE, notes, ""),
        "four_ways": values.coded_list(extend.get("four_handle"), FOUR_WAYS, notes),
    }
    found |= _limit(head, "anticipate", ("statutory", "法定办结时限"), notes)
    found |= _limit(head, "promise", ("promised", "承诺办结时限"), notes)
    found |= _nested(raw, notes)
    return {key: str(value) if isinstance(value, str) else value for key, value in found.items()}


def _limit(head: _Row, theirs: str, ours: tuple[str, str], notes: Notes) -> dict[str, object]:
    """A limit counts only with a unit that is understood: days of an unknown kind would promise the wrong date.

    Where there is none the source is silent, so that a limit which the hall has completed itself outlives an import.
    """
    column, label = ours
    days = values.number(head.get(f"{theirs}_day"), label, notes)
    note = values.text(head.get(f"{theirs}_day_explain"), f"{label}说明", notes, multiline=True)
    found: dict[str, object] = {f"{column}_note": note} if note else {}
    if not days:
        return found
    unit = values.coded(head.get(f"{theirs}_type"), TIME_UNIT, notes, "")
    if not unit:
        notes.warn(f"{label} {days} 没有可识别的单位，时限未采用，请补充。")
        return found
    return found | {f"{column}_limit": days, f"{column}_unit": unit}


def _nested(raw: _Row, notes: Notes) -> dict[str, object]:
    """The lists that people read as text. A table that is missing is not spoken of; an empty one says: none."""
    makers = {
        "legal_basis": ("AUDIT_ITEM_BYLAW", "设定依据", _law),
        "places_text": ("AUDIT_ITEM_WINDOW", "办理窗口", _window),
        "questions": ("AUDIT_QA", "常见问题", _question),
        "special_procedures": ("AUDIT_ITEM_SPECIAL", "特别程序", _special),
    }
    found: dict[str, object] = {}
    for column, (table, label, make) in makers.items():
        if table in raw:
            rows = _in_order(values.rows_of(raw[table], label, notes))
            blocks = [make({key: values.text(cell, label, notes) for key, cell in row.items()}) for row in rows]
            found[column] = values.text("\n".join(filter(None, blocks)), label, notes, multiline=True)
    return found


def _in_order(rows: Sequence[_Row]) -> list[_Row]:
    """By ordernum (or ordernumber), keeping the order of the file among equals."""
    return sorted(
        rows, key=lambda row: values.number(row.get("ordernum", row.get("ordernumber")), "序号", Notes()) or 0
    )


def _law(row: Mapping[str, str]) -> str:
    title = f"{row.get('law_name', '')}{row.get('law_number', '')}{row.get('clause_number', '')}"
    content = row.get("clause_content", "")
    return f"{title}：{content}" if title and content else title or content


def _window(row: Mapping[str, str]) -> str:
    parts = [
        row.get(key, "") for key in ("window_name", "transact_addr", "window_tel", "transact_time", "traffic_info")
    ]
    return "；".join(filter(None, parts))


def _question(row: Mapping[str, str]) -> str:
    asked, answer = row.get("question", ""), row.get("answer", "")
    return f"问：{asked}\n答：{answer}" if asked and answer else ""


def _special(row: Mapping[str, str]) -> str:
    days = f"{row['special_date']} 天" if row.get("special_date") else ""
    unit = {"1": "（工作日）"}.get(row.get("special_date_type", ""), "") if days else ""
    parts = [row.get("special_desc", ""), days + unit, row.get("special_dept", ""), row.get("special_tel", "")]
    return "；".join(filter(None, parts))


def materials(raw: object, notes: Notes) -> tuple[dict[str, object], ...]:
    """In the order of the source; one without a name is left out with a warning."""
    found = []
    for place, row in enumerate(_in_order(values.rows_of(raw, "申请材料", notes)), start=1):
        name = values.text(row.get("material_name"), "材料名称", notes, limit=500)
        if not name:
            notes.warn(f"第 {place} 份材料没有名称，未采用。")
            continue
        found.append(_material(row, name, notes))
    return tuple({"order": order} | material for order, material in enumerate(found, start=1))


def _material(row: _Row, name: str, notes: Notes) -> dict[str, object]:
    return {
        "code": values.text(row.get("materialcode"), "材料编码", notes, limit=60),
        "name": name,
        # A code that nobody knows must not make a material compulsory: 行政许可法第三十一条.
        "necessity": str(values.coded(row.get("is_need"), NECESSITY, notes, Necessity.OPTIONAL)),
        "form": str(values.coded(row.get("material_form"), MATERIAL_FORM, notes, MaterialForm.PAPER)),
        "originals": values.number(row.get("original_amount"), f"材料“{name[:20]}”原件份数", notes) or 0,
        "copies": values.number(row.get("copy_amount"), f"材料“{name[:20]}”复印件份数", notes) or 0,
        "source": str(values.coded(row.get("source_type"), MATERIAL_SOURCE, notes, Source.OTHER)),
        "source_note": values.text(row.get("source_explain"), "来源渠道说明", notes, limit=500),
        "acceptance_standard": values.text(row.get("accept_stand"), "受理标准", notes, multiline=True),
        "legal_basis": values.text(row.get("by_law"), "材料依据", notes, multiline=True),
        "note": values.text(row.get("fill_explian", row.get("fill_explain")), "填报须知", notes, multiline=True),
    }
