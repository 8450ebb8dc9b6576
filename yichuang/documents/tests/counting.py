"""What several processes do at once to one counter."""

from datetime import date

from django.db import transaction

from yichuang.documents.actions.issuing import issue
from yichuang.documents.actions.numbering import case_number, next_gapless
from yichuang.documents.tests.contents import CLERK, CONTENTS


def take_case_numbers(count):
    return [case_number("510811", date(2023, 4, 18)) for _ in range(count)]


class GaveUpError(Exception):
    pass


def give_up_sometimes(turn):
    if turn % 3 == 0:
        raise GaveUpError


def take_gapless(process, count):
    """Every third act fails after it took its number; the numbers of the acts that held are returned."""
    held = []
    for turn in range(count):
        try:
            with transaction.atomic():
                number = next_gapless("paper/昭审批/2023")
                give_up_sometimes(process + turn)
            held.append(number)
        except GaveUpError:
            pass
    return held


def issue_decisions(process, count):
    numbers = []
    for turn in range(count):
        with transaction.atomic():
            numbers.append(
                issue("grant_decision", f"case:{process}{turn}", CONTENTS["grant_decision"], by=CLERK).number
            )
    return numbers
