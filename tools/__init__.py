"""Tools of the checkout, run by the Makefile: install, check, test, bench. Not part of the installed package."""
