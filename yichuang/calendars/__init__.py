"""Working days (工作日) as data: published years with their notice, editable with audit; provisional beyond.

Promise: ``queries.working_calendar()`` is immutable, cached per process and computes every date in O(1).
"""
