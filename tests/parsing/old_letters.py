"""Texts as they were typed before Unicode. The VNI table is written out here letter by letter, as its keyboards print it."""

import unicodedata

from directives.parsing import legacy

_ROWS = {
    "aáàảãạ": "a aù aø aû aõ aï", "âấầẩẫậ": "aâ aá aà aå aã aä", "ăắằẳẵặ": "aê aé aè aú aü aë",
    "eéèẻẽẹ": "e eù eø eû eõ eï", "êếềểễệ": "eâ eá eà eå eã eä",
    "oóòỏõọ": "o où oø oû oõ oï", "ôốồổỗộ": "oâ oá oà oå oã oä", "ơớờởỡợ": "ô ôù ôø ôû ôõ ôï",
    "uúùủũụ": "u uù uø uû uõ uï", "ưứừửữự": "ö öù öø öû öõ öï",
    "iíìỉĩị": "i í ì æ ó ò", "yýỳỷỹỵ": "y yù yø yû yõ î", "đ": "ñ",
}  # fmt: skip
VNI = {
    cased(letter): cased(typed)
    for letters, row in _ROWS.items()
    for letter, typed in zip(letters, row.split(), strict=True)
    for cased in (str.lower, str.upper)
}


def in_vni(text: str) -> str:
    return "".join(VNI.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def in_tcvn3(text: str) -> str:
    """Marked capitals are small letters of a capital font."""
    composed = unicodedata.normalize("NFC", text)
    small = "".join(c if c.isascii() or c in legacy.NEW else c.lower() for c in composed)
    return small.translate(str.maketrans(legacy.NEW, legacy.OLD))
