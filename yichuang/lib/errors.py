"""What can go wrong in an act, as sentences a clerk understands.

Pages show the sentence beside the field or on top of the form; the API turns each into RFC 9457 problem+json.
"""


class DomainError(Exception):
    """An act that did not happen. ``str(error)`` is a Chinese sentence for people."""

    status = 400
    code = "error"


class Invalid(DomainError):
    """Input that cannot be taken. ``fields`` maps field names to Chinese sentences."""

    status = 422
    code = "invalid"

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("；".join(fields.values()))
        self.fields = fields


class Refused(DomainError):
    """The actor may not do this. ``who`` says who may."""

    status = 403
    code = "refused"

    def __init__(self, sentence: str, *, permission: str = "", who: str = "") -> None:
        super().__init__(sentence)
        self.permission = permission
        self.who = who


class NotFound(DomainError):
    """Not there, or not for this actor: the two look the same from outside."""

    status = 404
    code = "not_found"

    def __init__(self, sentence: str = "没有找到，或者不在您的查看范围内。") -> None:
        super().__init__(sentence)


class Conflict(DomainError):
    """Somebody was faster, or the thing is in a state from which this act does not start."""

    status = 409
    code = "conflict"


class TooMany(DomainError):
    """Too many attempts. ``retry_after`` is in seconds."""

    status = 429
    code = "too_many"

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
