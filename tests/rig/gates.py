"""The gates of `make check`, in a list that can be read aloud. One line each; what fails says why below it."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
# What is filled in between the < and > of an element ends without a line break.
WITHIN_TAGS = {ROOT / "templates/django/forms/widgets/attrs.html"}
TEMPLATES = [
    str(path.relative_to(ROOT)) for path in sorted({*(ROOT / "templates").rglob("*.html")} - WITHIN_TAGS)
]
GATES: dict[str, list[str | Path]] = {
    "format": [BIN / "ruff", "format", "--check", "--output-format", "concise", "."],
    "lint": [BIN / "ruff", "check", "--output-format", "concise", "."],
    "types": [BIN / "mypy"],
    "import contracts": [BIN / "lint-imports"],
    "laws and sizes": [sys.executable, "-m", "pytest", "tests/test_laws.py"],
    "templates": [BIN / "djade", "--target-version", "5.2", "--check", *TEMPLATES],
    "migrations complete": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "production settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "translations complete": [*MANAGE, "messages", "check"],
    "state diagram in the README": [*MANAGE, "lifecycle_diagram", "--check"],
}
# The production profile, with nothing in it that is real; a developer's .env does not reach it.
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "DEBUG": "false",
    "DEMO": "false",
    "ALLOWED_HOSTS": "thongsuot.example.gov.vn",
    "SITE_URL": "https://thongsuot.example.gov.vn",
    "DATABASE_URL": "sqlite://:memory:",
    "SECURE_SSL_REDIRECT": "true",
}


def main() -> int:
    failed = [name for name, command in GATES.items() if not passes(name, command)]
    print(
        f"{len(GATES) - len(failed)} of {len(GATES)} gates passed"
        + "".join(f"\n  failed: {name}" for name in failed)
    )
    return 1 if failed else 0


def passes(name: str, command: list[str | Path]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | PRODUCTION,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    outcome = "FAILED" if done.returncode else "ok"
    print(f"{name:<30}{outcome}  {time.monotonic() - started:.1f} s", flush=True)
    if done.returncode:
        print("    " + done.stdout.strip().replace("\n", "\n    "), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
