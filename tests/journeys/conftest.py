"""Journeys: people in a real browser before a real server, on the database the run is about."""

import os
import shutil
import uuid
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.support.browser import Tab
from tests.support.server import Server, scratch_folder


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    from tools import browser as tool

    found = tool.find()
    assert found is not None, "no browser known: run make test, or python -m tools.browser"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=found.executable,
            args=list(tool.FLAGS),
            env=found.environment(),
        )
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def new_server():
    """Make servers on fresh databases: ``new_server(demo=True)``; all end with the session."""
    made = []

    def make(*arguments, demo=False, **environment):
        folder = scratch_folder()
        url, drop = _fresh_database(folder)
        server = Server(url, folder, *arguments, **environment)
        made.append((server, folder, drop))
        server.command("migrate", "--quiet")
        if demo:
            server.command("demo", "--load-only")
        server.start()
        return server

    yield make
    for server, folder, drop in reversed(made):
        server.stop()
        drop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def demo_server(new_server):
    """One server with the demo data for all journeys that do not need their own."""
    return new_server(demo=True)


@pytest.fixture
def new_tab(browser):
    """Open tabs: ``new_tab(server, "phone")``; at the end each must be free of errors."""
    tabs = []

    def open_tab(server, size="desk"):
        tab = Tab(browser, server if isinstance(server, str) else server.url, size)
        tabs.append(tab)
        return tab

    yield open_tab
    errors = []
    for tab in tabs:
        tab.context.close()
        errors += tab.errors
    assert not errors, "\n".join(errors)


def _fresh_database(folder):
    """A new, empty database beside the one of the run, and how to drop it."""
    url = os.environ["YICHUANG_DATABASE_URL"]
    if url.startswith("sqlite"):
        return f"sqlite:///{folder / 'journey.sqlite3'}", lambda: None
    import psycopg

    name = f"journey_{uuid.uuid4().hex[:12]}"
    locale = "TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {locale}")

    def drop():
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    return _with_name(url, name), drop


def _with_name(url, name):
    parts = urlsplit(url)
    assert dict(parse_qsl(parts.query)) or parts.hostname
    return url.replace(f"{parts.path}?" if parts.query else parts.path, f"/{name}?" if parts.query else f"/{name}", 1)
