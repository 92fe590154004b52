"""What a named style says about its text: its font, whether it is hidden or in capitals, its list."""

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

_LONGEST_CHAIN = 30
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks; None is left to what stands above it."""

    font: str | None = None
    hidden: bool | None = None
    capitals: bool | None = None

    def under(self, other: "Look") -> "Look":
        """This look, with what it leaves open taken from another."""
        if self is _PLAIN:
            return other
        return Look(
            self.font if self.font is not None else other.font,
            self.hidden if self.hidden is not None else other.hidden,
            self.capitals if self.capitals is not None else other.capitals,
        )


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list and the level in it; a style may leave the level to the list (None)."""

    list_id: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    look: Look = Look()
    place: ListPlace | None = None


class Styles:
    """The styles of a file by their ids. Chains of "based on" are followed once, and not for ever."""

    def __init__(self, root: Element | None):
        found = root.iter("style") if root is not None else ()
        self.elements = {one.get("styleId", ""): one for one in found}
        defaults = root.find("docDefaults/rPrDefault/rPr") if root is not None else None
        self.base = look_of(defaults)
        self.default = next(
            (
                id_
                for id_, one in self.elements.items()
                if one.get("type") == "paragraph" and is_on(one, "default")
            ),
            "",
        )
        self._known: dict[str, Style] = {}
        self._of_paragraphs: dict[str | None, Style] = {}

    def get(self, style_id: str | None) -> Style:
        """A style with everything it inherits; an unknown one says nothing."""
        return self._resolved(style_id, _LONGEST_CHAIN) if style_id else Style()

    def paragraph(self, style_id: str | None) -> Style:
        """The same for a paragraph, which has the file's default style where it names none."""
        found = self._of_paragraphs.get(style_id)
        if found is None:
            style = self.get(style_id or self.default)
            found = self._of_paragraphs[style_id] = replace(style, look=style.look.under(self.base))
        return found

    def _resolved(self, style_id: str, left: int) -> Style:
        if style_id in self._known:
            return self._known[style_id]
        element = self.elements.get(style_id)
        if element is None or left == 0:
            return Style()
        parent = value(element, "basedOn")
        above = self._resolved(parent, left - 1) if parent else Style()
        own = Style(
            look_of(element.find("rPr")).under(above.look), place_of(element.find("pPr")) or above.place
        )
        self._known[style_id] = own
        return own


_PLAIN = Look()


def look_of(properties: Element | None) -> Look:
    if properties is None or not len(properties):
        return _PLAIN
    fonts = properties.find("rFonts")
    font = fonts.get("ascii") or fonts.get("hAnsi") if fonts is not None else None
    return Look(font, _switch(properties, "vanish"), _switch(properties, "caps"))


def place_of(properties: Element | None) -> ListPlace | None:
    """The list that paragraph properties name; "0" takes a paragraph out of the list of its style."""
    numbers = properties.find("numPr") if properties is not None else None
    if numbers is None:
        return None
    list_id, level = value(numbers, "numId"), value(numbers, "ilvl")
    return ListPlace(list_id, whole(level)) if list_id is not None else None


def _switch(properties: Element, name: str) -> bool | None:
    found = properties.find(name)
    return None if found is None else found.get("val", "1") not in _OFF


def is_on(element: Element, attribute: str) -> bool:
    return element.get(attribute, "0") not in _OFF


def value(element: Element, name: str) -> str | None:
    found = element.find(name)
    return found.get("val") if found is not None else None


def whole(text: str | None) -> int | None:
    """A small number, or None for anything else."""
    return int(text) if text and len(text) < 7 and text.isascii() and text.isdigit() else None
