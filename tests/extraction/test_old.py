"""Word files from before 2007: through LibreOffice where it is installed, else a way out."""

import pytest

from directives.extraction import Suspect, extract, old
from directives.extraction.programs import run

from .word_files import docx, p


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    return path


def test_without_the_converter_it_is_refused(letter, monkeypatch):
    monkeypatch.setattr(old, "path_of", lambda name: None)
    with pytest.raises(Suspect, match="no_converter"):
        extract(letter)


def test_a_file_without_a_text_of_words_never_reaches_the_converter(letter, monkeypatch):
    letter.write_bytes(letter.read_bytes()[:8])
    monkeypatch.setattr(old, "run", None)
    with pytest.raises(Suspect, match="broken"):
        extract(letter)


def test_what_the_converter_makes_is_looked_into_and_read(letter, monkeypatch):
    monkeypatch.setattr(old, "path_of", lambda name: "soffice")

    def convert(command, *, home, seconds):
        docx(home / "a.docx", p("Rà soát biển báo"))

    monkeypatch.setattr(old, "run", convert)
    found = extract(letter)
    assert (found.text, found.notes) == ("Rà soát biển báo\n", ("old",))


def test_a_converter_that_makes_nothing_met_a_broken_file(letter, monkeypatch):
    monkeypatch.setattr(old, "path_of", lambda name: "soffice")
    monkeypatch.setattr(old, "run", lambda command, **_: b"")
    with pytest.raises(Suspect, match="broken"):
        extract(letter)


@pytest.mark.needs(old.CONVERTER)
def test_a_real_file_is_read(tmp_path):
    (tmp_path / "a.rtf").write_text("{\\rtf1 R\\u224? so\\u225?t\\par}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        old.CONVERTER,
        "--headless",
        profile,
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
        tmp_path,
        tmp_path / "a.rtf",
    ]
    run(command, home=tmp_path, seconds=old.SECONDS)
    assert extract(tmp_path / "a.doc").text == "Rà soát\n"


@pytest.mark.parametrize(
    ("command", "seconds", "word"),
    [(["sleep", "60"], 0, "heavy"), (["false"], 5, "broken")],
    ids=["slow", "failing"],
)
def test_a_program_that_fails_is_a_refusal(tmp_path, command, seconds, word):
    with pytest.raises(Suspect, match=word):
        run(command, home=tmp_path, seconds=seconds)


def test_a_program_knows_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")
    printed = run(["env"], home=tmp_path, seconds=5).decode()
    assert "SECRET_KEY" not in printed
    assert f"HOME={tmp_path}" in printed
