"""The text of a paper: what is printed bold, slanted, in the middle, and what was only a mark of the paste."""

import pytest

from directives.rendering.text import Run, paragraphs


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        ("**Sở Xây dựng** chủ trì", [Run("Sở Xây dựng", bold=True), Run(" chủ trì")]),
        ("1. **Về tổ chức:** giao *các phòng*", [
            Run("1. "), Run("Về tổ chức:", bold=True), Run(" giao "), Run("các phòng", italic=True),
        ]),
        ("**Căn cứ Luật Đường bộ;**", [Run("Căn cứ Luật Đường bộ;", italic=True)]),
        ("**I. MỤC ĐÍCH**", [Run("I. MỤC ĐÍCH", bold=True)]),
        # Stars that are no pair around words were typed for themselves.
        ("Phụ lục ** kèm theo", [Run("Phụ lục ** kèm theo")]),
        ("2**3 và 4**5", [Run("2**3 và 4**5")]),
        ("** ghi chú **", [Run("** ghi chú **")]),
    ],
)  # fmt: skip
def test_paired_stars_around_words_are_not_printed(typed, runs):
    (paragraph,) = paragraphs(typed, basis_in_italics=True)
    assert list(paragraph.runs) == runs
