"""The worker's share: once an hour, sessions and failures that no longer mean anything."""

from yichuang.accounts.actions import sweeping


def sweep() -> int:
    return sweeping.sweep()
