import pytest
from hypothesis import given
from hypothesis import strategies as st

from yichuang.lib.merkle import inclusion_proof, leaf_hash, root, root_from_proof
from yichuang.lib.sm3 import sm3

LEAVES = st.lists(st.binary(max_size=8), max_size=40).map(lambda rows: [leaf_hash(row) for row in rows])


def by_the_book(leaves):
    """RFC 6962 §2.1 word for word."""
    n = len(leaves)
    if n == 0:
        return sm3(b"")
    if n == 1:
        return leaves[0]
    k = 1
    while k * 2 < n:
        k *= 2
    return sm3(b"\x01" + by_the_book(leaves[:k]) + by_the_book(leaves[k:]))


@given(LEAVES)
def test_the_root_is_that_of_the_standard(leaves):
    assert root(leaves) == by_the_book(leaves)


@given(LEAVES.filter(bool), st.data())
def test_a_proof_leads_to_the_root_and_only_from_its_own_leaf_and_place(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index)
    assert len(proof) <= max(len(leaves) - 1, 0).bit_length()
    assert root_from_proof(leaves[index], index, len(leaves), proof) == root(leaves)
    assert root_from_proof(leaf_hash(b"another event"), index, len(leaves), proof) != root(leaves)


@given(LEAVES.filter(lambda leaves: len(leaves) > 1), st.data())
def test_a_changed_proof_leads_elsewhere(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, index)
    place = data.draw(st.integers(0, len(proof) - 1))
    proof[place] = bytes([proof[place][0] ^ 1]) + proof[place][1:]
    assert root_from_proof(leaves[index], index, len(leaves), proof) != root(leaves)


def test_proofs_of_the_wrong_length_and_places_outside_are_refused():
    leaves = [leaf_hash(bytes([n])) for n in range(5)]
    proof = inclusion_proof(leaves, 2)
    for wrong in (proof[:-1], [*proof, proof[0]]):
        with pytest.raises(ValueError):
            root_from_proof(leaves[2], 2, 5, wrong)
    for index in (-1, 5):
        with pytest.raises(IndexError):
            inclusion_proof(leaves, index)
        with pytest.raises(IndexError):
            root_from_proof(leaves[0], index, 5, proof)


def test_a_node_is_not_mistaken_for_a_leaf():
    a, b = leaf_hash(b"a"), leaf_hash(b"b")
    assert root([leaf_hash(a + b)]) != root([a, b])


def test_many_leaves_need_no_deep_stack():
    assert len(root([leaf_hash(b"x")] * 3000)) == 32
