"""Reading accounts and the installation."""

from yichuang.accounts.models import Account, Installation


def is_demo() -> bool:
    """Asked of the database each time: one row by its key, and no cache that could be wrong."""
    return Installation.objects.filter(pk=1, is_demo=True).exists()


def demo_is_loaded() -> bool:
    return Installation.objects.filter(pk=1, is_demo=True, demo_loaded_at__isnull=False).exists()


def is_founded() -> bool:
    return not is_new()


def is_new() -> bool:
    """True while nobody has taken this database into use, neither as a demo nor for a real hall."""
    return not Installation.objects.filter(pk=1, founded_at__isnull=False).exists() and not Account.objects.exists()


def account_of(pk: int) -> Account:
    return Account.objects.get(pk=pk)


def account_named(username: str) -> Account | None:
    return Account.objects.filter(username=username).first()
