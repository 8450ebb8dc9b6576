"""What citizens say and what the catalogue calls it; short forms; names of departments; words that say nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from yichuang.search.rules import words


@dataclass(frozen=True, slots=True)
class Synonyms:
    """``says`` maps a plain phrase to fragments of official names, best first."""

    says: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    departments: tuple[tuple[str, ...], ...] = ()
    fillers: tuple[str, ...] = ()
    first_acts: tuple[str, ...] = ()
    later_acts: tuple[str, ...] = ()
    short_forms: tuple[tuple[str, str], ...] = ()

    def overlaid(self, rows: Iterable[tuple[str, str]]) -> "Synonyms":
        """With the hall's own phrases on top; an empty meaning takes a phrase away."""
        says = dict(self.says)
        for say, mean in rows:
            meanings = tuple(m for m in (words.flat(part) for part in mean.split()) if m)
            says[words.flat(say)] = meanings
        kept = {say: means for say, means in says.items() if say and means}
        return replace(self, says=kept)

    def shortened(self, title: str) -> tuple[str, ...]:
        """The title with its long words in short form (社会保障卡挂失 is also 社保卡挂失), if it has any."""
        short = title
        for long, word in self.short_forms:
            short = short.replace(long, word)
        return (short,) if short != title else ()

    def said_in(self, text: str) -> list[str]:
        """The phrases that stand in a text, longest first, none inside another."""
        found: list[str] = []
        inside = {text[a:b] for a in range(len(text)) for b in range(a + 1, len(text) + 1)} if len(text) < 61 else set()
        for say in sorted((s for s in inside if s in self.says), key=lambda s: (-len(s), s)):
            if not any(say in longer for longer in found):
                found.append(say)
        return found[:4]

    def department_forms(self, name: str) -> tuple[str, ...]:
        """All ways to write the department that a word names; empty when it names none."""
        for group in self.departments:
            if name in group:
                return group
        return ()
