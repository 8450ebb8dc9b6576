"""Pytest plugin: how hard property and fault tests try. ``make soak`` sets YICHUANG_SOAK=1."""

import os

from hypothesis import HealthCheck, settings

IS_SOAK = os.environ.get("YICHUANG_SOAK") == "1"

# No time limit for one example: the machine may be shared, and a slow example is not a wrong one.
settings.register_profile("ours", deadline=None)
settings.register_profile("soak", deadline=None, max_examples=5000, suppress_health_check=list(HealthCheck))
settings.load_profile("soak" if IS_SOAK else "ours")


def times(usual: int, soak: int) -> int:
    """The number of repetitions of a test: few in ``make test``, many in ``make soak``."""
    return soak if IS_SOAK else usual
