"""A private PostgreSQL for one command: `python -m tests.rig.cluster -- pytest`.

The cluster lives in a temporary folder, listens on a unix socket alone and is gone when the command
ends. The machine's own cluster is never used and never started.
"""

import argparse
import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

from tests.rig import apt

DATABASE = "thongsuot"
HINT = (
    "PostgreSQL is missing: the tests start a private cluster of it (initdb, postgres).\n"
    "Provide it with:  sudo apt-get install postgresql"
)
OWN_SOCKET_ONLY = {"listen_addresses": ""}
# Nothing in a test outlives the run, so nothing waits for the disk.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def run(command: list[str], *, durable: bool = False) -> int:
    """Runs the command with DATABASE_URL naming a fresh cluster; returns its exit code."""
    with cluster(durable=durable) as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}, check=False).returncode


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Yields the DATABASE_URL of a new cluster; stops it and removes it on the way out."""
    binaries = provide()
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    server = None
    try:
        _initialise(binaries, home)
        server = _start(binaries, home, OWN_SOCKET_ONLY | ({} if durable else HASTY))
        _create_database(home, server)
        yield f"postgres://postgres@/{DATABASE}?host={quote(str(home))}"
    finally:
        if server:
            _stop(server)
        shutil.rmtree(home)


def provide() -> Path:
    """The folder with PostgreSQL's binaries: found, or installed, or else one sentence and exit."""
    if not find() and apt.available():
        apt.update()
        # With the server's package Debian starts a cluster for the whole machine; we want the binaries alone.
        apt.install("postgresql-common")
        _forbid_main_cluster(Path("/etc/postgresql-common/createcluster.conf"))
        apt.install("postgresql")
    return find() or sys.exit(HINT)


def find() -> Path | None:
    newest_first = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -int(folder.parent.name)
    )
    on_path = [Path(initdb).resolve().parent for initdb in [shutil.which("initdb")] if initdb]
    complete = (folder for folder in [*on_path, *newest_first] if (folder / "postgres").exists())
    return next(complete, None)


def _forbid_main_cluster(configuration: Path) -> None:
    text = configuration.read_text() if configuration.exists() else ""
    configuration.write_text(re.sub(r"(?m)^#?create_main_cluster.*$", "create_main_cluster = false", text))


def _initialise(binaries: Path, home: Path) -> None:
    account = _account()
    if account:
        os.chown(home, account["user"], account["group"])
    command = [str(binaries / "initdb"), "-D", str(home / "data"), "-U", "postgres", "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, **account)


def _start(binaries: Path, home: Path, options: dict[str, str]) -> subprocess.Popen[bytes]:
    options = {"unix_socket_directories": str(home), **options}
    command = [str(binaries / "postgres"), "-D", str(home / "data")]
    command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("w") as log:
        # Its own session: Ctrl-C reaches the command first, which ends before its database does.
        return subprocess.Popen(
            command, cwd="/", stdout=log, stderr=log, start_new_session=True, **_account()
        )


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then its own user runs it, or nobody."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in known else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _create_database(home: Path, server: subprocess.Popen[bytes]) -> None:
    connection = _connect(home, server)
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        if cursor.fetchone() != (str(home / "data"),):
            raise RuntimeError("Another PostgreSQL answers on the socket of the tests.")
        cursor.execute(f"CREATE DATABASE {DATABASE}")


def _connect(home: Path, server: subprocess.Popen[bytes], *, seconds: int = 30) -> Any:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return psycopg2.connect(host=str(home), user="postgres", dbname="postgres")
        except psycopg2.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit("PostgreSQL does not start:\n" + (home / "log").read_text())
            time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's "fast": break off sessions, shut down in order
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--durable", action="store_true", help="wait for the disk, as a real server does")
    parser.add_argument("command", nargs="+", help="what to run, after --")
    arguments = parser.parse_args()
    # A terminated run still stops its cluster.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    return run(arguments.command, durable=arguments.durable)


if __name__ == "__main__":
    sys.exit(main())
