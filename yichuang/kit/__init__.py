"""Django pieces without business. Closed list; a new one needs a decision record and two users.

- ``audience``: every route says whom it is for; ``guard``: the middleware that holds it to that.
- ``sqlite``: the SQLite backend whose write transactions queue on one file lock.
- ``keyring``, ``secret``: keys outside the database; personal values encrypted at rest, findable by blind index.
- ``jinja``: the template environment's globals and filters (Chinese dates, masks).
- ``sentences``: a refused act's sentences beside the fields of a form.
- ``security``: response headers; ``nul``: no NUL gets past the door.
- ``static``, ``jinja2``: the one theme and ``kit/base.html``.
"""
