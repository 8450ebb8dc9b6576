"""The one page that shows a form, with what is wrong beside the fields; and the one that shows a secret once."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around a form: its title, its button, the way back and a word of explanation."""

    title: str
    button: str
    back: str
    lead: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Secret:
    """Something shown once: for whom, what it is, and how to go on."""

    title: str
    label: str
    value: str
    lead: str
    back: str


def show(request: HttpRequest, form: forms.Form, sheet: Sheet) -> HttpResponse:
    return render(request, "staff/form.html", {"form": form, "sheet": sheet}, status=422 if form.errors else 200)


def done(request: HttpRequest, sentence: str, target: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(target)


def show_once(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The answer to the POST itself: a page to come back to would have to keep the secret somewhere."""
    return without_trace(render(request, "staff/secret.html", {"secret": secret}))


def without_trace(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
