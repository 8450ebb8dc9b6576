"""Deadlines (时限): a due date as a pure function that explains itself, and clocks that ring exactly once.

A clock knows a subject as text ("case:123") and nothing about cases.
"""
