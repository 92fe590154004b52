"""Vietnamese typed in fonts from before Unicode: TCVN3 ("Céng hoµ x· héi") and VNI ("Coäng hoøa xaõ hoäi").

Each sign becomes one sign, so offsets stay; what VNI spells with two is then a letter and its mark, which NFC joins.
TCVN3 capitals set in a capital font (.VnTimeH) come out small; VNI has capitals of its own.
"""

import re

OLD = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
NEW = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_LETTERS = str.maketrans(OLD, NEW)
# Signs no Unicode Vietnamese has inside a word, and letters TCVN3 text cannot have.
_INSIDE = re.compile(r"[®©«¬ª¨µ¸¶·¹](?=[a-z])|(?<=[a-z])[®©«¬ª¨µ¸¶·¹]")
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_ENOUGH = 20

# VNI: the sign after a vowel → what the vowel is, and the tone on it. "aø" is à, "aà" is ầ, "aè" is ằ.
_PLAIN, _ROOFED, _SHORT = "", "\u0302", "\u0306"
_SIGNS = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
VNI_MARKS = {
    **{sign: (_PLAIN, tone) for sign, tone in _SIGNS.items()},
    **{sign: (_ROOFED, tone) for sign, tone in zip("âáàåãä", ["", *_SIGNS.values()], strict=True)},
    **{sign: (_SHORT, tone) for sign, tone in zip("êéèúüë", ["", *_SIGNS.values()], strict=True)},
}
VNI_ALONE = dict(zip("ñôöíìæóòî", "đơưíìỉĩịỵ", strict=True))
_CARRIERS = {_PLAIN: "aeouyôö", _ROOFED: "aeo", _SHORT: "a"}
_PAIR = re.compile(
    "|".join(
        f"[{vowels}{vowels.upper()}][{signs}{signs.upper()}]"
        for kind, vowels in _CARRIERS.items()
        for signs in ["".join(sign for sign, (its, _tone) in VNI_MARKS.items() if its == kind)]
    )
)
_VNI = re.compile(rf"(?P<pair>{_PAIR.pattern})|[{''.join(VNI_ALONE)}{''.join(VNI_ALONE).upper()}]")
# A Vietnamese word in two has such a pair; in French or Portuguese hardly one in a hundred.
_OFTEN = 0.04


def unicode_of(text: str) -> str:
    """The text in Unicode, sign for sign, whichever of the old letters it was typed in. Linear."""
    if is_tcvn3(text):
        return from_tcvn3(text)
    return from_vni(text) if is_vni(text) else text


def is_legacy(text: str) -> bool:
    """Whether the text was typed in letters from before Unicode. Linear."""
    return is_tcvn3(text) or is_vni(text)


def is_tcvn3(text: str) -> bool:
    """Whether the text was typed in TCVN3 letters. Linear."""
    if _UNICODE.search(text):
        return False
    return sum(1 for _ in _INSIDE.finditer(text)) >= _ENOUGH


def from_tcvn3(text: str) -> str:
    """The same text in Unicode, character for character."""
    return text.translate(_LETTERS)


def is_vni(text: str) -> bool:
    """Whether the text was typed in VNI letters: vowels followed by a marked letter, again and again. Linear."""
    if _UNICODE.search(text) or is_tcvn3(text):
        return False
    pairs = sum(1 for _ in _PAIR.finditer(text))
    return pairs >= _ENOUGH and pairs >= _OFTEN * sum(1 for sign in text if sign.isalpha())


def from_vni(text: str) -> str:
    """The same text in Unicode, as long as it was: "aø" is "a" and its mark, "ñ" is "đ"."""
    return _VNI.sub(_from_vni, text)


def _from_vni(found: re.Match[str]) -> str:
    signs = found[0]
    if not found["pair"]:
        return _alone(signs)
    vowel, (kind, tone) = signs[0], VNI_MARKS[signs[1].lower()]
    if not tone:
        return vowel + kind
    return (_cased(vowel, _marked(vowel.lower(), kind)) if kind else _alone(vowel)) + tone


def _marked(vowel: str, kind: str) -> str:
    return "ă" if kind == _SHORT else {"a": "â", "e": "ê", "o": "ô"}[vowel]


def _alone(sign: str) -> str:
    return _cased(sign, VNI_ALONE.get(sign.lower(), sign.lower()))


def _cased(sign: str, letter: str) -> str:
    return letter.upper() if sign.isupper() else letter
