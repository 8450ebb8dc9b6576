"""A few cases on their way, so that no desk of the demo is empty. Each is made by the people who would make it."""

from yichuang.cases.actions import acceptance, decision, delivery
from yichuang.cases.models import Case
from yichuang.cases.queries import case_for
from yichuang.cases.rules import Outcome, Relation
from yichuang.catalogue.models import ItemVersion
from yichuang.catalogue.queries import published_item
from yichuang.demo.people import username_of
from yichuang.lib.actor import Actor
from yichuang.staff.queries import actor_of_username

# (item name, applicant kind, name, id type, number, phone, how far it has come)
_STORIES = (
    (
        "食品经营许可证核发（新办）",
        "organisation",
        "昭化区乐口餐饮店",
        "uscc",
        "92510811MA7H5K3X69",
        "13800001001",
        "accepted",
    ),
    (
        "公共场所卫生许可（新办）",
        "organisation",
        "广元市栖云宾馆有限公司",
        "uscc",
        "91510811MA62AB1278",
        "13800001002",
        "accepted",
    ),
    ("教师资格认定", "person", "何晓岚", "resident_id", "510811199003070017", "13800001003", "granted"),
    ("残疾人证新办", "person", "罗长顺", "resident_id", "51081119561105002X", "13800001004", "denied"),
    ("护士执业首次注册", "person", "蒲雨桐", "resident_id", "510811198802290011", "13800001005", "delivered"),
)


def build(*, by: Actor) -> None:
    """Idempotent: each story has its own request key."""
    for number, (item, kind, name, id_type, identifier, phone, state) in enumerate(_STORIES, start=1):
        version = _version(item)
        clerk = actor_of_username(username_of("window_clerk"))
        case = acceptance.accept(
            acceptance.Application(
                item_code=version.item.code,
                applicant_kind=kind,
                applicant_name=name,
                id_type=id_type,
                identifier=identifier,
                phone=phone,
                materials=tuple(
                    acceptance.Received(m.name, m.pk, m.originals, m.copies, original_seen=True)
                    for m in version.materials.all()
                ),
            ),
            key=f"demo-story-{number}",
            by=clerk,
        )
        _carry_on(case, state, version)
    del by


def _version(item: str) -> ItemVersion:
    found = ItemVersion.objects.filter(name=item, state="published").select_related("item").first()
    if found is None:
        raise LookupError(f"the demo catalogue lacks {item}")
    return published_item(found.item.code)


def _carry_on(case: Case, state: str, version: ItemVersion) -> None:
    if state == "accepted" or case.status != "accepted":
        return
    officer = actor_of_username(username_of("approver", department=version.item.department.name))
    if state == "denied":
        ruling = decision.Ruling(
            Outcome.DENY,
            "经审核，提交的材料不能证明符合条件。",
            reasons="评定结论未达到残疾等级标准。",
            basis="《残疾人证管理办法》有关评定标准的规定",
        )
    else:
        ruling = decision.Ruling(Outcome.GRANT, "材料齐全，符合条件，同意。", result_name=version.result_name)
    decision.decide(case_for(officer, case.number), ruling, by=officer)
    if state == "delivered":
        issuer = actor_of_username(username_of("issuing_clerk"))
        hand_over = delivery.HandOver(Relation.APPLICANT, identity_checked=True)
        delivery.deliver(case_for(issuer, case.number), hand_over, by=issuer)
