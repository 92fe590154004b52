from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from units import clock
from units.enums import Theme


class UserManager(BaseUserManager["User"]):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. What they may do hangs on their memberships, never on this row."""

    username = models.CharField(
        _("tên đăng nhập"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Tên đăng nhập này đã có người dùng.")},
    )
    full_name = models.CharField(_("họ và tên"), max_length=150, blank=True)
    post = models.CharField(_("chức vụ"), max_length=200, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    is_active = models.BooleanField(
        _("đang hoạt động"),
        default=True,
        help_text=_("Bỏ chọn thay vì xóa: nhật ký luôn giữ người đã làm việc."),
    )
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    password_expires_at = models.DateTimeField(_("mật khẩu cấp có hiệu lực đến"), null=True, blank=True)
    language = models.CharField(
        _("ngôn ngữ"), max_length=2, blank=True, choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
    theme = models.CharField(_("giao diện"), max_length=5, blank=True, choices=Theme)
    date_joined = models.DateTimeField(_("ngày tạo"), default=clock.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")
        ordering = ["username"]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        return self.full_name or self.post or self.username

    def get_full_name(self):
        return self.display_name

    # The admin asks these of a user; rights come from `rules`, so the answer is always no here.
    is_staff = is_superuser = False

    def has_perm(self, perm, obj=None):
        return False

    def has_module_perms(self, app_label):
        return False
