"""Input at the desks. Forms check shape; what a value means is checked by the act, whose sentences come back here."""

import re
from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from yichuang.cases.actions.acceptance import Application, Received
from yichuang.cases.actions.decision import Ruling
from yichuang.cases.actions.delivery import HandOver
from yichuang.cases.rules import OUTCOME_LABELS, RELATION_LABELS, Outcome, Relation
from yichuang.catalogue.models import ItemVersion
from yichuang.parties.rules import ID_TYPES, IdType, PartyKind
from yichuang.places.models import Window

_SMALL = {"inputmode": "numeric", "autocomplete": "off"}
EXTRA_ROWS = 12


class AcceptanceForm(forms.Form):
    """One person served, one item. Field names are those of ``Application``."""

    applicant_kind = forms.ChoiceField(
        label="申请人类型",
        choices=[(PartyKind.PERSON, "个人"), (PartyKind.ORGANISATION, "企业或其他组织")],
        initial="person",
    )
    id_type = forms.ChoiceField(label="证件类型", choices=list(ID_TYPES.items()), initial=IdType.RESIDENT_ID)
    identifier = forms.CharField(
        label="证件号码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "number"}),
    )
    name = forms.CharField(label="姓名或名称", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = forms.CharField(label="手机或座机", max_length=20, required=False, widget=forms.TextInput(attrs=_SMALL))
    window = forms.ModelChoiceField(label="受理窗口", queryset=Window.objects.none(), empty_label=None)
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def offer_windows(self, windows: list[Window]) -> None:
        field = self.fields["window"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = Window.objects.filter(pk__in=[w.pk for w in windows]).order_by("number")
        field.label_from_instance = lambda w: f"{w.number}号 {w.name}"  # type: ignore[method-assign,assignment]

    def application(self, version: ItemVersion, posted: QueryDict) -> Application:
        window: Window = self.cleaned_data["window"]
        return Application(
            item_code=version.item.code,
            applicant_kind=self.cleaned_data["applicant_kind"],
            applicant_name=self.cleaned_data["name"],
            id_type=self.cleaned_data["id_type"],
            identifier=self.cleaned_data["identifier"],
            phone=self.cleaned_data["phone"],
            materials=received(version, posted),
            hall=window.hall_id,
            window=window.pk,
        )


def _count(posted: Mapping[str, str], name: str) -> int:
    raw = posted.get(name, "").strip()
    return min(int(raw), 999) if re.fullmatch(r"[0-9]{1,4}", raw) else 0


def received(version: ItemVersion, posted: QueryDict) -> tuple[Received, ...]:
    """The checklist as ticked, then the materials that the clerk wrote down."""
    listed = [
        Received(
            name=material.name,
            material=material.pk,
            originals=_count(posted, f"m-{material.pk}-originals"),
            copies=_count(posted, f"m-{material.pk}-copies"),
            original_seen=f"m-{material.pk}-seen" in posted,
        )
        for material in version.materials.all()
        if f"m-{material.pk}" in posted
    ]
    written = [
        Received(
            name=posted.get(f"x-{row}-name", "").strip(),
            originals=_count(posted, f"x-{row}-originals"),
            copies=_count(posted, f"x-{row}-copies"),
        )
        for row in range(EXTRA_ROWS)
        if posted.get(f"x-{row}-name", "").strip()
    ]
    return (*listed, *written)


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label="决定", choices=[(o.value, OUTCOME_LABELS[o]) for o in Outcome], widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label="办理意见", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="将记入办件，由您署名。"
    )
    reasons = forms.CharField(
        label="不予的理由",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="作出不予决定时必填，会写入不予决定书（行政许可法第三十八条第二款）。",
    )
    basis = forms.CharField(
        label="法律依据", max_length=1000, required=False, help_text="如：《××条例》第×条第×款。作出不予决定时必填。"
    )
    result_name = forms.CharField(
        label="结果名称", max_length=200, required=False, help_text="准予时发放的证照或批文名称。"
    )

    def ruling(self) -> Ruling:
        values = self.cleaned_data
        return Ruling(
            outcome=Outcome(values["outcome"]),
            opinion=values["opinion"],
            reasons=values["reasons"],
            basis=values["basis"],
            result_name=values["result_name"],
        )


class DeliveryForm(forms.Form):
    relation = forms.ChoiceField(
        label="领取人",
        choices=[(r.value, RELATION_LABELS[r]) for r in Relation],
        widget=forms.RadioSelect,
        initial="applicant",
    )
    recipient_name = forms.CharField(label="代理人姓名", max_length=60, required=False)
    recipient_identifier = forms.CharField(
        label="代理人身份证号", max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    identity_checked = forms.BooleanField(label="已核对领取人身份证件（代理领取的，已核对委托手续）", required=False)
    note = forms.CharField(label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def hand_over(self) -> HandOver:
        values = self.cleaned_data
        return HandOver(
            relation=Relation(values["relation"]),
            recipient_name=values["recipient_name"],
            recipient_identifier=values["recipient_identifier"],
            identity_checked=values["identity_checked"],
            note=values["note"],
        )
