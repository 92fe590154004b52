"""The words of the organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    CENTRAL = "central", _("Cơ quan trung ương")
    PARTY_COMMITTEE = "party_committee", _("Cấp ủy, ban Đảng")
    PEOPLES_COMMITTEE = "peoples_committee", _("Ủy ban nhân dân")
    DEPARTMENT = "department", _("Sở, ban, ngành")
    DIVISION = "division", _("Phòng chuyên môn, nghiệp vụ")
    PUBLIC_SERVICE = "public_service", _("Đơn vị sự nghiệp")
    COMMUNE = "commune", _("Xã, phường, đặc khu")
    OTHER = "other", _("Đơn vị khác")


class Role(models.TextChoices):
    CLERK = "clerk", _("Văn thư")
    LEADER = "leader", _("Lãnh đạo cơ quan ban hành")
    MONITOR = "monitor", _("Chuyên viên theo dõi")
    HEAD = "head", _("Thủ trưởng đơn vị")
    DEPUTY = "deputy", _("Cấp phó")
    STAFF = "staff", _("Chuyên viên")
    AUDITOR = "auditor", _("Thanh tra, kiểm tra")
    ADMIN = "admin", _("Quản trị hệ thống")


class SuccessionKind(models.TextChoices):
    RENAME = "rename", _("Đổi tên")
    MERGE = "merge", _("Sáp nhập")
    SPLIT = "split", _("Chia tách")
    DISSOLVE = "dissolve", _("Giải thể")
    MOVE = "move", _("Chuyển cấp trên trực tiếp")


class DayKind(models.TextChoices):
    OFF = "off", _("Nghỉ bù, nghỉ thêm")
    WORK = "work", _("Làm bù")


class Theme(models.TextChoices):
    SYSTEM = "", _("Theo máy")
    LIGHT = "light", _("Sáng")
    DARK = "dark", _("Tối")


class Act(models.TextChoices):
    """The verbs of the administration's record."""

    CREATE_ACCOUNT = "create_account", _("Tạo tài khoản")
    CHANGE_ACCOUNT = "change_account", _("Sửa tài khoản")
    RESET_PASSWORD = "reset_password", _("Cấp lại mật khẩu")
    CHANGE_PASSWORD = "change-password", _("Tự đổi mật khẩu")
    DEACTIVATE = "deactivate", _("Ngừng tài khoản")
    ACTIVATE = "activate", _("Mở lại tài khoản")
    GIVE_ROLE = "give_role", _("Giao vai trò")
    CHANGE_ROLE = "change_role", _("Sửa vai trò")
    END_ROLE = "end_role", _("Kết thúc vai trò")
    CREATE_UNIT = "create_unit", _("Thêm đơn vị")
    CHANGE_UNIT = "change_unit", _("Sửa đơn vị")
    CHANGE_NAMES = "change_names", _("Sửa tên gọi qua các thời kỳ")
    CREATE_GROUP = "create_group", _("Thêm nhóm đơn vị")
    CHANGE_GROUP = "change_group", _("Sửa nhóm đơn vị")
    CREATE_DAY = "create_day", _("Khai ngày nghỉ bù, làm bù")
    CHANGE_DAY = "change_day", _("Sửa ngày nghỉ bù, làm bù")
    REMOVE_DAY = "remove_day", _("Bỏ ngày nghỉ bù, làm bù")
    OPEN_REGISTER = "open_register", _("Mở sổ văn bản")
    CHANGE_REGISTER = "change_register", _("Sửa sổ văn bản")
    CREATE_SECTOR = "create_sector", _("Thêm lĩnh vực")
    CHANGE_SECTOR = "change_sector", _("Sửa lĩnh vực")
