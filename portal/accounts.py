"""Sign-in and passwords. Accounts are made by administrators, so nothing here signs anybody up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from units import accounts, clock


class AccountAdapter(DefaultAccountAdapter):
    """Our words, our rules on passwords given by an administrator, and no door for sign-up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã ngừng hoạt động."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "password_expired": _("Mật khẩu được cấp đã hết hiệu lực. Hãy đề nghị người quản trị cấp lại."),
        "rate_limited": _("Anh chị gửi quá nhanh. Hãy chờ một phút rồi thử lại."),
        "too_many_login_attempts": _("Sai mật khẩu nhiều lần. Hãy chờ 5 phút rồi thử lại."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """The person, unless the password was a given one and its time is over."""
        user = super().authenticate(request, **credentials)
        if user and user.password_expires_at and user.password_expires_at <= clock.now():
            raise self.validation_error("password_expired")
        return user

    def set_password(self, user, password):
        accounts.choose_password(user, password)


class SignInForm(LoginForm):
    """User name and password; the session lasts while the browser is open, or seven days if asked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("Tên đăng nhập"))
        _say(self.fields["password"], _("Mật khẩu"))
        _say(self.fields["remember"], _("Giữ đăng nhập trên máy này trong 7 ngày"))
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ChangePasswordForm(AllauthChangePasswordForm):
    """The present password and a new one, which may not be the present one again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Mật khẩu hiện tại"))
        rules = " ".join(password_validation.password_validators_help_texts())
        _say(self.fields["password1"], _("Mật khẩu mới"), hint=rules)
        _say(self.fields["password2"], _("Nhập lại mật khẩu mới"))

    def clean_password1(self):
        new = self.cleaned_data["password1"]
        if self.user.check_password(new):
            raise forms.ValidationError(
                _("Mật khẩu mới phải khác mật khẩu hiện tại."), code="password_repeated"
            )
        return new


def _say(field, label, hint=""):
    """Give a field of the library our words; the label stands above it, so no placeholder repeats it."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = _("Hãy điền mục này.")
    field.widget.attrs.pop("placeholder", None)
