"""Marks of a header that several of its readers look for: Quốc hiệu, place and date, names of bodies."""

import re

MOTTO = re.compile(
    r"con?g hoa x\w{0,4}\s?hoi chu n\w{0,5}\s?viet nam|doc lap\s{0,3}-\s{0,3}tu do\s{0,3}-\s{0,3}h[ae]nh phuc"
    r"|da[nu]g cong san viet nam"
)
_GAP = r"[\s._,]{0,60}"
DATE = re.compile(
    rf"\bngay(?:{_GAP}(?P<day>\d{{1,2}})|{_GAP}\S{{1,3}})?{_GAP}thang(?:{_GAP}(?P<month>\d{{1,2}}))?{_GAP}nam(?:{_GAP}(?P<year>\d{{4}}))?"
)
PLACE = re.compile(r"(?P<place>[^\W\d_](?:[^\W\d_]|[ .'-]){1,40}?)[ ]{0,3},\s{0,3}$")
BODIES = re.compile(
    r"(?:uy ban|ubnd|hdnd|hoi dong|hoi|hiep hoi|so|bo|ban|van phong|cuc|tong cuc|chi cuc|vu|vien|phong|trung tam|truong|cong an|thanh tra"
    r"|dang (?:uy|doan|bo)|tinh uy|huyen uy|quan uy|thanh uy|thi uy|chi bo|cong ty|tong cong ty|tap doan|toa an|benh vien|chinh phu"
    r"|thu tuong|quoc hoi|lien doan|lien minh|mat tran|kho bac|ngan hang|bao hiem|don|doan|hat|doi)\b"
)
