"""The template environment: strict, with the few globals and filters every page needs."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext
from jinja2 import Environment, StrictUndefined

from yichuang.accounts import queries as accounts
from yichuang.kit import jinja as kit
from yichuang.project.navigation import navigation


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    env = Environment(**(options | {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}))  # noqa: S701 - Django passes autoescape=True
    env.globals.update({"url": _url, "static": static, "_": gettext, **kit.GLOBALS})
    env.globals.update({"navigation": navigation, "is_demo": accounts.is_demo})
    env.globals["idle_seconds"] = settings.IDLE_MINUTES * 60
    env.filters.update(kit.FILTERS)
    return env
