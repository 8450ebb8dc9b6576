"""Changing the index and the synonyms."""
