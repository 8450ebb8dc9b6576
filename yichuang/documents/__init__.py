"""Documents (文书): numbers, frozen papers, and their PDF as a cached rendering.

Promises: ``actions.issuing.issue`` freezes a paper in the act's transaction and refuses one that lacks a mandatory part;
``queries.pdf_of`` gives its PDF, rendered at most once.
"""
