"""The desk pages of places: one file a noun."""
