"""One row of typed fields cut in several, two made one: every word typed stays on the screen."""

import re

from directives.enums import Recurrence

_BROKEN = re.compile(r"\r\n?|\n")
# What a part of a task is not owed by: it is no kept task yet, and its number is to be counted.
_OF_FIRST = ("pk", "label", "is_heading", "deliverable")
_NAMES = ("leads", "supports", "undated_reason", "deliverable")
_ONE_OF = ("due_on", "review_on", "recurrence")
_MOST_WORDS = 300


def cut(row: dict[str, str], offset: int | None = None) -> list[dict[str, str]]:
    """The parts of a row: two at `offset` (counted with line ends as one sign), else one for each paragraph.

    Every part is owed by the same units by the same day; the number, the key and the product stay with the first.
    """
    shared = {name: value for name, value in row.items() if name not in _OF_FIRST}
    first, *others = _parts(_BROKEN.sub("\n", row.get("text", "")), offset) or [row.get("text", "")]
    return [row | {"text": first}, *(shared | {"text": text} for text in others)]


def _parts(text, offset):
    pieces = [text[:offset], text[offset:]] if offset else []
    if not all(piece.strip() for piece in pieces or [""]):
        pieces = text.split("\n")
    return [piece.strip() for piece in pieces if piece.strip()]


def joined(upper: dict[str, str], lower: dict[str, str]) -> dict[str, str]:
    """Two rows as one. Units and products are united; of two deadlines the upper's stays in its field.

    What the lower row said otherwise is kept beside it, in the words that are shown with the row: which of the
    two holds is the drafter's to say.
    """
    one = lower | {name: value for name, value in upper.items() if value.strip()}
    one["text"] = _text(upper.get("text", ""), lower.get("text", ""))
    for name in _NAMES:
        one[name] = _united(upper.get(name, ""), lower.get(name, ""))
    words = (upper.get("due_text", ""), lower.get("due_text", ""), *_otherwise(one, lower))
    one["due_text"] = _united(*words)[:_MOST_WORDS]
    if any(row.get("text", "").strip() and not row.get("is_heading") for row in (upper, lower)):
        one.pop("is_heading", None)
    return one


def _text(upper, lower):
    """A sentence that had been cut goes on in its line; a new one starts a line."""
    upper, lower = upper.strip(), lower.strip()
    goes_on = lower[:1].islower() and upper[-1:] not in ".;:!?"
    return (" " if goes_on else "\n").join(filter(None, (upper, lower)))


def _otherwise(one, lower):
    """What the lower row said in fields that hold one value, where the upper's has taken its place."""
    for name in _ONE_OF:
        value = lower.get(name, "").strip()
        if value and value != one[name].strip():
            yield (
                str(Recurrence(value).label) if name == "recurrence" and value in Recurrence.values else value
            )


def _united(*lists):
    """The names between semicolons in all of them, each once, in the order met."""
    names: dict[str, str] = {}
    for name in ";".join(lists).split(";"):
        names.setdefault(name.strip().casefold(), name.strip())
    return "; ".join(filter(None, names.values()))
