"""The text of a paragraph, run by run: what is shown, and nothing of what was deleted or hidden."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .styles import Look, Styles, look_of, value

_SKIPPED = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "annotationRef"}
)
# What is drawn beside the text; a text box in it is read by the body.
_DRAWN = frozenset({"drawing", "pict", "object", "AlternateContent", "txbxContent"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEGACY_FONT = re.compile(r"^\.vn", re.IGNORECASE)
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_SYMBOLS = {"2d": "-", "be": "-", "b7": "•", "a7": "•", "2b": "+", "d8": "•", "fc": "•"}


class Runs:
    """Reads the runs of one document. `is_tcvn3`: its old fonts hold letters from before Unicode."""

    def __init__(self, document: Element, styles: Styles):
        self.styles = styles
        self.is_tcvn3 = False
        self.is_tcvn3 = self._has_tcvn3(document)

    def text(self, paragraph: Element) -> str:
        """The shown text of a paragraph, line breaks as new lines. Linear."""
        return "".join(self._within(paragraph, self._look_of(paragraph)))

    def _look_of(self, paragraph: Element) -> Look:
        properties = paragraph.find("pPr")
        style = value(properties, "pStyle") if properties is not None else None
        return self.styles.paragraph(style).look

    def _within(self, element: Element, look: Look) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == "r":
                yield self._run(child, look)
            elif tag == "fldSimple" or (tag not in _SKIPPED and tag not in _DRAWN and len(child)):
                yield from self._within(child, look)

    def _run(self, run: Element, above: Look) -> str:
        look = self._look(run, above)
        if look.hidden:
            return ""
        text = "".join(map(_sign, run))
        if self.is_tcvn3 and _is_legacy(look):
            text = _from_tcvn3(text, look)
        return text.upper() if look.capitals else text

    def _look(self, run: Element, above: Look) -> Look:
        properties = run.find("rPr")
        if properties is None:
            return above
        style = self.styles.get(value(properties, "rStyle")).look
        return look_of(properties).under(style).under(above)

    def _has_tcvn3(self, document: Element) -> bool:
        """Old fonts are often left on text that was converted since: then its letters are Unicode's own."""
        if not any(_names_font(root) for root in (document, *self.styles.elements.values())):
            return False
        text = "".join(sign for run in self._legacy_runs(document) for sign in map(_sign, run))
        return not _UNICODE.search(text) and not text.isascii()

    def _legacy_runs(self, document: Element) -> Iterator[Element]:
        """The runs in old fonts, each once however paragraphs are nested, in no order."""
        waiting = [(document, Look())]
        while waiting:
            element, above = waiting.pop()
            if element.tag == "p":
                above = self._look_of(element)
            elif element.tag == "r" and _is_legacy(self._look(element, above)):
                yield element
            waiting += [(child, above) for child in element if len(child)]


def _names_font(root: Element) -> bool:
    fonts = {name for one in root.iter("rFonts") for name in one.attrib.values()}
    return any(map(_LEGACY_FONT.match, fonts))


def _sign(part: Element) -> str:
    """The text of one part of a run; fields show their results, which are runs of their own."""
    tag = part.tag
    if tag == "t":
        return part.text or ""
    if tag == "sym":
        return _SYMBOLS.get(part.get("char", "")[-2:].lower(), "")
    return _SIGNS.get(str(tag), "")


def _is_legacy(look: Look) -> bool:
    return look.font is not None and _LEGACY_FONT.match(look.font) is not None


def _from_tcvn3(text: str, look: Look) -> str:
    """A capital font (.VnTimeH) draws small letters as capitals."""
    from directives.parsing.legacy import from_tcvn3

    converted = from_tcvn3(text)
    return converted.upper() if look.font and look.font.upper().endswith("H") else converted
