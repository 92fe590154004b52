"""What just happened, in sentences: each verb with the one who did it and the one it was done to."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.utils import translation

from directives.enums import DirectiveKind
from directives.lifecycle import ASSIGNMENT
from directives.templatetags.history import feed_sentence
from tests.factories import Office, assignments_of
from tests.figures_world import get
from tests.screens import page, sign_in
from units import clock
from units.clock import travel

UNIT = "Cảng vụ đường thủy nội địa"
TOLD = {
    # the unit's own doing
    "acknowledge": "{unit}: tiếp nhận nhiệm vụ, nhiệm vụ 3",
    "delegate": "{unit}: phân công người thực hiện, nhiệm vụ 3",
    "note_progress": "{unit}: ghi tiến độ, nhiệm vụ 3",
    "submit_internally": "{unit}: trình lãnh đạo đơn vị, nhiệm vụ 3",
    "send_back_internally": "{unit}: lãnh đạo đơn vị trả lại, nhiệm vụ 3",
    "report": "{unit}: báo cáo hoàn thành, nhiệm vụ 3",
    "withdraw": "{unit}: rút lại báo cáo, nhiệm vụ 3",
    "supplement": "{unit}: bổ sung minh chứng, nhiệm vụ 3",
    "request_extension": "{unit}: xin gia hạn, nhiệm vụ 3",
    "decline": "{unit}: đề nghị trả lại vì không thuộc chức năng, nhiệm vụ 3",
    "withdraw_request": "{unit}: rút đề nghị, nhiệm vụ 3",
    "hand_over": "{unit}: bàn giao người thực hiện, nhiệm vụ 3",
    "answer_urging": "{unit}: trả lời đôn đốc, chỉ đạo, nhiệm vụ 3",
    # done to it by the Office
    "accept": "Xác nhận {unit} hoàn thành, nhiệm vụ 3",
    "send_back": "Trả lại báo cáo của {unit}, nhiệm vụ 3",
    "reopen": "Mở lại việc đã xong của {unit}, nhiệm vụ 3",
    "extend": "Gia hạn cho {unit}, nhiệm vụ 3",
    "refuse_extension": "Không đồng ý gia hạn cho {unit}, nhiệm vụ 3",
    "refuse_decline": "Vẫn giao {unit} thực hiện, nhiệm vụ 3",
    "transfer": "Chuyển việc của {unit} cho đơn vị khác, nhiệm vụ 3",
    "take_over": "Chuyển việc của đơn vị khác cho {unit}, nhiệm vụ 3",
    "pause": "Tạm dừng việc của {unit}, nhiệm vụ 3",
    "resume": "Cho {unit} tiếp tục thực hiện, nhiệm vụ 3",
    "set_deadline": "Đặt thời hạn cho {unit}, nhiệm vụ 3",
    "review": "Xem lại việc của {unit}, nhiệm vụ 3",
    "urge": "Đôn đốc {unit}, nhiệm vụ 3",
    "ask_explanation": "Yêu cầu {unit} giải trình, nhiệm vụ 3",
    "instruct": "Chỉ đạo {unit}, nhiệm vụ 3",
    "answer_obstacle": "Trả lời vướng mắc của {unit}, nhiệm vụ 3",
    "forward_obstacle": "Chuyển vướng mắc của {unit}, nhiệm vụ 3",
    "cancel": "Thôi giao {unit}, nhiệm vụ 3",
}


def event(verb, label=f"{UNIT}: 3. Rà soát luồng lạch", of="assignment"):
    return SimpleNamespace(verb=verb, object_label=label, object_type=of)


def test_every_verb_has_its_sentence():
    assert set(TOLD) == set(ASSIGNMENT) | {"take_over", "hand_over"}


@pytest.mark.parametrize("verb", TOLD)
def test_a_sentence_names_the_one_who_did_it(verb):
    assert feed_sentence(event(verb)) == TOLD[verb].format(unit=UNIT)


def test_a_task_without_a_number_is_told_by_the_unit_alone():
    assert feed_sentence(event("urge", f"{UNIT}: Rà soát")) == f"Đôn đốc {UNIT}"


@pytest.mark.parametrize("kind", DirectiveKind)
def test_the_kind_of_a_document_speaks_the_language_of_the_page(kind):
    with translation.override("vi"):
        label = f"{kind.label} 814/SGTVT-VP"
    with translation.override("en"):
        assert feed_sentence(event("issue", label, of="directive")).endswith(f": {kind.label} 814/SGTVT-VP")


# --- How long a report has waited ----------------------------------------------------------------
@pytest.mark.django_db
def test_today_and_the_queue_count_the_same_wait():
    """From Thursday over a weekend to Monday: four days of the calendar, two of work."""
    office = Office(rooms=1)
    with travel(datetime(2026, 11, 5, 3, tzinfo=clock.now().tzinfo)):
        office.report(assignments_of(office.issue(tasks=1))[0])
    for day, told, queued in [
        (5, "Mới gửi hôm nay.", "mới"),
        (9, "Lâu nhất đã chờ 2 ngày làm việc.", "chờ 2 ngày làm việc"),
    ]:
        with travel(datetime(2026, 11, day, 4, tzinfo=clock.now().tzinfo)):
            assert clock.today() == date(2026, 11, day)
            (line,) = [item for item in get(office.monitor, "/").context["todo"].items if item.tone == "wait"]
            assert line.text == told
            assert queued in page(sign_in(office.monitor), "/cho-xu-ly/")
