"""The cast of the catalogue tests, and small files of an invented district in every format."""

import json

import pytest

from yichuang.catalogue.actions.importing import import_file
from yichuang.lib.actor import Actor, ActorKind, Scope
from yichuang.places.actions import division
from yichuang.search import queries as search_queries

VIEW = frozenset({"catalogue.view", "desk.enter"})
CURATE = VIEW | {"catalogue.import", "catalogue.edit"}
BODY = "11990101MB1T000176"
CODE = f"511A0138000000-990101000000-000-{BODY}-1-00"
HEAD = "department,main_item,item_name,item_code,task_type,department_code,area_code"


def actor(number, permissions):
    return Actor(ActorKind.STAFF, str(number), "试", frozenset(permissions), Scope(everything=True))


@pytest.fixture(autouse=True)
def no_known_synonyms(monkeypatch):
    """Each test's process knows nothing yet of the hall's own synonyms."""
    monkeypatch.setattr(search_queries, "_known", None)


@pytest.fixture
def bureau():
    return actor(1, CURATE)


@pytest.fixture
def clerk():
    return actor(2, VIEW)


@pytest.fixture
def as_actor(client, monkeypatch):
    """A client that is logged in as the given actor, whatever the floors below do to find out."""

    def enter(by):
        monkeypatch.setattr("yichuang.project.identity.Identity._actor", lambda self, request: by)
        return client

    return enter


@pytest.fixture
def county(db, bureau):
    worker = Actor(ActorKind.WORKER, "test")
    division.register("99", "云州省", by=worker)
    division.register("9901", "清江市", by=worker)
    return division.register("990101", "桃溪区", by=worker)


def csv_row(serial=1, name="河道采砂许可", task_type="1", **other):
    code = f"511A{serial:010d}-990101000000-000-{BODY}-1-00"
    row = {
        "department": "区水务局",
        "main": "未分类",
        "name": name,
        "code": code,
        "type": task_type,
        "dept": BODY,
        "area": "990101000000",
    }
    row |= other
    return ",".join(row.values())


def csv_file(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode() + b"\n"


def exchange_entry(version="1", envelope="list", **head):
    """An entry of our own making in the shape of the national exchange."""
    about = {
        "task_name": "取水许可", "task_code": f"{BODY}4000119003000", "catalog_code": "000119003000", "task_type": "01",
        "task_version": version, "task_state": "1", "areacode": "990101", "dept_name": "桃溪区水务局", "dept_code": BODY,
        "project_type": "2", "anticipate_day": "20", "anticipate_type": "1", "anticipate_day_explain": "二十个工作日",
        "promise_day": 5, "promise_type": "1", "promise_day_explain": "——", "serve_type": "1,2", "handle_type": "1,2",
        "limit_scene_num": "1", "is_fee": "0", "link_way": "0990—1234567", "accept_name": "无",
    } | head  # fmt: skip
    material = {
        "material_name": "申请书", "is_need": "1", "material_form": "1", "original_amount": "1", "copy_amount": 2,
        "source_type": "10", "source_explain": "－", "accept_stand": "填写完整", "ordernum": 1,
    }  # fmt: skip
    wrap = (lambda value: [value]) if envelope == "CUSTOM" else (lambda value: value)
    return {
        "AUDIT_ITEM": wrap({key: value for key, value in about.items() if value is not None}),
        "AUDIT_ITEM_EXTEND": wrap({"result_name": "取水许可证", "result_type": "20", "four_handle": "2,4"}),
        "AUDIT_MATERIAL": [material],
        "AUDIT_QA": [{"question": "多久", "answer": "五个工作日", "ordernum": 1}],
        "AUDIT_ITEM_BYLAW": [{"law_name": "《取水条例》", "law_number": "", "clause_number": "第四条", "clause_content": "应当申领"}],
    }  # fmt: skip


def as_bytes(document):
    """Plain UTF-8, but for halves of characters, which JSON can only spell."""
    text = json.dumps(document, ensure_ascii=False)
    return "".join(c if not "\ud800" <= c <= "\udfff" else f"\\u{ord(c):04x}" for c in text).encode()


def in_list(*entries):
    body = {"RETURNITEMSUNNUM": len(entries), "list": list(entries)}
    return as_bytes({"STATUS": {"CODE": "00", "TEXT": ""}, "data": body})


def in_custom(entry):
    body = {"LASTTIMESTAMP": 1, "RETURNITEMSUNNUM": 1, "AUDIT_CHARGE": [], "AUDIT_ACCEPT_CONDITION": [], **entry}
    return as_bytes({"STATUS": {"CODE": "00", "TEXT": ""}, "CUSTOM": body})


@pytest.fixture
def take_in(county, bureau):
    return lambda content, name="事项.csv": import_file(content, name, by=bureau)
