import pytest
from django.db import connection, models

from tests.support.processes import run_in_processes
from yichuang.ledger.actions.record import party_key
from yichuang.ledger.models import Detail, Event
from yichuang.lib.errors import Invalid, NotFound
from yichuang.parties import queries
from yichuang.parties.models import Party
from yichuang.parties.rules import ID_TYPES
from yichuang.parties.tests.people import BAKERY, LI, WANG, enter


@pytest.mark.django_db
def test_a_person_is_registered_and_found_again():
    wang = enter(WANG)
    again = Party.objects.get(pk=wang.pk)
    assert (again.identifier, again.phone, again.name) == ("510811199003070017", "13800138000", "王芳")
    assert queries.find_by_identifier("resident_id", "5108 1119 9003 0700 17").pk == wang.pk
    assert queries.party(wang.pk).id_type_label == "居民身份证"


@pytest.mark.django_db
def test_the_same_number_written_differently_is_the_same_person():
    li = enter(LI)
    assert enter(LI, identifier="５１０８１１19561105002x ").pk == li.pk
    assert Party.objects.count() == 1


@pytest.mark.django_db
def test_the_same_digits_as_another_kind_of_document_are_somebody_else():
    wang = enter(WANG)
    other = enter(WANG, id_type="passport")
    assert other.pk != wang.pk
    assert queries.find_by_identifier("officer_id", WANG["identifier"]) is None


@pytest.mark.django_db
def test_an_organisation_has_a_credit_code():
    bakery = enter(BAKERY)
    assert bakery.phone == "08395551234"
    assert queries.find_by_identifier("uscc", "9151 0811 MA62 AB12 78").pk == bakery.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"name": "  "}, "name", "请填写姓名"),
        ({"name": "长" * 121}, "name", "最多 120 个字"),
        ({"identifier": "510811198902290011"}, "identifier", "不存在"),
        ({"identifier": "510811199003070018"}, "identifier", "校验码"),
        ({"identifier": ""}, "identifier", "请填写"),
        ({"phone": "1234"}, "phone", "电话号码不正确"),
        ({"id_type": "library_card"}, "identifier", "请选择证件类型"),
        ({"id_type": "uscc", "identifier": BAKERY["identifier"]}, "id_type", "个体工商户"),
        ({"kind": "organisation"}, "id_type", "统一社会信用代码"),
        ({"kind": "robot"}, "id_type", "请选择个人"),
    ],
)
def test_wrong_input_gets_a_sentence_at_its_field_and_leaves_nothing(change, field, word):
    with pytest.raises(Invalid) as caught:
        enter(WANG, **change)
    assert word in caught.value.fields[field]
    assert not Party.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_all_wrong_fields_are_named_at_once():
    with pytest.raises(Invalid) as caught:
        enter(WANG, name="", identifier="1", phone="2")
    assert set(caught.value.fields) == {"name", "identifier", "phone"}


@pytest.mark.django_db
def test_a_person_without_a_telephone():
    wang = enter(WANG, phone="")
    assert (wang.phone, wang.masked_phone) == ("", "")


@pytest.mark.django_db
def test_a_corrected_name_replaces_the_old_one_and_the_ledger_keeps_what_it_was():
    wang = enter(WANG, name="王方")
    enter(WANG, phone="13700137000")
    now = Party.objects.get()
    assert (now.name, now.phone) == ("王芳", "13700137000")
    kinds = list(Event.objects.filter(subject=f"party:{wang.pk}").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["party.registered", "party.changed"]
    changed = Event.objects.get(kind="party.changed")
    assert '"fields":["name","phone"]' in changed.body
    assert Detail.objects.get(event_id=changed.pk).key_id == party_key(wang.pk)[0].pk


@pytest.mark.django_db
def test_nothing_changed_is_no_event():
    enter(WANG)
    enter(WANG, phone="")
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_a_party_that_is_not_there():
    with pytest.raises(NotFound):
        queries.party(1)


@pytest.mark.django_db
def test_the_database_holds_no_number_in_the_clear():
    """Every column of every row of party and ledger, as text, without the number, its tail or the telephone."""
    enter(WANG)
    enter(WANG, phone="13700137000")
    raw = "\n".join(dump())
    assert "party.registered" in raw  # The dump does see what is there.
    assert "王芳" in raw
    for secret in (WANG["identifier"], WANG["identifier"][6:14], WANG["phone"], "13700137000"):
        assert secret not in raw


def dump():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield f"{table} {row}"


@pytest.mark.django_db
def test_events_hold_neither_name_nor_number():
    enter(WANG)
    enter(WANG, name="王方")
    for event in Event.objects.all():
        for secret in ("王芳", "王方", WANG["identifier"], WANG["phone"]):
            assert secret not in event.body


@pytest.mark.django_db
def test_the_name_of_a_row_in_a_log_is_its_number():
    assert str(enter(WANG)) == f"party {Party.objects.get().pk}"


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_eight_clerks_register_the_same_person_at_once():
    """One row. With the constraint ``party_once`` removed, the same run left 4 rows on SQLite and 8 on PostgreSQL."""
    ids = run_in_processes("yichuang.parties.tests.people:register_wang", [[n] for n in range(1, 9)])
    assert len(set(ids)) == 1
    assert Party.objects.count() == 1
    assert Event.objects.filter(kind="party.registered").count() == 1


@pytest.mark.django_db
def test_the_columns_take_the_longest_value_of_each_kind():
    longest = {"identifier_sealed": "军" * 30, "phone_sealed": "0" * 20}
    for name, value in longest.items():
        field = Party._meta.get_field(name)
        assert isinstance(field, models.CharField)
        sealed = 3 + (12 + len(value.encode()) + 16 + 2) // 3 * 4
        assert sealed <= field.max_length
    assert enter(WANG, id_type="officer_id", identifier="军" * 30).identifier == "军" * 30
    assert set(ID_TYPES) >= {"officer_id"}
