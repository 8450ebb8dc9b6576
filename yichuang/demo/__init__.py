"""The demo district 昭化区: organisation, people, catalogue and a few cases, made through the public verbs only.

Demo mode is a row written when the database is created (``accounts.Installation``); nothing here works without it.
"""
