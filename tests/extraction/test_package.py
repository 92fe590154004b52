"""Word files from strangers: limits on what is really in them, and no file that hangs the reader."""

import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.extraction import Suspect, extract
from directives.extraction.word import package

from .word_files import docx, p, whole

TAGS = ["p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "numPr", "numId", "ilvl", "txbxContent", "AlternateContent", "gridSpan",
        "vMerge", "tcPr", "sdt", "ins", "drawing", "lvl", "abstractNum", "num", "pStyle", "rFonts"]  # fmt: skip
VALUES = st.sampled_from(["", "0", "1", "-1", "9" * 30, "a", "%1.", ".VnTime", "Nơi nhận:"])
XML = st.recursive(
    st.builds(lambda text: f"<w:t>{text}</w:t>", VALUES),
    lambda inner: st.builds(
        lambda tag, value, inside: f'<w:{tag} w:val="{value}" w:ascii="{value}">{"".join(inside)}</w:{tag}>',
        st.sampled_from(TAGS),
        VALUES,
        st.lists(inner, max_size=4),
    ),
    max_leaves=40,
)


@given(XML, XML)
@settings(max_examples=150, deadline=None)
def test_no_xml_breaks_the_reader(tmp_path_factory, body, numbering):
    path = docx(
        tmp_path_factory.getbasetemp() / "random.docx", body + p("chữ"), numbering=numbering, styles=numbering
    )
    assert "chữ" in extract(path).text


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "odd"),
        ("<a><b></a>", "broken"),
        ("<a>" * 201 + "</a>" * 201, "heavy"),
    ],
)
def test_bad_xml_is_refused(tmp_path, document, word):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", document)
    with pytest.raises(Suspect, match=word):
        extract(path)


def test_what_is_really_there_is_counted(tmp_path, monkeypatch):
    path = docx(tmp_path / "a.docx", p("a" * 300_000))
    monkeypatch.setattr(package, "PART", 100_000)
    with pytest.raises(Suspect, match="heavy"):
        extract(path)


def test_a_file_without_its_main_part_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/other.xml", whole("a", ""))
    with pytest.raises(Suspect, match="broken"):
        extract(path)


@pytest.mark.parametrize(
    "body",
    [p("Rà soát biển báo trên các tuyến đường. ") * 20_000, "<w:tbl>" + "<w:tr><w:tc/><w:tc/></w:tr>" * 20_000 + "</w:tbl>" + p("a"),
     "<w:p>" + "<w:r><w:t>a</w:t><w:br/></w:r>" * 40_000 + "</w:p>"],
    ids=["paragraphs", "rows", "runs"],
)  # fmt: skip
def test_large_files_cost_what_their_size_asks(tmp_path, body):
    path = docx(tmp_path / "a.docx", body)
    before = time.process_time()
    extract(path)
    assert time.process_time() - before < 5
