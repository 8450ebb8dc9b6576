"""The catalogue (事项库): what can be applied for, in versions, with its materials, limits and legal regime.

Promises: ``queries.published_item(code)`` gives the version in force; a case pins the version it was accepted under;
``actions.importing`` takes foreign files whole or not at all per row, and keeps their bytes beside what was understood.
"""
