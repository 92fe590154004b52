"""The text of a draft and the places of its tasks in it. Pure functions: what is edited moves, the rest stays.

The body is seen as gap, task, gap, task, … gap. A task's place holds what is printed of it; the gaps are
everything else, and no edit of the tasks loses a word of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

END_MARK = "./."
BREAK = "\n\n"
_WRAPPED = re.compile(r"(?<=[^\s.:;!?/])[ \t]*\n[ \t]*(?=[a-zà-ỹđ])")
_LETTER = re.compile(r"[a-zđ]")
_BARE = re.compile(r"[-+•*]|\(.*\)")

Place = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A task as it is to be printed; `old` is the index of the place it had, None for a new one."""

    text: str
    old: int | None = None


def printed(label: str, text: str) -> str:
    """An item as documents print it: `1. …`, `a) …`, `- …`, `Điều 3. …`; without a label the text alone."""
    if not label:
        return text
    if _BARE.fullmatch(label):
        return f"{label} {text}"
    return f"{label}{')' if _LETTER.fullmatch(label) else '.'} {text}"


def reprinted(old: str, label: str, text: str) -> str:
    """`printed`, keeping the end mark of a document that closes with this task."""
    new = printed(label, text)
    return new + END_MARK if old.endswith(END_MARK) and not new.endswith(END_MARK) else new


def closed(body: str, places: Sequence[Place], pieces: Sequence[Piece]) -> list[Piece]:
    """The end mark behind what ends the document now: the new pieces after its task, or, with that task gone, what
    stood before it."""
    marked = [old for old, place in enumerate(places) if body[slice(*place)].endswith(END_MARK)]
    moved = list(pieces)
    for old in marked:
        before = [at for at, piece in enumerate(pieces) if piece.old is not None and piece.old <= old]
        if not before:
            continue
        first = last = max(before, key=lambda at: pieces[at].old or 0)
        while last + 1 < len(pieces) and pieces[last + 1].old is None:
            last += 1
        moved[first] = replace(moved[first], text=moved[first].text.removesuffix(END_MARK))
        moved[last] = replace(moved[last], text=moved[last].text.removesuffix(END_MARK) + END_MARK)
    return moved


def unwrapped(text: str) -> str:
    """Lines that a page had broken in mid-sentence, joined again."""
    return _WRAPPED.sub(" ", text.replace("\r\n", "\n"))


def compose(gaps: Sequence[str], pieces: Sequence[str]) -> tuple[str, list[Place]]:
    """Gap, piece, gap, … gap put together, and the place of each piece. One gap more than pieces."""
    parts, places, at = [gaps[0]], [], len(gaps[0])
    for piece, gap in zip(pieces, gaps[1:], strict=True):
        places.append((at, at + len(piece)))
        parts += [piece, gap]
        at += len(piece) + len(gap)
    return "".join(parts), places


def gaps_of(body: str, places: Sequence[Place]) -> list[str]:
    """Everything between the places, which are in order and do not overlap."""
    edges = [0, *(edge for place in places for edge in place), len(body)]
    return [body[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def rewrite(
    body: str,
    places: Sequence[Place],
    pieces: Sequence[Piece],
    *,
    opening: str | None = None,
    closing: str | None = None,
) -> tuple[str, list[Place]]:
    """The body with its tasks replaced, added, removed or in another order, and their new places.

    A gap follows the slot it stood in; beside a removed task two gaps become one. `opening` and `closing`
    replace the first and the last gap. Linear in the body and the pieces.
    """
    leading, trailing = _slots(gaps_of(body, places), pieces)
    gaps, slots, kept = [leading], iter(trailing), False
    for piece, following in pairwise(pieces):
        kept = kept or piece.old is not None
        gaps.append(next(slots) if kept and following.old is not None else BREAK)
    if pieces:
        gaps.append(next(slots, ""))
    if body == body.rstrip():
        gaps[-1] = gaps[-1].rstrip()
    _replace_edges(gaps, opening, closing)
    return compose(gaps, [piece.text for piece in pieces])


def _slots(gaps, pieces):
    """The gap before the first surviving task, and the gap behind each surviving one, in the old order."""
    surviving = {piece.old for piece in pieces}
    leading, trailing = gaps[0], []
    for old, gap in enumerate(gaps[1:]):
        if old in surviving:
            trailing.append(gap)
        elif trailing:
            trailing[-1] = _joined(trailing[-1], gap)
        else:
            leading = _joined(leading, gap)
    return leading, trailing


def _replace_edges(gaps, opening, closing):
    after = BREAK if len(gaps) > 1 else ""
    if opening is not None:
        gaps[0] = _edge(opening, "", after)
    elif after and gaps[0] and not gaps[0][-1].isspace():
        gaps[0] += after
    if closing is not None and after:
        gaps[-1] = _edge(closing, after, "")


def _joined(a: str, b: str) -> str:
    if not a.strip() or not b.strip():
        return a if a.strip() or len(a) > len(b) else b
    return a.rstrip() + BREAK + b.lstrip()


def _edge(text, before, after):
    text = text.replace("\r\n", "\n").strip()
    return f"{before}{text}{after}" if text else ""


def find(body: str, places: Iterable[Place], text: str) -> Place | None:
    """Where `text` stands in a gap already: a task made from a passage takes the passage's place."""
    at = body.find(text) if text else -1
    while at >= 0:
        end = at + len(text)
        if all(end <= start or at >= stop for start, stop in places):
            return at, end
        at = body.find(text, at + 1)
    return None
