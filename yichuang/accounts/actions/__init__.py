"""Making accounts, logging in, slowing down guesses, founding an installation."""
