"""Input about people and logins. Forms check shape; what a value means is checked by the act, whose sentences come back here."""

from collections.abc import Callable
from typing import Any

from django import forms

from yichuang.kit.sentences import show_errors
from yichuang.lib.errors import Conflict, Invalid, TooMany
from yichuang.places.models import Department, Hall
from yichuang.staff.actions.foundation import ROLES, Administrator
from yichuang.staff.actions.person import Particulars
from yichuang.staff.actions.post import Term
from yichuang.staff.actions.qualification import CertificateText
from yichuang.staff.models import Staff
from yichuang.staff.rules import LEVEL_LABELS, PERMISSIONS, ROLE_LABELS, Level, Role

_USERNAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
_NEW = {"autocomplete": "new-password"}


def attempted(form: forms.Form, act: Callable[[], object]) -> bool:
    """Run the act of a whole form. A refused act puts its sentences beside the fields, and nothing typed is lost."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as error:
        show_errors(form, error)
    except (Conflict, TooMany) as error:
        form.add_error(None, str(error))
    return not form.errors


def _date(label: str, *, help_text: str = "", required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def _password(label: str, **attributes: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, strip=False, widget=forms.PasswordInput(attrs=attributes))


class LoginForm(forms.Form):
    username = forms.CharField(
        label="用户名", max_length=100, widget=forms.TextInput(attrs={**_USERNAME, "autofocus": True})
    )
    password = _password("密码", autocomplete="current-password")


class PasswordForm(forms.Form):
    old = _password("原密码", autocomplete="current-password")
    new = _password("新密码", **_NEW)
    again = _password("再输一遍新密码", **_NEW)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("new") and values.get("again") and values["new"] != values["again"]:
            self.add_error("again", "两次输入的新密码不一样。")
        return values


class SetupForm(forms.Form):
    code = forms.CharField(
        label="初始化码",
        max_length=40,
        help_text="显示在服务器的控制台上，形如 abcd-efgh-jkmn-pqrs。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in ROLES:
            label = ROLE_LABELS[role]
            self.fields[f"{role}_name"] = forms.CharField(label=f"{label}人员的姓名", max_length=100)
            self.fields[f"{role}_username"] = forms.CharField(
                label=f"{label}人员的用户名", max_length=100, widget=forms.TextInput(attrs=_USERNAME)
            )

    def administrators(self) -> tuple[Administrator, ...]:
        values = self.cleaned_data
        return tuple(Administrator(role, values[f"{role}_name"], values[f"{role}_username"]) for role in ROLES)


class PersonForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=100)
    number = forms.CharField(label="工号", max_length=100, help_text="本单位的工号，不能重复。")
    phone = forms.CharField(
        label="电话", max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    deputy = forms.ModelChoiceField(
        label="互补岗（AB岗）",
        queryset=Staff.objects.filter(active_to=None),
        required=False,
        empty_label="暂无",
        help_text="本人不在时由谁代办。",
    )

    def particulars(self) -> Particulars:
        return Particulars(**self.cleaned_data)


class LastDayForm(forms.Form):
    last_day = _date("最后工作日")


class UsernameForm(forms.Form):
    username = forms.CharField(
        label="用户名",
        max_length=100,
        help_text="小写字母开头，可用字母、数字、点、横线、下划线。",
        widget=forms.TextInput(attrs={**_USERNAME, "autocomplete": "off"}),
    )


class PostForm(forms.Form):
    role = forms.ChoiceField(
        label="岗位", choices=[("", "请选择"), *((str(role), label) for role, label in ROLE_LABELS.items())]
    )
    hall = forms.ModelChoiceField(
        label="大厅",
        queryset=Hall.objects.filter(closed_on=None),
        required=False,
        empty_label="不选大厅",
        help_text="综合窗口、出件窗口、中台、大厅管理、导办要选。",
    )
    department = forms.ModelChoiceField(
        label="部门",
        queryset=Department.objects.filter(active_to=None),
        required=False,
        empty_label="不选部门",
        help_text="部门承办、审核、批准和首席事务代表要选。",
    )
    valid_from = _date("开始日期", required=False, help_text="不填从今天开始。")
    valid_to = _date("结束日期", required=False, help_text="不填长期有效。")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("hall") and values.get("department"):
            self.add_error("department", "大厅和部门只能选一个。")
        return values

    def role_and_place(self) -> tuple[Role, Hall | Department | None]:
        return Role(self.cleaned_data["role"]), self.cleaned_data["hall"] or self.cleaned_data["department"]

    def term(self) -> Term:
        return Term(self.cleaned_data["valid_from"], self.cleaned_data["valid_to"])


class PostEndForm(forms.Form):
    last_day = _date("最后一天", required=False, help_text="不填立即终止。")


class SkillsForm(forms.Form):
    skills = forms.CharField(
        label="技能", max_length=1000, required=False, help_text="用顿号或逗号分开，如：手语、英语、不动产。"
    )

    def names(self) -> list[str]:
        text: str = self.cleaned_data["skills"]
        return text.replace("，", "、").replace(",", "、").split("、")


class CertificateForm(forms.Form):
    name = forms.CharField(label="证书名称", max_length=100, initial="行政办事员（政务服务综合窗口办事员）")
    level = forms.ChoiceField(label="等级", choices=[(str(level), label) for level, label in LEVEL_LABELS.items()])
    number = forms.CharField(label="证书编号", max_length=100)
    issued_on = _date("发证日期")
    expires_on = _date("有效期至", required=False, help_text="长期有效的不填。")

    def text(self) -> CertificateText:
        return CertificateText(**{**self.cleaned_data, "level": Level(self.cleaned_data["level"])})


class TokenForm(forms.Form):
    label = forms.CharField(label="用途", max_length=100, help_text="哪个系统用它做什么。")
    scopes = forms.MultipleChoiceField(label="权限", choices=(), widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label="有效天数", min_value=1, max_value=365, initial=90)

    def __init__(self, *args: Any, allowed: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, sentence) for name, (sentence, _) in PERMISSIONS.items() if name in allowed]
        self.fields["scopes"] = forms.MultipleChoiceField(
            label="权限", choices=choices, widget=forms.CheckboxSelectMultiple, help_text="只能从本人现有的权限中选。"
        )
