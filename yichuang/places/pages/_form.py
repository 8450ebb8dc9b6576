"""The one page that shows a form about a place, with what is wrong beside the fields."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around a form: its title, its button, a word of explanation and the way back."""

    title: str
    button: str
    back: str
    lead: str = ""
    is_grave: bool = False


def show(request: HttpRequest, form: forms.Form, sheet: Sheet) -> HttpResponse:
    return render(request, "places/form.html", {"form": form, "sheet": sheet}, status=422 if form.errors else 200)


def done(request: HttpRequest, sentence: str, target: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(target)
