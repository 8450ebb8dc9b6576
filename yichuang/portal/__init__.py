"""The citizen portal (办事门户): find the guide of the thing one came for, follow a case, find the hall. Phone first.

Decides nothing and writes nothing; every page reads through the queries of the modules below.
"""
