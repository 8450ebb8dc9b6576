"""Plain phrases (群众说法) of a hall's own citizens: which official names they stand for."""

from collections.abc import Sequence

from django.db import transaction

from yichuang.ledger.actions.record import record
from yichuang.lib.actor import Actor
from yichuang.lib.clean import clean_text
from yichuang.lib.errors import Invalid, Refused
from yichuang.lib.ids import new_id
from yichuang.search.models import Edition, Synonym
from yichuang.search.rules import words
from yichuang.search.rules.terms import number

PERMISSION = "search.synonyms"
_SAY = 40
_MEAN = 400


def change(say: str, means: Sequence[str], *, by: Actor) -> None:
    """From now on the phrase stands for these fragments of official names; without any it stands for nothing."""
    if not by.may(PERMISSION):
        raise Refused("您没有修改群众说法的权限。", permission=PERMISSION)
    phrase, meaning = _cleaned(say, means)
    with transaction.atomic():
        # Everyone who changes a phrase changes this row first: they wait for each other, and searches see the new token.
        edition, _ = Edition.objects.update_or_create(id=Edition.ONLY, defaults={"token": new_id()})
        Synonym.objects.update_or_create(say=phrase, defaults={"mean": meaning, "edition": edition})
        subject = f"synonym:{number(phrase)}"
        record(
            "synonym.changed", subject, by=by, body={"meanings": len(meaning.split())}, detail=f"{phrase}：{meaning}"
        )


def _cleaned(say: str, means: Sequence[str]) -> tuple[str, str]:
    wrong: dict[str, str] = {}
    phrase = meaning = ""
    try:
        phrase = words.flat(clean_text(say, limit=_SAY))
    except ValueError as error:
        wrong["say"] = str(error)
    else:
        if not phrase:
            wrong["say"] = "请填写群众的说法。"
    try:
        meaning = " ".join(filter(None, (words.flat(mean) for mean in means)))
        clean_text(meaning, limit=_MEAN)
    except ValueError as error:
        wrong["means"] = str(error)
    if wrong:
        raise Invalid(wrong)
    return phrase, meaning
