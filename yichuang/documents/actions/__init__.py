"""Numbers and papers."""
