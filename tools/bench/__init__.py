"""The figures of the platform, measured the same way every time: ``python -m tools.bench [--quick]``."""
