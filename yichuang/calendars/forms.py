"""Input about the calendar. What a value means is checked by the act, whose sentences come back beside the fields."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from yichuang.calendars import queries
from yichuang.calendars.actions import publication, special_day
from yichuang.calendars.formats import UnreadableError, special_days
from yichuang.calendars.rules import Kind, Special, WorkingCalendar, problem_with
from yichuang.lib.actor import Actor
from yichuang.lib.errors import Conflict, Invalid

ORDINARY = "ordinary"
_KINDS = [("", "请选择"), (Kind.REST.value, "休：放假"), (Kind.WORK.value, "班：上班"), (ORDINARY, "恢复为普通日")]


class ChangeForm(forms.Form):
    """A change that can be looked at before it is made. ``seen`` is the edition the person was looking at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def proposed(self) -> WorkingCalendar:
        """The calendar as it would be. Only of a valid form."""
        raise NotImplementedError

    def save(self, *, by: Actor) -> None:
        raise NotImplementedError

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Run an act; a refused one puts its sentences beside the fields, and nothing typed is lost."""
        if not self.is_valid():
            return False
        try:
            act()
        except Invalid as error:
            for name, sentence in error.fields.items():
                self.add_error(name if name in self.fields else None, sentence)
        except Conflict as error:
            self.add_error(None, str(error))
            # What was typed stays; the next attempt rests on the calendar that is shown now.
            self.data = {**dict(self.data.items()), "seen": str(queries.edition())}
        return not self.errors


class PublicationForm(ChangeForm):
    """A whole year, in lines as they stand in the notice."""

    rest = forms.CharField(
        label="放假",
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="每行一段，如“2月15日至23日 春节”。照通知抄写即可，其中的周末不用去掉。",
    )
    work = forms.CharField(
        label="调休上班",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一天，如“2月14日 春节调休”。",
    )
    notice = forms.CharField(label="文号", max_length=60, help_text="如：国办发明电〔2025〕7号")
    source = forms.CharField(label="通知名称", max_length=200)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_rest(self) -> dict[date, Special]:
        return self._days("rest", Kind.REST)

    def clean_work(self) -> dict[date, Special]:
        return self._days("work", Kind.WORK)

    def _days(self, name: str, kind: Kind) -> dict[date, Special]:
        try:
            return special_days(self.cleaned_data[name], self.year, kind)
        except UnreadableError as error:
            raise forms.ValidationError(str(error)) from None

    def days(self) -> dict[date, Special]:
        found: dict[date, Special] = self.cleaned_data["rest"] | self.cleaned_data["work"]
        return found

    def proposed(self) -> WorkingCalendar:
        return queries.calendar_with(self.year, self.days())

    def save(self, *, by: Actor) -> None:
        values = self.cleaned_data
        publication.publish(
            self.year, self.days(), notice=values["notice"], source=values["source"], by=by, seen=values["seen"]
        )


class DayForm(ChangeForm):
    """One day, by a notice of its own."""

    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(label="改为", choices=_KINDS)
    name = forms.CharField(
        label="名称", max_length=40, required=False, help_text="如“春节”“春节调休”；恢复为普通日时不用填写"
    )
    notice = forms.CharField(label="依据的通知文号", max_length=60)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        day, kind = values.get("day"), values.get("kind")
        if day and queries.year_row(day.year) is None:
            self.add_error("day", f"{day.year} 年还没有公布，请先公布全年的安排。")
        if day and kind and kind != ORDINARY:
            if sentence := problem_with(day, Kind(kind)):
                self.add_error("day", sentence)
            if not values.get("name", "").strip():
                self.add_error("name", "请填写名称。")
        return values

    def proposed(self) -> WorkingCalendar:
        day, kind = self.cleaned_data["day"], self.cleaned_data["kind"]
        specials = queries.specials_of(day.year)
        specials.pop(day, None)
        if kind != ORDINARY:
            specials[day] = Special(Kind(kind), self.cleaned_data["name"])
        return queries.calendar_with(day.year, specials)

    def save(self, *, by: Actor) -> None:
        values = self.cleaned_data
        if values["kind"] == ORDINARY:
            special_day.clear(values["day"], notice=values["notice"], by=by, seen=values["seen"])
        else:
            kind, name = Kind(values["kind"]), values["name"]
            special_day.mark(values["day"], kind, name, notice=values["notice"], by=by, seen=values["seen"])
