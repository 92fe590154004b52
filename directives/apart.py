"""Work on a stranger's file in a process of its own: little memory, little time, no network, no secret.

Parsers can be attacked; what attacks one dies with the child. Pure Python without Django and without settings.
"""

import ctypes
import json
import resource
import subprocess
import sys
import threading
from pathlib import Path

MB = 1024 * 1024
# Of Linux: a process may have users and a network of its own.
_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000
# The longest text that is read, in the letters that take most bytes, with room to spare.
MOST_PRINTED = 16 * MB
ROOT = Path(__file__).resolve().parent.parent
# Nothing of the portal's own environment; programs that the child calls are looked for where systems keep them.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "OMP_THREAD_LIMIT": "1"}


def ask(module: str, *arguments: str, seconds: int) -> dict | None:
    """The JSON object that `python -m module …` prints, or None where it failed or took longer than `seconds`.

    A child that prints without end fails too: its words are held in the memory of the caller.
    """
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, arguments of our own making
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    watch = threading.Timer(seconds, process.kill)
    watch.start()
    try:
        printed = process.stdout.read(MOST_PRINTED + 1)
        return json.loads(printed) if len(printed) <= MOST_PRINTED and process.wait() == 0 else None
    except ValueError:
        return None
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def limit(*, memory: int, cpu_seconds: int, largest_file: int) -> None:
    """Set by the child on itself, before it reads a byte of the file; a parent with threads cannot do it for it.

    `memory` and `largest_file` in bytes. What the child starts has the same limits; they can only be lowered.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_the_network() -> None:
    """Done by the child to itself, where the system lets it: a network of its own, with nothing in it.

    Only root may do so as it is; others need users of their own for it, which some containers forbid. A millisecond.
    """
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None and unshare(_NEW_NETWORK):
        unshare(_NEW_USERS | _NEW_NETWORK)
