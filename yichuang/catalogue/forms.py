"""Input about items. Forms check shape; what a value means is checked by the act, whose sentences come back here."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from yichuang.catalogue.actions.placement import Place
from yichuang.catalogue.actions.version import Limits
from yichuang.catalogue.models import Item, ItemVersion
from yichuang.catalogue.queries import Filter
from yichuang.catalogue.rules import CASE_KIND_LABELS, PLACEMENT_LABELS, REGIME_LABELS, STATE_LABELS, UNIT_LABELS, State
from yichuang.kit.sentences import show_errors
from yichuang.lib.errors import Conflict, Invalid
from yichuang.places.queries import departments
from yichuang.places.rules.kinds import DOMAIN_LABELS


def _choices(labels: Mapping[Any, str], empty: str = "") -> list[tuple[str, str]]:
    return ([("", empty)] if empty else []) + [(str(key), label) for key, label in labels.items()]


def attempted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Run the act of a whole form. A refused act puts its sentences beside the fields, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as error:
        show_errors(form, error)
    except Conflict as error:
        form.add_error(None, str(error))
    return not form.errors


class FilterForm(forms.Form):
    """Nothing in it is required: what makes no sense narrows nothing."""

    q = forms.CharField(label="名称、拼音或首字母", required=False, max_length=200)
    department = forms.ChoiceField(label="部门", required=False)
    regime = forms.ChoiceField(label="事项类型", choices=_choices(REGIME_LABELS, "全部类型"), required=False)
    state = forms.ChoiceField(label="状态", choices=_choices(STATE_LABELS), required=False)
    placement = forms.ChoiceField(label="进驻方式", choices=_choices(PLACEMENT_LABELS, "全部"), required=False)
    lacks_limit = forms.BooleanField(label="只看时限待补", required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__({"state": State.PUBLISHED.value, **{key: data[key] for key in data}})
        field = self.fields["department"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", "全部部门"), *((str(row.pk), row.name) for row in departments())]

    def wanted(self) -> Filter:
        self.is_valid()
        values = self.cleaned_data
        department = values.get("department") or ""
        return Filter(
            words=(values.get("q") or "").strip(),
            department=int(department) if department else None,
            regime=values.get("regime") or "",
            state=values.get("state") or State.PUBLISHED,
            placement=values.get("placement") or "",
            lacks_limit=bool(values.get("lacks_limit")),
        )


class LimitsForm(forms.Form):
    case_kind = forms.ChoiceField(label="办件类型", choices=_choices(CASE_KIND_LABELS))
    promised_limit = forms.IntegerField(
        label="承诺时限", required=False, min_value=1, help_text="即办件留空。承诺时限不能长于法定时限。"
    )
    promised_unit = forms.ChoiceField(label="承诺时限单位", choices=_choices(UNIT_LABELS))
    statutory_limit = forms.IntegerField(
        label="法定时限", required=False, min_value=1, help_text="行政许可留空时按行政许可法第四十二条的 20 个工作日。"
    )
    statutory_unit = forms.ChoiceField(label="法定时限单位", choices=_choices(UNIT_LABELS))
    note = forms.CharField(
        label="依据", max_length=300, help_text="例如部门公布时限的文件和文号，会记入版本和审计台账。"
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def values_of(version: ItemVersion) -> dict[str, object]:
        names = ("case_kind", "promised_limit", "promised_unit", "statutory_limit", "statutory_unit")
        return {name: getattr(version, name) for name in names} | {"based_on": version.number}

    def limits(self) -> Limits:
        return Limits(**{name: value for name, value in self.cleaned_data.items() if name not in ("note", "based_on")})


class ReasonForm(forms.Form):
    note = forms.CharField(label="停用的原因", max_length=300, help_text="会记入审计台账。")


class PlacementForm(forms.Form):
    placement = forms.ChoiceField(label="进驻方式", choices=_choices(PLACEMENT_LABELS))
    domain = forms.ChoiceField(label="分领域", choices=_choices(DOMAIN_LABELS, "不是分领域事项"), required=False)
    placement_basis = forms.CharField(
        label="批准文件", max_length=300, required=False, help_text="列入负面清单须经同级政府同意，填写文件名称和文号。"
    )
    refers_out = forms.BooleanField(label="列入需转外事项清单", required=False)

    @staticmethod
    def values_of(item: Item) -> dict[str, object]:
        return {name: getattr(item, name) for name in ("placement", "domain", "placement_basis", "refers_out")}

    def wanted(self) -> Place:
        values = self.cleaned_data
        return Place(values["placement"], values["domain"], values["placement_basis"], values["refers_out"])


class UploadForm(forms.Form):
    file = forms.FileField(
        label="事项文件",
        max_length=200,
        allow_empty_file=True,
        help_text="四川目录 CSV（UTF-8 或 GBK）、国家交换 JSON，或本平台 JSON；最大 50 MB。重复导入不会产生重复事项。",
    )


class MeaningForm(forms.Form):
    meaning = forms.ChoiceField(label="含义")

    def offer(self, meanings: Mapping[str, str]) -> "MeaningForm":
        field = self.fields["meaning"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = _choices(meanings, "请选择")
        return self
