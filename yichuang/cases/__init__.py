"""A case (办件): one application on its way from acceptance to handing over.

Promises to the floors above: ``queries.case_for(by, number)`` gives a case or "not found", never somebody else's;
``actions`` carry it along the edges of ``rules.LIFECYCLE``, one act, one event; ``queries.public_progress`` is all a
citizen with number and query code may see.
"""
