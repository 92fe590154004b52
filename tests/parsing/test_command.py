"""`manage.py parse_directive`: the JSON of the contract, without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from directives.parsing import parse
from directives.parsing.labels import as_labels

from .samples import LETTER, SAMPLES

ROOT = Path(__file__).parent.parent.parent
KEYS = {
    "doc_type", "number", "symbol", "code", "issue_date", "place", "issuer", "parent_issuer", "subject", "addressees", "references",
    "tasks", "recipients", "signer_title", "signer_name", "signer_authority", "doubts", "spans",
}  # fmt: skip


def run(path: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "SECRET_KEY": "only for this test",
        "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/nowhere",
    }
    command = [sys.executable, "manage.py", "parse_directive", str(path)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=60, check=False
    )


def test_labels_have_the_keys_of_the_contract():
    labels = as_labels(parse(LETTER))
    assert labels.keys() >= KEYS
    assert labels["number"] is None
    assert all(task["text"] and task["text_starts"] for task in labels["tasks"])
    assert all(doubt.keys() >= {"field", "task", "text", "span"} for doubt in labels["doubts"])
    assert set(labels["spans"]) <= KEYS | {"urgency"}


def test_command_prints_json_while_the_database_is_unreachable():
    done = run(SAMPLES / "seed0.txt")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == as_labels(parse(LETTER))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b" \n"),
        ("binary.txt", b"\x00\x01\x02" * 50),
        ("latin.txt", "Số".encode("utf-16-be") + b"\xff\xfe\xff"),
        ("drawing.png", b"\x89PNG"),
        ("huge.txt", b"a" * (5 * 1024 * 1024 + 1)),
        ("missing.txt", None),
    ],
)
def test_command_refuses_with_one_sentence(tmp_path, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = run(path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
