"""Which action runs when a clock of a kind rings. Each runs in the transaction that marks its clock as rung."""

from yichuang.cases import jobs as cases
from yichuang.deadlines.jobs import Bell

BELLS: dict[str, Bell] = {
    "case.decision": cases.ring,
    "case.certificate": cases.ring,
}
