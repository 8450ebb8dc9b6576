"""Every route there is: what stands in the URL configuration, with what each declares."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from yichuang.kit.audience import Declared, declared_by

_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# Something each converter takes. That nothing is found behind it does not matter: guards come first.
_EXAMPLES = {"int": "1", "str": "x", "slug": "x", "path": "x", "uuid": "00000000-0000-4000-8000-000000000000"}


@dataclass(frozen=True, slots=True)
class Route:
    """One page or, for the API, one path with its operations."""

    pattern: str
    name: str
    view: Callable[..., Any]
    declared: tuple[Declared, ...]

    @property
    def example(self) -> str:
        """An address of this route, with an invented value for each parameter."""
        return "/" + _PARAMETER.sub(lambda found: _EXAMPLES.get(found[1] or "str", "x"), self.pattern)

    @property
    def where(self) -> str:
        view = self.view.func if isinstance(self.view, partial) else self.view
        return f"/{self.pattern} ({view.__module__}.{getattr(view, '__qualname__', view)})"


def walk(patterns: list[Any] | None = None, prefix: str = "", namespace: str = "") -> Iterator[Route]:
    """All routes, in the order in which addresses are tried."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, prefix + str(pattern.pattern), inner)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            yield Route(prefix + str(pattern.pattern), namespace + (pattern.name or ""), view, declared_by(view))
