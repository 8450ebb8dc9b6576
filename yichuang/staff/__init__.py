"""Staff (人员): who works in halls and departments, in which posts, with which skills and certificates.

Promises: what a person may do follows from posts in force today and from one table, ``rules.PERMISSIONS``; system, security
and audit administration (三员) stay apart from each other and from all business; nobody grants themself anything; who asks
is one query (``queries.actor_of``).
"""
