"""Debian packages, for a machine on which root runs the tests (a container of CI).

A failure shows apt's own words and nothing more: the caller looks again for what it wanted.
"""

import os
import shutil
import subprocess


def available() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def update() -> None:
    _apt("update", "-q")


def install(*packages: str) -> None:
    _apt("install", "-y", "-q", "--no-install-recommends", *packages)


def _apt(*arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *arguments], check=False, env=environment, stdin=subprocess.DEVNULL)
