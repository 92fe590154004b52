"""What is looked for in a Word file from before 2007 before anything reads it."""

import pytest

from directives.inspection import Suspect
from directives.inspection.__main__ import refusal
from directives.inspection.old import look

from .old_files import doc


def test_a_plain_letter_passes(tmp_path):
    look(doc(tmp_path / "a.doc", "1Table", "\x05SummaryInformation", "Data", "CompObj", "More", "Streams"))


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (["Macros"], "active"),
        (["ObjectPool", "\x01Ole10Native"], "embedded"),
        (["EncryptedPackage"], "encrypted"),
        (["a", "b", "c", "d", "VBA"], "active"),
    ],
)
def test_what_acts_or_hides_something_does_not(tmp_path, names, word):
    with pytest.raises(Suspect, match=word):
        look(doc(tmp_path / "a.doc", *names))


def test_a_password_is_said_in_the_text_itself(tmp_path):
    with pytest.raises(Suspect, match="encrypted"):
        look(doc(tmp_path / "a.doc", flags=0x0100))


def test_another_office_file_under_its_name_is_told(tmp_path):
    path = doc(tmp_path / "a.doc")
    path.write_bytes(
        path.read_bytes().replace("WordDocument".encode("utf-16-le"), "Workbook____".encode("utf-16-le"))
    )
    with pytest.raises(Suspect, match="renamed"):
        look(path)


@pytest.mark.parametrize(
    ("table", "word"),
    [([0xFFFFFFFD, 1, 0xFFFFFFFE], "odd"), ([0xFFFFFFFD, 5000, 0xFFFFFFFE], "broken")],
    ids=["bites its tail", "leads nowhere"],
)
def test_a_chain_that_leads_nowhere_ends(tmp_path, table, word):
    with pytest.raises(Suspect, match=word):
        look(doc(tmp_path / "a.doc", table=table))


def test_every_cut_of_a_file_gets_an_answer(tmp_path):
    whole = doc(tmp_path / "a.doc", "1Table", "Data", "x", "y").read_bytes()
    cut = tmp_path / "cut.doc"
    for length in range(0, len(whole), 97):
        cut.write_bytes(whole[:length])
        assert refusal("doc", cut, cut) in {"", "broken", "odd", "renamed"}
