"""Types of documents: their printed names and the abbreviations a notation carries.

From Appendix III of Nghị định 30/2020/NĐ-CP and Hướng dẫn 36-HD/VPTW; letters carry no abbreviation, except the Party's CV.
"""

import re

from units.naming import plain_letters

LETTER = "Công văn"

_ABBREVIATIONS = {
    "Nghị quyết": "NQ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ QĐi",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Hướng dẫn": "HD",
    "Chương trình hành động": "",
    "Chương trình": "CTr CTR",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr TTR",
    "Hợp đồng": "HĐ",
    "Công điện": "CĐ",
    "Giấy mời": "GM",
    "Kết luận": "KL",
    "Thông tri": "",
    "Thông tư liên tịch": "TTLT",
    "Thông tư": "TT",
    "Nghị định": "NĐ",
    "Lệnh": "L",
    "Sắc lệnh": "SL",
    LETTER: "CV",
}
# "KẾ HOẠCH LIÊN TỊCH", "QUY CHẾ PHỐI HỢP": papers of several offices.
_JOINT = re.compile(r" (?:lien (?:tich|nganh|co quan|bo|so)|phoi hop(?: lien nganh)?)$")
LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
ASSEMBLY = re.compile(r"QH\d{1,2}$")

# The longest name first, so that "Thông tư liên tịch" is not read as "Thông tư".
_BY_PLAIN = {plain_letters(name): name for name in (*_ABBREVIATIONS, *LAWS)}
NAMES = "|".join(sorted((re.escape(name) for name in _BY_PLAIN), key=len, reverse=True))
_BY_ABBREVIATION = {short: name for name, shorts in _ABBREVIATIONS.items() for short in shorts.split()}

#: Types that lay out work, also when a decision carries them.
PLANS = frozenset({"Kế hoạch", "Chương trình", "Chương trình hành động", "Đề án", "Phương án"})
#: Types that report or ask and so order nothing.
UPWARD = frozenset({"Tờ trình", "Báo cáo", "Biên bản", "Giấy mời", "Thông cáo", "Hợp đồng"})


def named(plain: str) -> str | None:
    """The type whose name this is, letters already plain; white space is free. A joint plan is a plan."""
    name = " ".join(plain.split())
    return _BY_PLAIN.get(name) or _BY_PLAIN.get(_JOINT.sub("", name))


def of_notation(notation: str) -> str | None:
    """The type a notation like "KH/TU" or "QĐ-UBND" speaks of; None for a letter's "UBND-KGVX"."""
    first = re.split(r"[-/_]", notation, maxsplit=1)[0]
    if first.startswith("NĐCP"):
        return "Nghị định"
    for short in (first, first.upper(), re.sub("(?:LT|LN|PH)$", "", first)):
        if short in _BY_ABBREVIATION:
            return _BY_ABBREVIATION[short]
    return None
