"""What holds for every account: names, machine-made secrets, growing waits, idleness."""

import re
import secrets
import unicodedata
from datetime import timedelta

from yichuang.lib.actor import Actor, ActorKind
from yichuang.lib.sm3 import sm3

USERNAME_LIMIT = 40
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
_PLAIN = "abcdefghjkmnpqrstuvwxyz23456789"  # Without 0 O 1 l i: these secrets are read from paper.

# Nobody is known yet: whoever stands before the login page.
VISITOR = Actor(ActorKind.CLIENT, "visitor", name="访客")


def normalised_username(raw: str) -> str:
    """Full-width letters, capitals and spaces typed by an input method are the same name."""
    return unicodedata.normalize("NFKC", raw).strip().lower()[: USERNAME_LIMIT * 4]


def username_fault(username: str) -> str:
    """The empty string, or what is wrong with a name chosen for a new account."""
    if _USERNAME.fullmatch(username):
        return ""
    return "用户名由小写字母开头，可用小写字母、数字、点、横线、下划线，共 2 到 40 个字符。"


def secret_hash(raw: str) -> str:
    """SM3 of a secret made by machine. It has far too many bits to be guessed, so no slow hash is needed."""
    return sm3(raw.encode("utf-8", "replace")).hex()


def new_token() -> str:
    return "yc_" + secrets.token_urlsafe(32)


def new_setup_code() -> str:
    """Sixteen characters (79 bits) in groups of four, to be typed from a console."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(4)) for _ in range(4))


def normalised_setup_code(raw: str) -> str:
    return "".join(unicodedata.normalize("NFKC", raw).lower().replace("-", " ").split())


def new_initial_password() -> str:
    """Twelve characters (59 bits), good for one login."""
    return "-".join("".join(secrets.choice(_PLAIN) for _ in range(4)) for _ in range(3))


# Local practice, not law: tries without a wait for one key and for one address, and how long failures are remembered.
# A hall's counters share one address: its failures are forgotten sooner, else a week of typing errors would close it.
FREE_TRIES_OF_KEY = 5
FREE_TRIES_OF_ADDRESS = 30
MEMORY_OF_KEY = timedelta(hours=24)
MEMORY_OF_ADDRESS = timedelta(hours=1)
_FIRST_WAIT = 60
LONGEST_WAIT = 15 * 60


def wait_after(failures: int, free: int) -> int:
    """Seconds to wait after that many failures: none for the free tries, then 1, 2, 4, 8, at most 15 minutes."""
    if failures < free:
        return 0
    return int(min(_FIRST_WAIT * 2 ** min(failures - free, 10), LONGEST_WAIT))


def wait_in_words(seconds: int) -> str:
    """秒 below a minute, whole minutes above, rounded up: nobody is told a time that is too short."""
    return f"{max(seconds, 1)} 秒" if seconds < 60 else f"{-(-seconds // 60)} 分钟"


def seen_step(idle_seconds: int) -> int:
    """How old the stored sign of life may grow before it is written anew: a write a minute, not one a request."""
    return min(60, idle_seconds // 10)


def is_idle_over(seen: float, now: float, idle_seconds: int) -> bool:
    """The one rule of the idle lock. The step is added, so that nobody is locked out early."""
    return now - seen > idle_seconds + seen_step(idle_seconds)


def needs_new_sign(seen: float, now: float, idle_seconds: int) -> bool:
    return now - seen >= seen_step(idle_seconds)
