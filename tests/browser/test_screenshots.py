"""The pictures of the README: made by every run, kept by `make screenshots`."""

import os
from pathlib import Path

import pytest
from PIL import Image

DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 760}
PICTURES = {
    "ma-tran": ("giamdoc", "/van-ban/{letter}/", DESK),
    "nhiem-vu": ("truongphong", "/nhiem-vu/", PHONE),
}


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(os.environ.get("SCREENSHOTS", tmp_path))


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_the_page_whole(as_user, keys, folder, name):
    person, path, size = PICTURES[name]
    page = as_user(person, viewport=size)
    assert page.goto(path.format_map(keys), wait_until="networkidle").status == 200
    page.screenshot(path=folder / f"{name}.png")
    _make_light(folder / f"{name}.png")
    with Image.open(folder / f"{name}.png") as picture:
        assert picture.size == (size["width"], size["height"])
        assert len(picture.getcolors()) > 16, "a page, not a blank"


def _make_light(path: Path) -> None:
    """256 colours are enough for a page, and keep the repository small."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256).save(path, optimize=True)
