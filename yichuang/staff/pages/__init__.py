"""Pages of logging in, of people, posts, accounts and tokens."""
