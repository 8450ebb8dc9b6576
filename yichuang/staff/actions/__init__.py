"""People, posts, tokens, and the founding of an installation."""
