"""Pytest plugin: in the second run of ``make test``, on PostgreSQL, what touches no database is not run again.

Only where YICHUANG_TEST_DATABASE_ONLY is set; what was left out stands in pytest's own count of deselected tests.
"""

import os

_FIXTURES = {"db", "transactional_db", "django_db_setup", "new_server", "demo_server"}


def pytest_collection_modifyitems(config, items):
    if not os.environ.get("YICHUANG_TEST_DATABASE_ONLY"):
        return
    kept, left = [], []
    for item in items:
        touches = item.get_closest_marker("django_db") or _FIXTURES & set(getattr(item, "fixturenames", ()))
        (kept if touches else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)
