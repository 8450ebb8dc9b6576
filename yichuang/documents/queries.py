from collections.abc import Iterable

from django.conf import settings

from yichuang.documents import rules
from yichuang.documents.models import Counter, Paper
from yichuang.lib.sm3 import sm3

GIVE_UP_AFTER = 5


def papers_of(subject: str) -> list[Paper]:
    """The papers of a subject, in the order of their issue. Scope is the caller's: it holds the subject already."""
    return list(Paper.objects.filter(subject=subject).order_by("id"))


def unrendered(limit: int) -> list[Paper]:
    """Papers without a PDF; those that failed before come after the fresh ones, and not for ever."""
    waiting = Paper.objects.filter(rendering=None, rendering_failures__lt=GIVE_UP_AFTER)
    return list(waiting.order_by("rendering_failures", "id")[:limit])


def is_intact(paper: Paper) -> bool:
    """Whether the frozen content is the one whose fingerprint was written when the paper was issued."""
    return sm3(paper.content_text.encode()).hex() == paper.content_sm3


def numbers_missing(key: str, used: Iterable[int]) -> list[int]:
    """The numbers of a counter that were given out but that no act used: the gaps, to be listed and explained."""
    last = Counter.objects.filter(pk=key).values_list("value", flat=True).first() or 0
    return sorted(set(range(1, last + 1)) - set(used))


def normalise_case_number(raw: str) -> str:
    """A case number as this installation prints it, however it was typed."""
    return rules.normalise_case_number(raw, settings.CASE_NUMBER)


def problem_of_case_number(raw: str) -> str:
    """What is wrong with a case number of this installation, as a sentence; empty when it can be one."""
    return rules.problem_of_case_number(raw, settings.CASE_NUMBER)
