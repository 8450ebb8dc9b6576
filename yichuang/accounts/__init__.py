"""Accounts (账号): who can log in, nothing about who they are in the hall.

Promises: passwords only as Argon2 hashes; secrets made by machine only as SM3 hashes; failed attempts are counted so that
no number of parallel guesses gets more tries than one at a time; one rule of idleness. Staff and, later, parties point
to an account; an account points to nobody.
"""
