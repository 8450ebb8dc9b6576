"""The hall's own phrases: what its citizens say and what the catalogue calls it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yichuang.kit.audience import staff
from yichuang.kit.guard import StaffRequest
from yichuang.kit.sentences import show_errors
from yichuang.lib.errors import Invalid
from yichuang.search import queries
from yichuang.search.actions import synonyms
from yichuang.search.forms import PhraseForm


@staff("search.synonyms")
@require_http_methods(["GET", "POST"])
def phrases(request: StaffRequest) -> HttpResponse:
    form = PhraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            synonyms.change(form.cleaned_data["say"], form.cleaned_data["means"].split(), by=request.actor)
        except Invalid as error:
            show_errors(form, error)
        else:
            messages.success(request, f"已保存“{form.cleaned_data['say']}”，下一次搜索就会用到。")
            return redirect("search:phrases")
    context = {"form": form, "rows": queries.own_phrases()}
    return render(request, "search/phrases.html", context, status=422 if form.errors else 200)
