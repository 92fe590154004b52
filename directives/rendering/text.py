"""The body as paragraphs: what is printed bold, slanted or in the middle. Pure functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EMPHASIS = re.compile(r"(?<![\w*])\*(?!\s)([^*\n]{1,300}?)(?<!\s)\*(?![\w*])")
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
    if _CENTRED.fullmatch(line):
        return Paragraph((Run(line, bold=True),), centred=True)
    if _SECTION.fullmatch(line) and line.isupper():
        return Paragraph((Run(line, bold=True),))
    if basis_in_italics and _BASIS.fullmatch(line):
        return Paragraph((Run(line, italic=True),))
    if article := _ARTICLE.match(line):
        return Paragraph((Run(article.group(), bold=True), *_runs(line[article.end() :])))
    return Paragraph(tuple(_runs(line)))


def _runs(line) -> Iterator[Run]:
    """`*words*`, as a paste from the web has them, are slanted."""
    at = 0
    for found in _EMPHASIS.finditer(line):
        if found.start() > at:
            yield Run(line[at : found.start()])
        yield Run(found.group(1), italic=True)
        at = found.end()
    if at < len(line):
        yield Run(line[at:])
