"""The search index (检索): finds things of any kind by the words people type, and knows nobody.

A module above puts ``Entry`` rows (kind, key, title, department, other names) with ``actions.indexing.put`` inside
its own transaction, and asks ``queries.find``. Found are Chinese words, pinyin, initials, words with one wrong
character, department names and plain citizen words; never more than three database round trips; the same order on
both databases.
"""
