"""A Merkle tree in the form of RFC 6962 §2.1, with SM3 for SHA-256: leaf 0x00, node 0x01."""

from collections.abc import Sequence

from yichuang.lib.sm3 import sm3


def leaf_hash(data: bytes) -> bytes:
    return sm3(b"\x00" + data)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sm3(b"\x01" + left + right)


def _split(count: int) -> int:
    """The largest power of two smaller than ``count`` (count > 1)."""
    return 1 << (count - 1).bit_length() - 1


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes; SM3 of nothing for an empty tree. Iterative: no limit on the number of leaves."""
    if not leaves:
        return sm3(b"")
    stack: list[tuple[int, bytes]] = []  # (height, hash) of complete subtrees, left to right
    for leaf in leaves:
        height, value = 0, leaf
        while stack and stack[-1][0] == height:
            value = node_hash(stack.pop()[1], value)
            height += 1
        stack.append((height, value))
    value = stack.pop()[1]
    while stack:
        value = node_hash(stack.pop()[1], value)
    return value


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of RFC 6962 §2.1.1 for one leaf hash, from the leaf upwards."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    middle = _split(len(leaves))
    if index < middle:
        return [*inclusion_proof(leaves[:middle], index), root(leaves[middle:])]
    return [*inclusion_proof(leaves[middle:], index - middle), root(leaves[:middle])]


def root_from_proof(leaf: bytes, index: int, count: int, proof: Sequence[bytes]) -> bytes:
    """The root that a proof leads to; equal to the published one when the leaf is in the tree."""
    if not 0 <= index < count:
        raise IndexError(index)
    if count == 1:
        if proof:
            raise ValueError("the proof is too long")
        return leaf
    if not proof:
        raise ValueError("the proof is too short")
    middle = _split(count)
    if index < middle:
        return node_hash(root_from_proof(leaf, index, middle, proof[:-1]), proof[-1])
    return node_hash(proof[-1], root_from_proof(leaf, index - middle, count - middle, proof[:-1]))
