"""Input about places. Forms check shape; what a value means is checked by the act, whose sentences come back here."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from yichuang.lib.errors import Conflict, Invalid
from yichuang.places.actions import department, hall, window
from yichuang.places.formats import sessions_of
from yichuang.places.models import Department, Division, Hall, Window
from yichuang.places.queries import functions
from yichuang.places.rules.composition import Rule
from yichuang.places.rules.days import Session
from yichuang.places.rules.kinds import (
    DEPARTMENT_KIND_LABELS,
    DOMAIN_LABELS,
    FUNCTION_GROUP_LABELS,
    HALL_KIND_LABELS,
    WINDOW_KIND_LABELS,
)

_WEEKDAYS = [(str(n), f"星期{name}") for n, name in enumerate("一二三四五六日")]
_PHONE = {"inputmode": "tel", "autocomplete": "off"}


def attempted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Run the act of a whole form. A refused act puts its sentences beside the fields, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as error:
        for name, sentence in error.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
    except Conflict as error:
        form.add_error(None, str(error))
    return not form.errors


def _choices(labels: Mapping[Any, str], empty: str = "") -> list[tuple[str, str]]:
    first = [("", empty)] if empty else []
    return [*first, *((str(value), label) for value, label in labels.items())]


def _date(label: str, *, help_text: str = "", required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _in_force() -> "forms.ModelChoiceField[Division]":
    field = forms.ModelChoiceField(
        label="所属区划", queryset=Division.objects.filter(valid_to=None), empty_label="请选择"
    )
    field.label_from_instance = lambda row: f"{row.code} {row.name}"  # type: ignore[method-assign,assignment]
    return field


class DivisionForm(forms.Form):
    code = forms.CharField(
        label="区划代码",
        help_text="省、市、县 6 位，镇 9 位，村 12 位。",
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    name = forms.CharField(label="名称", max_length=60)
    valid_from = _date("设立日期", required=False, help_text="不清楚可以不填。")


class RenamingForm(forms.Form):
    name = forms.CharField(label="新名称", max_length=60)
    since = _date("从哪一天起使用新名称")


class DivisionClosingForm(forms.Form):
    last_day = _date("最后一天", help_text="从次日起不再是现行区划。")
    successor = forms.ModelChoiceField(
        label="由哪个区划承接",
        queryset=Division.objects.filter(valid_to=None),
        required=False,
        empty_label="没有（不再有下级区划、部门和大厅）",
    )


class BulkForm(forms.Form):
    lines = forms.CharField(
        label="每行一个：代码 名称",
        strip=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "number", "spellcheck": "false"}),
    )


class DepartmentBulkForm(BulkForm):
    division = _in_force()
    field_order = ("division", "lines")


class DepartmentForm(forms.Form):
    division = _in_force()
    name = forms.CharField(label="名称", max_length=80)
    short_name = forms.CharField(label="简称", max_length=20, required=False)
    kind = forms.ChoiceField(label="类别", choices=_choices(DEPARTMENT_KIND_LABELS))
    uscc = forms.CharField(
        label="统一社会信用代码", max_length=40, required=False, help_text="校验不通过也会保存，并标出原因，便于核实。"
    )
    phone = forms.CharField(label="电话", max_length=30, required=False, widget=forms.TextInput(_PHONE))
    sort_key = forms.IntegerField(label="排序", min_value=0, max_value=100000, initial=1000, help_text="小的排在前面。")
    active_from = _date("设立日期", required=False)

    def particulars(self, *, is_sample: bool = False) -> department.Particulars:
        names = ("short_name", "kind", "phone", "sort_key", "active_from")
        return department.Particulars(**{n: self.cleaned_data[n] for n in names}, is_sample=is_sample)

    @staticmethod
    def values_of(row: Department) -> dict[str, object]:
        return {n: getattr(row, n) for n in DepartmentForm.base_fields}


class LastDayForm(forms.Form):
    last_day = _date("最后一天")


class HallForm(forms.Form):
    code = forms.CharField(label="大厅编号", max_length=20, help_text="如 510811-01，登记后不再改变。")
    division = _in_force()
    name = forms.CharField(label="名称", max_length=60)
    kind = forms.ChoiceField(label="类别", choices=_choices(HALL_KIND_LABELS))
    address = forms.CharField(label="地址", max_length=120, required=False)
    phone = forms.CharField(label="电话", max_length=30, required=False, widget=forms.TextInput(_PHONE))
    time_zone = forms.CharField(label="时区", max_length=40, initial="Asia/Shanghai")
    day_starts_at = _time("服务日从几点算起")

    def particulars(self) -> hall.Particulars:
        names = ("name", "kind", "address", "phone", "time_zone", "day_starts_at")
        return hall.Particulars(**{n: self.cleaned_data[n] for n in names})

    def fix(self, row: Hall) -> None:
        """A hall that exists keeps its code and its division."""
        del self.fields["code"], self.fields["division"]
        self.initial = {n: getattr(row, n) for n in self.fields}


class WindowForm(forms.Form):
    number = forms.CharField(label="窗口号", max_length=8, help_text="如 01、12、A03。")
    name = forms.CharField(label="窗口名称", max_length=40)
    kind = forms.ChoiceField(label="类型", choices=_choices(WINDOW_KIND_LABELS))
    domain = forms.ChoiceField(
        label="领域",
        required=False,
        choices=_choices(DOMAIN_LABELS, "（不是分领域窗口）"),
        help_text="只有分领域窗口才选。",
    )
    floor = forms.CharField(label="楼层", max_length=20, required=False)
    carries = forms.MultipleChoiceField(label="职能", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["carries"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(fact.code, fact.name) for fact in functions().values()]

    def particulars(self) -> window.Particulars:
        names = ("number", "name", "kind", "domain", "floor")
        return window.Particulars(**{n: self.cleaned_data[n] for n in names})

    @staticmethod
    def values_of(row: Window) -> dict[str, object]:
        names = ("number", "name", "kind", "domain", "floor")
        return {n: getattr(row, n) for n in names} | {"carries": [f.function for f in row.functions.all()]}


class HoursForm(forms.Form):
    weekdays = forms.MultipleChoiceField(label="星期", choices=_WEEKDAYS, widget=forms.CheckboxSelectMultiple)
    opens_at = _time("开始")
    closes_at = _time("结束")
    valid_from = _date("从哪一天起")

    def weekday_numbers(self) -> list[int]:
        return [int(n) for n in self.cleaned_data["weekdays"]]


class SpecialForm(forms.Form):
    day = _date("日期")
    sessions = forms.CharField(
        label="服务时段", required=False, help_text="如 9:00-12:00、13:00-16:00；留空表示当天不开放。"
    )
    reason = forms.CharField(label="原因", max_length=80, help_text="会向群众公布，如：延时服务、系统升级。")

    def clean_sessions(self) -> tuple[Session, ...]:
        try:
            return sessions_of(self.cleaned_data["sessions"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class FunctionForm(forms.Form):
    code = forms.CharField(label="职能代码", max_length=30, help_text="小写字母、数字和下划线，如 neighbour_county。")
    name = forms.CharField(label="名称", max_length=30)
    group = forms.ChoiceField(label="类别", choices=_choices(FUNCTION_GROUP_LABELS))
    is_active = forms.BooleanField(label="在用", required=False, initial=True)


class RuleForm(forms.Form):
    least = forms.IntegerField(label="至少", min_value=0, max_value=999, required=False)
    most = forms.IntegerField(label="至多", min_value=0, max_value=999, required=False)
    basis = forms.CharField(label="依据", max_length=120, help_text="文件名称和文号。")
    is_active = forms.BooleanField(label="执行这条标准", required=False, initial=True)

    def rule(self, hall_kind: str, measure: str) -> Rule:
        values = self.cleaned_data
        return Rule(hall_kind, measure, values["least"], values["most"], values["basis"])
