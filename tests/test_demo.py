"""The demo world: made once through the verbs, with every standing the verbs can reach."""

import pytest
from django.core.management import CommandError, call_command

from directives.demo import world
from directives.enums import DirectiveState, Standing
from directives.models import Assignment, Directive, Evidence
from directives.standing import standing
from units import clock, events
from units.models import Event, User

pytestmark = pytest.mark.django_db

NAMED_BY_THE_README = {
    "vanthu", "theodoi", "giamdoc", "truongphong", "chuyenvien", "trungtam", "ubnd", "thanhtra", "quantri"
}  # fmt: skip


def test_the_world_is_made_once_and_shows_everything(settings, capsys):
    call_command("seed_demo")
    _check_people(settings)
    _check_letter()
    _check_standings()
    assert list(events.faults()) == []
    counts = Event.objects.count(), Assignment.objects.count()
    call_command("seed_demo")
    assert "already" in capsys.readouterr().out
    assert (Event.objects.count(), Assignment.objects.count()) == counts


def _check_people(settings):
    people = {user.username: user for user in User.objects.all()}
    assert people.keys() >= NAMED_BY_THE_README
    assert people["vanthu"].check_password(world.PASSWORD)
    assert not any(user.must_change_password or user.full_name for user in people.values())


def _check_letter():
    letter = Directive.objects.get(code="812/SGTVT-VP")
    assert letter.tasks.count() == 4
    assert letter.recipients.filter(purpose="act").count() == 11
    assert Assignment.objects.filter(directive=letter).count() == 44
    cited = {(c.code, c.cited_id is not None) for c in letter.citations.all()}
    codes = ["57-KL/TW", "254-KH/TU", "1001/UBND-KGVX", "203/KH-UBND", "4259/SGTVT-VP"]
    assert cited == {(code, True) for code in codes}
    assert Evidence.objects.filter(report__assignment__directive=letter).exclude(file="").exists()


def _check_standings():
    found = Assignment.objects.annotate(standing=standing(clock.today())).values_list("standing", flat=True)
    assert set(found) == set(Standing)
    assert set(Directive.objects.values_list("state", flat=True)) >= {
        DirectiveState.DRAFT,
        DirectiveState.SUBMITTED,
        DirectiveState.ISSUED,
    }


def test_public_passwords_stay_out_of_a_real_installation(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("seed_demo")
    assert not User.objects.exists()
