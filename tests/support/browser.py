"""A tab of a real browser that fails its test for console errors, refused content, broken resources and serious axe findings."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "var" / "screenshots"
SIZES = {"desk": (1366, 768), "board": (1920, 1080), "phone": (390, 844)}
_AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_DOCUMENTS = {"document", "xhr", "fetch"}


class Tab:
    """One person at one screen: own cookies, own size. ``page`` is Playwright's."""

    def __init__(self, browser, base_url, size="desk"):
        width, height = SIZES[size]
        self.size = size
        self.base_url = base_url
        self.context = browser.new_context(
            base_url=base_url,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size == "phone",
        )
        self.errors = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(f"script error: {error}"))
        self.page.on("response", self._response)
        self.page.on("requestfailed", self._failed)

    def _console(self, message):
        # Broken resources are judged by their response: a refusal page is an answer, a missing picture is not.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.errors.append(f"console: {message.text}")

    def _response(self, response):
        is_document = response.request.resource_type in _DOCUMENTS
        if response.status >= 500 or (response.status >= 400 and not is_document):
            self.errors.append(f"{response.status} {response.request.method} {response.url}")

    def _failed(self, request):
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.errors.append(f"{request.failure} {request.url}")

    def go(self, path):
        """Open a path of the server; returns the status."""
        answer = self.page.goto(path, wait_until="load")
        return answer.status if answer else 0

    def press(self, label):
        """Press the button or follow the link a person would read as ``label``."""
        target = self.page.get_by_role("button", name=label).or_(self.page.get_by_role("link", name=label))
        target.first.click()
        self.page.wait_for_load_state("load")

    def fill(self, label, value):
        self.page.get_by_label(label).first.fill(value)

    def text(self):
        return self.page.inner_text("body")

    def picture(self, name):
        """A screenshot of the whole page in var/screenshots, its size in the name; only where somebody will look at it."""
        if not os.environ.get("YICHUANG_TEST_PICTURES"):
            return None
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        width, height = SIZES[self.size]
        file = SCREENSHOTS / f"{re.sub('[^0-9A-Za-z-]+', '-', name)}-{width}x{height}.png"
        self.page.screenshot(path=str(file), full_page=True)
        return file

    def overflow(self):
        """How many pixels wider than the screen the page is: 0 where nothing scrolls sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def axe(self):
        """Serious and critical findings of axe-core, one line each."""
        self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{finding['impact']} {finding['id']}: {finding['help']} at {node['target']}"
            for finding in found["violations"]
            if finding["impact"] in {"serious", "critical"}
            for node in finding["nodes"]
        ]

    def resize(self, size):
        """The same page on another screen."""
        width, height = SIZES[size]
        self.size = size
        self.page.set_viewport_size({"width": width, "height": height})

    def close(self):
        self.context.close()
        assert not self.errors, "\n".join(self.errors)
