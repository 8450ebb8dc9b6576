"""What can be done to a case: one file a noun, all through the one door in ``_move``."""
