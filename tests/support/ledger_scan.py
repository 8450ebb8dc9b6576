"""Does the ledger hold what it must not? Called at the end of a journey, over every event that the journey caused.

from tests.support.ledger_scan import personal_data_in_ledger
assert personal_data_in_ledger("王芳", "李强") == []
"""

import json
import re
from datetime import date

_IDENTIFIER = re.compile(r"(?<![0-9A-Za-z])([1-9]\d{16}[\dXx])(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86-?)?(1[3-9]\d{9})(?![0-9A-Za-z])")
_LANDLINE = re.compile(r"(?<![0-9A-Za-z-])0[1-9]\d{1,2}-[2-9]\d{6,7}(?![0-9A-Za-z-])")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_identifier(number):
    """A resident identity number (GB 11643-1999): a real birth date and the right check character.

    Our own ids have eighteen digits too; one in twenty thousand looks like a person's, and numbers in JSON are not looked at.
    """
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def personal_data_in(value, *forbidden):
    """What a body (parsed JSON) or a text holds of persons: numbers, phones, given words, or any Chinese text at all.

    Bodies hold codes, keys and dates; whoever needs Chinese there is writing free text, which belongs into the detail.
    """
    if isinstance(value, dict):
        return [found for pair in value.items() for part in pair for found in personal_data_in(part, *forbidden)]
    if isinstance(value, list):
        return [found for part in value for found in personal_data_in(part, *forbidden)]
    if not isinstance(value, str):
        return []
    found = [f"identity number {hit}" for hit in _IDENTIFIER.findall(value) if is_identifier(hit)]
    found += [f"phone {hit}" for hit in [*_MOBILE.findall(value), *_LANDLINE.findall(value)]]
    found += [f"name or word {word}" for word in forbidden if word and word in value]
    if _CHINESE.search(value):
        found.append(f"text {value}")
    return found


def personal_data_in_ledger(*forbidden):
    """A line for each event whose body, subject, kind or actor holds personal data. Empty is good."""
    from yichuang.ledger.models import Event

    lines = []
    for event in Event.objects.order_by("id").iterator():
        readable = [event.subject, event.kind, event.actor, event.on_behalf_of, json.loads(event.body)]
        lines += [f"{event.kind} {event.subject}: {found}" for found in personal_data_in(readable, *forbidden)]
    return lines
