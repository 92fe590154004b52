import csv
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from units import importing, spreadsheet
from units.errors import Refused
from units.models import User


class Command(BaseCommand):
    help = "Takes in units, and people with posts and roles, from .xlsx or .csv; all of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="table of units")
        parser.add_argument("--people", type=Path, metavar="FILE", help="table of people, posts and roles")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")
        parser.add_argument("--by", metavar="USERNAME", help="the administrator in whose name it is done")
        parser.add_argument(
            "--passwords",
            type=Path,
            metavar="FILE",
            help="write the one-time passwords to FILE (readable by its owner alone) instead of the screen",
        )

    def handle(self, *, file, people, dry_run, by, passwords, **options):
        refuse_taken(passwords)
        try:
            plan = importing.examine(rows_of(file), rows_of(people))
            self._report(plan, every_line=dry_run)
            if dry_run:
                return refuse_bad(plan)
            taken = importing.carry_out(plan, by=administrator(by))
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        return self._hand_over(taken, passwords)

    def _report(self, plan, *, every_line):
        for line in plan.lines if every_line else plan.bad:
            self.stdout.write(sentence(line))
        for name in plan.ignored:
            self.stdout.write(_("Cột “%(name)s” không dùng đến.") % {"name": name})
        self.stdout.write(", ".join(f"{count} {label}" for label, count in plan.counts))

    def _hand_over(self, taken, path):
        if not taken.passwords:
            return
        if path is None:
            write_passwords(taken, self.stdout)
        else:
            with os.fdopen(
                os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8-sig"
            ) as out:
                write_passwords(taken, out)


def rows_of(path):
    if path is None:
        return None
    try:
        if path.stat().st_size > spreadsheet.MAX_SIZE:
            raise CommandError(_("Tệp lớn hơn 20 MB."))
        return spreadsheet.read(path.name, path.read_bytes())
    except OSError as missing:
        raise CommandError(_("Không mở được tệp %(path)s.") % {"path": path}) from missing


def refuse_bad(plan):
    if plan.bad:
        raise CommandError(_("%(count)d dòng lỗi.") % {"count": len(plan.bad)})


def refuse_taken(path):
    if path and path.exists():
        raise CommandError(_("Tệp %(path)s đã có. Hãy chọn tên khác.") % {"path": path})


def administrator(username):
    if not username:
        return None
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist:
        raise CommandError(_("Không có tài khoản “%(username)s”.") % {"username": username}) from None


def sentence(line) -> str:
    said = {"table": line.table, "number": line.number, "key": line.key, "verdict": line.verdict.label}
    head = _("%(table)s, dòng %(number)d (%(key)s): %(verdict)s") % said
    return f"{head}. {line.sentence}" if line.sentence else head


def write_passwords(taken, out):
    """One row for each new account; semicolons, as Excel here expects."""
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("Tên đăng nhập"), _("Họ và tên"), _("Chức vụ"), _("Mật khẩu dùng một lần")])
    for user, password in taken.accounts:
        writer.writerow([safe_cell(user.username), safe_cell(user.full_name), safe_cell(user.post), password])


def safe_cell(text: str) -> str:
    """A cell that begins like a formula would be run by a spreadsheet."""
    return f"'{text}" if text[:1] in "=+-@" and text else text
