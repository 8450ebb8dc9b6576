"""Places (组织与场所): divisions, departments, halls, windows, opening hours and the business day.

Promises: a division code has at most one division in force, and a closed one names its successor; a window number is
unique among the windows in use of its hall and may be given again after closing, the old row staying as history; the
business day of a moment is a pure function of the moment, the hall's zone and its day boundary; what a hall should
consist of is data (``CompositionRule``), judged in ``rules.composition``.
"""
