"""Scans: what Tesseract's table says, and what is said where Tesseract is not installed."""

import pytest

from directives.extraction import Suspect, extract
from directives.extraction.pdf import pictures

from .pdf_files import PICTURE, column, pdf

TABLE = "\n".join(
    "\t".join(fields)
    for fields in (
        ["level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height", "conf", "text"],
        ["4", "1", "1", "1", "1", "0", "300", "400", "900", "60", "-1", ""],
        ["5", "1", "1", "1", "1", "1", "300", "400", "200", "50", "96", "Rà"],
        ["5", "1", "1", "1", "1", "2", "560", "410", "300", "50", "96", "soát"],
        ["5", "1", "1", "1", "1", "3", "900", "410", "300", "50", "96", " "],
        ["broken"],
    )
)  # fmt: skip


def test_words_stand_on_the_baseline_of_their_line():
    found = list(pictures.words_in(TABLE, 0.24))
    assert [(one.text, round(one.left), round(one.y)) for one in found] == [
        ("Rà", 72, 110),
        ("soát", 134, 110),
    ]


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("Ủy ban nhân dân xã rà soát biển báo trên địa bàn. " * 20, False),
        ("CQNG HoAxA H()I CHiJ NGHiA vrer NAM " * 20, True),
        ("Céng hoµ x· héi chñ nghÜa viÖt nam, ñy ban nh©n d©n x·. " * 20, False),
        ("12/KH-UBND " * 20, False),
    ],
)
def test_a_text_layer_in_wrong_letters_is_known(text, garbled):
    assert pictures.is_garbled(text) is garbled


@pytest.fixture
def scan(tmp_path):
    return pdf(tmp_path / "scan.pdf", PICTURE)


@pytest.mark.parametrize("program", [None, "/bin/echo"], ids=["no program", "no Vietnamese"])
def test_a_scan_needs_the_recogniser(scan, monkeypatch, program):
    monkeypatch.setattr(pictures, "path_of", lambda name: program)
    with pytest.raises(Suspect, match="no_ocr"):
        extract(scan, ocr=True)


def test_a_scan_of_very_many_pages_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("directives.extraction.pdf.MOST_PICTURES", 1)
    with pytest.raises(Suspect, match="long_scan"):
        extract(pdf(tmp_path / "a.pdf", PICTURE, PICTURE), ocr=True)


def test_a_text_layer_is_not_recognised_again(tmp_path):
    found = extract(pdf(tmp_path / "a.pdf", column(["Rà soát biển báo"] * 3, 80, 100)), ocr=True)
    assert found.notes == ()


def test_what_is_recognised_goes_through_columns_and_paragraphs(scan, monkeypatch):
    page = pictures.Page(600, 800, list(pictures.words_in(TABLE, 0.24)))
    monkeypatch.setattr("directives.extraction.pdf.recognised", lambda reader, at: page)
    found = extract(scan, ocr=True)
    assert (found.text, found.notes) == ("Rà soát\n", ("ocr",))


@pytest.fixture
def photograph(tmp_path):
    from PIL import Image

    Image.new("RGB", (1240, 1754), "white").save(tmp_path / "trang.jpg")
    return tmp_path / "trang.jpg"


def test_a_photographed_page_is_read_only_when_asked(photograph):
    with pytest.raises(Suspect, match="scan"):
        extract(photograph)


def test_a_photographed_page_is_drawn_anew_and_measured_as_a_sheet(photograph, monkeypatch):
    asked = []

    def run(command, *, home, seconds):
        asked.append(command)
        return b"vie\n" if "--list-langs" in command else TABLE.encode()

    monkeypatch.setattr(pictures, "path_of", lambda name: "tesseract")
    monkeypatch.setattr(pictures, "run", run)
    found = extract(photograph, ocr=True)
    assert (found.text, found.pages, found.notes) == ("Rà soát\n", 1, ("ocr",))
    assert asked[-1][1] != str(photograph), "the drawing is read, not what was sent"
    assert asked[-1][asked[-1].index("--dpi") + 1] == "150", "a sheet is 210 mm wide"


@pytest.mark.needs(pictures.RECOGNISER)
def test_a_picture_of_words_is_read(tmp_path):
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(60)
    picture = Image.new("L", (1700, 2200), 255)
    ImageDraw.Draw(picture).text((200, 300), "PHONG HA TANG", fill=0, font=font)
    picture.save(tmp_path / "a.pdf", resolution=200)
    found = extract(tmp_path / "a.pdf", ocr=True)
    assert "TANG" in found.text
