"""What a query means and how well an entry answers it: pure functions over text."""

from yichuang.search.rules.entry import MAX_WEIGHT, Entry, Hit

__all__ = ["MAX_WEIGHT", "Entry", "Hit"]
