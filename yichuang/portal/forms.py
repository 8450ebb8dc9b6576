from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class ProgressForm(forms.Form):
    """Number and query code, as printed on the acceptance notice (受理通知书)."""

    number = forms.CharField(
        label=_("办件编号"),
        max_length=40,
        help_text=_("印在受理通知书右上角，可以不填短横线。"),
        error_messages={"required": _("请填写办件编号。"), "max_length": _("办件编号太长，请对照受理通知书核对。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=6,
        help_text=_("受理通知书上的 6 位数字。"),
        validators=[RegexValidator(r"^[0-9]{6}\Z", _("查询码是 6 位数字。"))],
        error_messages={"required": _("请填写查询码。"), "max_length": _("查询码是 6 位数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "6"}),
    )
