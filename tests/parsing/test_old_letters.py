"""TCVN3 and VNI: every letter there and back, known by themselves, and never taken for what they are not."""

import unicodedata
from pathlib import Path

import pytest

from directives.parsing import is_legacy, legacy, parse, unicode_of
from directives.parsing.labels import as_labels

from .old_letters import VNI, in_tcvn3, in_vni
from .samples import ALL, LETTER

OFFICES = [path.read_text() for path in sorted((Path(__file__).parent / "offices").glob("*.txt"))]
LETTERS = "".join(VNI)


def composed(text):
    return unicodedata.normalize("NFC", text)


def test_every_letter_comes_back_from_vni():
    assert len(LETTERS) == 2 * 73
    assert composed(legacy.from_vni(in_vni(LETTERS))) == LETTERS


@pytest.mark.parametrize("case", [str, str.upper, str.lower, str.title])
def test_every_text_comes_back_from_vni_sign_for_sign(case):
    for text in map(case, ALL):
        typed = in_vni(text)
        assert composed(unicode_of(typed)) == composed(text)
        assert len(unicode_of(typed)) == len(typed)


@pytest.mark.parametrize("text", [*ALL, *OFFICES])
def test_unicode_is_never_taken_for_old_letters(text):
    for form in ("NFC", "NFD"):
        assert not is_legacy(unicodedata.normalize(form, text))


@pytest.mark.parametrize(
    "text",
    [
        "Le rôle de la coopération française à été créé; naïveté, coïncidence, aiguë. " * 40,
        "Não há informações; a questão é que são três irmãs e avós. " * 40,
        "Kế hoạch, đề án. " + "coäng hoøa xaõ hoäi " * 40,
        "aø eù oû",
        "",
    ],
    ids=["French", "Portuguese", "mixed", "short", "nothing"],
)
def test_other_languages_and_a_few_pairs_are_not_vni(text):
    assert not legacy.is_vni(text)


@pytest.mark.parametrize("text", ALL)
def test_each_is_told_from_the_other(text):
    assert (legacy.is_vni(in_vni(text)), legacy.is_tcvn3(in_vni(text))) == (True, False)
    assert (legacy.is_vni(in_tcvn3(text)), legacy.is_tcvn3(in_tcvn3(text))) == (False, True)


@pytest.mark.parametrize("text", [*ALL, *OFFICES[:12]])
def test_a_document_in_vni_reads_as_in_unicode(text):
    assert read(in_vni(text)) == read(composed(text))


def read(text):
    labels = as_labels(parse(text))
    doubts = [doubt for doubt in labels.pop("doubts") if doubt["code"] != "legacy_letters"]
    labels.pop("spans")
    return without_places({**labels, "doubts": doubts})


def without_places(value):
    if isinstance(value, dict):
        return {name: without_places(inner) for name, inner in value.items() if name != "span"}
    return [without_places(one) for one in value] if isinstance(value, list) else value


def test_letters_are_read_where_they_stand():
    typed = in_vni(LETTER)
    parsed = parse(typed)
    first = parsed.tasks[0].span
    assert typed[first.start : first.end].startswith("1. Chuû ñoäng phoå bieán")
    assert "legacy_letters" in {doubt.code for doubt in parsed.doubts}
