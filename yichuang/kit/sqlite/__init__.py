"""SQLite for one hall: WAL, and every write transaction queues on one file lock before BEGIN IMMEDIATE.

Without the queue, waiting writers poll with growing pauses and the slowest of eight clerks waits up to a second;
with it they are woken in turn.
"""
