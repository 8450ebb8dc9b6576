from django import forms


class EventFilter(forms.Form):
    """Which events an auditor wants to see."""

    subject = forms.CharField(label="对象", max_length=60, required=False, help_text="如 case:123，完整填写")
    kind = forms.CharField(label="事件代码", max_length=60, required=False, help_text="如 case.accepted，完整填写")
