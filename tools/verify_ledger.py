"""Check an export of the ledger without any code of the platform: 独立校验审计台账的导出文件.

    python verify_ledger.py 导出文件 [--root 从日报或公示页抄下的根值] [--json]

One file, Python's standard library only. What is checked: no event is missing (positions, and each subject's own
count), no event was altered (Merkle root of each seal, RFC 6962 with SM3), the seals follow one another, and, with
--root, that the end was not cut off. Exit code 0: nothing found; 1: something is wrong; 2: not an export.
"""

import argparse
import hashlib
import json
import struct
import sys
from collections.abc import Callable, Iterator

Row = dict[str, object]
_MASK = 0xFFFFFFFF
_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)


def _rotate(value: int, by: int) -> int:
    by %= 32
    return ((value << by) | (value >> (32 - by))) & _MASK if by else value


def _expand(block: bytes) -> tuple[list[int], list[int]]:
    """GB/T 32905-2016, 5.3.2."""
    words = list(struct.unpack(">16I", block))
    for j in range(16, 68):
        x = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        words.append(x ^ _rotate(x, 15) ^ _rotate(x, 23) ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    return words, [words[j] ^ words[j + 4] for j in range(64)]


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """GB/T 32905-2016, 5.3.3."""
    words, other = _expand(block)
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        early = j < 16
        ss1 = _rotate((_rotate(a, 12) + e + _rotate(0x79CC4519 if early else 0x7A879D8A, j)) & _MASK, 7)
        ss2 = ss1 ^ _rotate(a, 12)
        ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if early else (e & f) | (~e & g & _MASK)
        tt1 = (ff + d + ss2 + other[j]) & _MASK
        tt2 = (gg + h + ss1 + words[j]) & _MASK
        a, b, c, d = tt1, a, _rotate(b, 9), c
        e, f, g, h = tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17), e, _rotate(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))


def sm3_in_python(data: bytes) -> bytes:
    """For a Python whose OpenSSL has no SM3."""
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + struct.pack(">Q", len(data) * 8)
    state: tuple[int, ...] = _START
    for start in range(0, len(padded), 64):
        state = _compress(state, padded[start : start + 64])
    return struct.pack(">8I", *state)


def _find_sm3() -> Callable[[bytes], bytes]:
    try:
        hashlib.new("sm3")
    except ValueError:
        return sm3_in_python
    return lambda data: hashlib.new("sm3", data).digest()


sm3 = _find_sm3()


def canonical(content: Row) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf(event: Row) -> bytes:
    return sm3(b"\x00" + canonical({name: value for name, value in event.items() if name != "position"}))


def merkle(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    middle = 1 << (len(leaves) - 1).bit_length() - 1
    return sm3(b"\x01" + merkle(leaves[:middle]) + merkle(leaves[middle:]))


class Ledger:
    """What an export holds, with the complaints found while reading it."""

    def __init__(self) -> None:
        self.leaves: dict[int, bytes] = {}
        self.counts: dict[str, int] = {}
        self.seals: list[Row] = []
        self.end: Row | None = None
        self.found: list[str] = []

    def add_event(self, event: Row) -> None:
        position = int(str(event["position"]))
        subject, seq = str(event["subject"]), int(str(event["seq"]))
        expected = max(self.leaves, default=0) + 1 if position - 1 not in self.leaves else position
        if position in self.leaves:
            self.found.append(f"次序错乱：第 {position} 号事件出现了两次。")
        elif position > expected:
            self.found.append(f"缺失：第 {expected} 至第 {position - 1} 号事件不在导出文件中。")
        elif position < expected:
            self.found.append(f"次序错乱：第 {position} 号事件排在后面的事件之后。")
        before = self.counts.get(subject, 0)
        if seq > before + 1:
            self.found.append(f"缺失：{subject} 的第 {before + 1} 至第 {seq - 1} 条记录不在导出文件中。")
        elif seq <= before:
            self.found.append(f"次序错乱：{subject} 的第 {seq} 条记录排在第 {before} 条之后。")
        self.counts[subject] = max(seq, before)
        self.leaves[position] = leaf(event)

    def findings(self, root: str) -> Iterator[str]:
        yield from self.found
        previous, number, first = "0" * 64, 1, 1
        for seal in self.seals:
            yield from self._seal(seal)
            if (seal["previous"], seal["number"], seal["first"]) != (previous, number, first):
                yield f"封存链断裂：第 {seal['number']} 号封存不承接它的前一号（应为第 {number} 号，从第 {first} 号事件起）。"
            previous, number, first = str(seal["hash"]), int(str(seal["number"])) + 1, int(str(seal["last"])) + 1
        if root and all(seal["hash"] != root.lower() for seal in self.seals):
            yield "缺失：给出的根值不在封存链中，台账的末尾被截去，或整个台账被换过。"
        if self.end != {"events": len(self.leaves), "seals": len(self.seals)}:
            yield "缺失：导出文件没有完整的结尾行，或行数与结尾行不符。"

    def _seal(self, seal: Row) -> Iterator[str]:
        if sm3(canonical({name: value for name, value in seal.items() if name != "hash"})).hex() != seal["hash"]:
            yield f"被改动：第 {seal['number']} 号封存的内容与它自己的根值不符。"
        first, last = int(str(seal["first"])), int(str(seal["last"]))
        end = min(last, max(self.leaves, default=0))  # A forged end must not make this run for ever.
        inside = [self.leaves[p] for p in range(first, end + 1) if p in self.leaves]
        if len(inside) != seal["count"] or last - first + 1 != seal["count"] or not inside:
            yield f"缺失：第 {seal['number']} 号封存应有 {seal['count']} 条事件，现有 {len(inside)} 条。"
        elif merkle(inside).hex() != seal["root"]:
            yield f"被改动：第 {first} 至第 {last} 号事件与第 {seal['number']} 号封存时的内容不符。"


def read(file: str) -> Ledger:
    ledger = Ledger()
    with open(file, encoding="utf-8") as lines:  # noqa: PTH123 - one argument, used once
        header = json.loads(next(lines, "{}"))
        if "ledger" not in header or header["ledger"].get("version") != 1:
            raise ValueError("第一行不是台账导出的标识行")
        for line in lines:
            ((kind, content),) = json.loads(line).items()
            if kind == "event":
                ledger.add_event(content)
            elif kind == "seal":
                ledger.seals.append(content)
            elif kind == "end":
                ledger.end = content
            else:
                raise ValueError(f"不认识的行：{kind}")
    return ledger


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="独立校验审计台账的导出文件（不使用平台的任何代码）")
    parser.add_argument("file", metavar="导出文件")
    parser.add_argument("--root", default="", help="从日报或公示页抄下的根值")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(arguments)
    try:
        ledger = read(options.file)
        findings = list(ledger.findings(options.root))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"不是台账的导出文件，或文件已损坏：{error!r}", file=sys.stderr)
        return 2
    sealed = int(str(ledger.seals[-1]["last"])) if ledger.seals else 0
    unsealed = sum(position > sealed for position in ledger.leaves)
    if options.json:
        report = {"events": len(ledger.leaves), "seals": len(ledger.seals), "unsealed": unsealed, "findings": findings}
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return 1 if findings else 0
    print(f"事件 {len(ledger.leaves)} 条，封存 {len(ledger.seals)} 次，尚未封存 {unsealed} 条。")
    if ledger.seals:
        print(f"最新根值（SM3）：{ledger.seals[-1]['hash']}")
    for sentence in findings:
        print(sentence)
    print(f"发现 {len(findings)} 处问题。" if findings else "没有发现问题。")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
