"""How dates, moments, limits and personal data look on every page and paper."""

from collections.abc import Callable
from datetime import date, datetime

from django import forms
from django.contrib.messages import get_messages
from django.forms import BoundField
from django.utils import timezone

_WEEKDAYS = "一二三四五六日"


def chinese_date(value: date | None) -> str:
    """2023年4月18日; a moment is shown on the hall's day."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.year}年{value.month}月{value.day}日"


def weekday(value: date) -> str:
    return f"星期{_WEEKDAYS[value.weekday()]}"


def moment(value: datetime | None) -> str:
    """今天 14:30 · 昨天 09:05 · 4月18日 14:30 · 2022年4月18日 14:30, in hall time."""
    if value is None:
        return "—"
    local, today = timezone.localtime(value), timezone.localdate()
    clock = f"{local:%H:%M}"
    days = (today - local.date()).days
    if days in (0, 1):
        return f"{'今天' if days == 0 else '昨天'} {clock}"
    day = f"{local.month}月{local.day}日"
    return f"{day} {clock}" if local.year == today.year else f"{local.year}年{day} {clock}"


def mask_name(value: str) -> str:
    """王*芳: the first and, from three characters on, the last stay."""
    if len(value) <= 1:
        return value
    return value[0] + "*" if len(value) == 2 else value[0] + "*" * (len(value) - 2) + value[-1]


def mask_number(value: str) -> str:
    """The first three and last two characters of an identifier; shorter values lose everything but the last."""
    if len(value) < 7:
        return "*" * max(len(value) - 1, 0) + value[-1:]
    return value[:3] + "*" * (len(value) - 5) + value[-2:]


def mask_phone(value: str) -> str:
    return value[:3] + "****" + value[-4:] if len(value) >= 8 else mask_number(value)


def control_attributes(bound: BoundField, css: str) -> dict[str, str]:
    """Bootstrap's class and the ARIA links from a control to its help and its error."""
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        css = "form-check-input"
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    attributes = {"class": f"{bound.field.widget.attrs.get('class', '')} {css}".strip()}
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
        attributes |= {"class": attributes["class"] + " is-invalid", "aria-invalid": "true"}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return attributes


GLOBALS: dict[str, Callable[..., object]] = {"control_attributes": control_attributes, "messages": get_messages}

FILTERS: dict[str, Callable[..., str]] = {
    "chinese_date": chinese_date,
    "weekday": weekday,
    "moment": moment,
    "mask_name": mask_name,
    "mask_number": mask_number,
    "mask_phone": mask_phone,
}
