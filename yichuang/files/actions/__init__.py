"""Keeping files: written to the side, synced, then given their name, so that half a file is never read."""
