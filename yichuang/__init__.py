"""一窗 Yichuang: one counter accepts anything, departments decide behind it, one counter hands everything out."""

__version__ = "0.1.0"
