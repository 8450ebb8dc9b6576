"""Acceptance under load: eight clerks press at the same time, over HTTP, everything real in the path."""

import http.client
import http.cookies
import itertools
import json
import re
import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from tests.support.server import Server, scratch_folder
from tools.bench.figure import Figure, percentile
from tools.steps import StepFailedError

_CLIENTS = 8
_CREATED = 201
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华"
_numbers = itertools.count(1)


@dataclass(slots=True)
class Clerk:
    """A logged-in session of the demo's front desk on one kept-open connection."""

    port: int
    connection: http.client.HTTPConnection = field(init=False)
    headers: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies: http.cookies.SimpleCookie = http.cookies.SimpleCookie()
        page = self._ask("GET", "/demo/", cookies)
        username = _front_desk(page)
        form = urlencode({"username": username, "csrfmiddlewaretoken": _token(page)})
        self._ask("POST", "/demo/enter", cookies, form)
        # Logging in changes the token.
        self.headers = {
            "Content-Type": "application/json",
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items()),
            "X-CSRFToken": cookies["csrftoken"].value,
        }

    def _ask(self, method: str, path: str, cookies: http.cookies.SimpleCookie, body: str | None = None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if answer.status >= 400:
            raise StepFailedError(f"{method} {path}: {answer.status} {text[:500]}")
        for value in answer.headers.get_all("Set-Cookie", []):
            cookies.load(value)
        return text

    def materials_of(self, item: str) -> list[dict[str, object]]:
        """What a clerk ticks: everything that the item asks for."""
        self.connection.request("GET", f"/api/v1/items/{quote(item)}", headers=self.headers)
        shown = json.loads(self.connection.getresponse().read())
        return [{"material": m["id"], "originals": m["originals"], "copies": m["copies"]} for m in shown["materials"]]

    def accept(self, item: "Asked") -> None:
        body = json.dumps(_application(item), ensure_ascii=False).encode()
        self.connection.request("POST", "/api/v1/cases", body, self.headers | {"Idempotency-Key": uuid.uuid4().hex})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != _CREATED:
            raise StepFailedError(f"POST /api/v1/cases: {answer.status} {text.decode()[:800]}")


@dataclass(frozen=True, slots=True)
class Asked:
    """An item and the materials handed in for it."""

    code: str
    materials: list[dict[str, object]]


@dataclass(slots=True)
class Ours:
    server: Server
    items: list[Asked]
    clerks: list[Clerk]

    def described(self) -> str:
        return f"{len(self.items)} items in turn, {_CLIENTS} clients, every case of a new applicant"

    def run(self, seconds: float) -> Figure:
        """Accept for some time; every answer must be a new case."""
        until = time.perf_counter() + seconds
        took: list[float] = []
        errors: list[BaseException] = []
        threads = [threading.Thread(target=self._work, args=(clerk, until, took, errors)) for clerk in self.clerks]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise StepFailedError(f"{len(errors)} of {_CLIENTS} clients stopped: {errors[0]}")
        value = len(took) / (time.perf_counter() - started)
        return Figure("accept_c8", value, "cases/s", percentile(took, 0.5), percentile(took, 0.99))

    def _work(self, clerk: Clerk, until: float, took: list[float], errors: list[BaseException]) -> None:
        try:
            while (begun := time.perf_counter()) < until:
                clerk.accept(self.items[len(took) % len(self.items)])
                took.append((time.perf_counter() - begun) * 1000)
        except (StepFailedError, OSError, http.client.HTTPException) as error:
            errors.append(error)


@contextmanager
def serving(database_url: str) -> Iterator[Ours]:
    folder = scratch_folder()
    server: Any = Server(database_url, folder)
    try:
        server.command("migrate", "--quiet")
        server.command("demo", "--load-only", timeout=600)
        found = json.loads(server.command("search", "证", "--json"))
        server.start()
        clerks = [Clerk(server.port) for _ in range(_CLIENTS)]
        items = [Asked(row["code"], clerks[0].materials_of(row["code"])) for row in found]
        yield Ours(server, items, clerks)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _front_desk(page: str) -> str:
    for username, label in re.findall(r'name="username" value="([^"]+)"[^>]*><strong>([^<]+)', page):
        if "综" in label or "前台" in label:
            return str(username)
    raise StepFailedError("the demo offers no front desk to enter as")


def _token(page: str) -> str:
    match = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if match is None:
        raise StepFailedError("the demo page has no CSRF token")
    return match.group(1)


def _application(item: Asked) -> dict[str, object]:
    number = next(_numbers)
    name = _FAMILY[number % 10] + _GIVEN[number % 20] + _GIVEN[number // 20 % 20]
    return {
        "item_code": item.code,
        "applicant_kind": "person",
        "applicant_name": name,
        "id_type": "resident_id",
        "identifier": _identity_number(number),
        "phone": f"139{number % 100_000_000:08d}",
        "materials": [*item.materials, {"name": "身份证复印件", "copies": 1}],
    }


def _identity_number(number: int) -> str:
    """A number with a right check digit (GB 11643) of somebody who does not exist."""
    body = (
        f"510811{1950 + number // 1000 // 12 % 50}{number // 1000 % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    )
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
