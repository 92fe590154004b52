"""Keys under which names and codes of Vietnamese offices compare equal.

Pure Python: the parser, the importers and the search column all fold with these functions and no others.
"""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\W_]+")
MOST_ASKED, MOST_WORDS = 200, 12
_COMBINING = ("Mn", "Me", "Mc")
# The letters by which the items of a Vietnamese paper are counted: no f, j, w, z.
ALPHABET = "abcdđeghiklmnopqrstuvxy"


def fold(text: str) -> str:
    """The comparison key: no marks, no case, no punctuation, single spaces.

    `254-KH/TU`, `254 KH TU` and `254/kh-tu` share a key, as do `HÒA` and `HOÀ` in either Unicode form.
    Cost: linear in the length of the text.
    """
    letters = plain_letters(unicodedata.normalize("NFC", text))
    unmarked = "".join(c for c in letters if unicodedata.category(c) not in _COMBINING)
    return _SEPARATORS.sub(" ", unmarked).strip()


def in_short(name: str) -> str:
    """As the line of the superior is printed: UBND tỉnh Quảng Ngãi."""
    return name.replace("Ủy ban nhân dân", "UBND")


def search_words(text: str) -> list[str]:
    """The folded words somebody searches for. A longer question than people ask narrows no further."""
    return fold(text[:MOST_ASKED]).split()[:MOST_WORDS]


def same_name(a: str, b: str) -> bool:
    """Whether two names fold to the same key; an empty name equals nothing. Linear."""
    key = fold(a)
    return bool(key) and key == fold(b)


def abbreviations(name: str) -> str:
    """Initials of the folded words: "Phòng Quản lý kết cấu hạ tầng giao thông" gives "pqlkchtgt". Linear."""
    return "".join(word[0] for word in fold(name).split())


def plain_letters(text: str) -> str:
    """Marks and case removed, exactly one character out for each one in, punctuation kept.

    Offsets in the result are offsets in the argument, which is why the parser searches it. Give it NFC text:
    a free-standing combining mark stays as it is. Linear.
    """
    return text.translate(_LETTERS)


class _Letters(dict):
    """Translation table filled on first sight of each character."""

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = letter = _base(chr(codepoint))
        return letter


def _base(character: str) -> str:
    """First base character of the compatibility decomposition, a fixed point of itself."""
    for _ in range(3):
        character = unicodedata.normalize("NFKD", character.casefold())[:1] or character
    return "d" if character == "đ" else character


_LETTERS = _Letters()
