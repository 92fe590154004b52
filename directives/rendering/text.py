"""The body as paragraphs: what is printed bold, slanted or in the middle. Pure functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EMPHASIS = re.compile(r"(?<![\w*])\*(?!\s)([^*\n]{1,300}?)(?<!\s)\*(?![\w*])")
_STRONG = re.compile(r"(?<![\w*])\*\*(?![\s*])([^*\n]+?)(?<!\s)\*\*(?![\w*])")
_MARKED = re.compile(f"{_STRONG.pattern}|{_EMPHASIS.pattern}")
_ARTICLE = re.compile(r"Điều \d+[a-zđ]?\.")
_CENTRED = re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC) [\dIVX]+\b.{0,80}")
_SECTION = re.compile(r"[IVX]+[.\-] .+")
_BASIS = re.compile(r"(?:- )?Căn cứ .+[;,.]")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    centred: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def paragraphs(body: str, *, basis_in_italics: bool) -> list[Paragraph]:
    """Each line that is not blank, as it is printed. State documents slant the lines of căn cứ, the Party's do not."""
    lines = (line.strip() for line in body.splitlines())
    return [_paragraph(line, basis_in_italics) for line in lines if line]


def _paragraph(line, basis_in_italics):
    plain = _STRONG.sub(r"\1", line)
    if _CENTRED.fullmatch(plain):
        return Paragraph((Run(plain, bold=True),), centred=True)
    if _SECTION.fullmatch(plain) and plain.isupper():
        return Paragraph((Run(plain, bold=True),))
    if basis_in_italics and _BASIS.fullmatch(plain):
        return Paragraph((Run(plain, italic=True),))
    if article := _ARTICLE.match(line):
        return Paragraph((Run(article.group(), bold=True), *_runs(line[article.end() :])))
    return Paragraph(tuple(_runs(line)))


def _runs(line) -> Iterator[Run]:
    """`*words*`, as a paste from the web has them, are slanted, and `**words**` are bold: no paper prints the stars."""
    at = 0
    for found in _MARKED.finditer(line):
        if found.start() > at:
            yield Run(line[at : found.start()])
        strong, slanted = found.groups()
        yield Run(strong or slanted, bold=bool(strong), italic=bool(slanted))
        at = found.end()
    if at < len(line):
        yield Run(line[at:])
