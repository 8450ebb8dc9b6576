import os
import signal
import threading
from time import sleep

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.project.settings")


def _end_with_parent() -> None:
    """A web worker whose server was killed outright would keep the port for ever: nobody tells it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            sleep(1)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


if os.environ.get("YICHUANG_WATCH_PARENT") == "1":
    _end_with_parent()
application = get_wsgi_application()

from yichuang.project import checks  # noqa: E402 - needs the settings

checks.refuse_to_start()
