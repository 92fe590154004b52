"""Vietnamese typed in TCVN3 (ABC) fonts before Unicode: "Céng hoµ x· héi chñ nghÜa ViÖt Nam".

Each letter stands for one letter, so offsets stay. Capitals set in a capital font (.VnTimeH) come out small.
"""

import re

OLD = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦"
NEW = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_LETTERS = str.maketrans(OLD, NEW)
# Signs no Unicode Vietnamese has inside a word, and letters TCVN3 text cannot have.
_INSIDE = re.compile(r"[®©«¬ª¨µ¸¶·¹](?=[a-z])|(?<=[a-z])[®©«¬ª¨µ¸¶·¹]")
_UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_ENOUGH = 20


def is_tcvn3(text: str) -> bool:
    """Whether the text was typed in TCVN3 letters. Linear."""
    if _UNICODE.search(text):
        return False
    return sum(1 for _ in _INSIDE.finditer(text)) >= _ENOUGH


def from_tcvn3(text: str) -> str:
    """The same text in Unicode, character for character."""
    return text.translate(_LETTERS)
