"""The official layout of a directive, as blocks that the screen, the print and the files draw alike."""

from .layout import Layout, layout_of, subject
from .source import Mark, Stretch, marks_of, refs, stretches
from .text import Paragraph, Run

__all__ = [
    "Layout",
    "Mark",
    "Paragraph",
    "Run",
    "Stretch",
    "layout_of",
    "marks_of",
    "refs",
    "stretches",
    "subject",
]
