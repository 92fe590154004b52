"""The ground the tests stand on: a database of their own, in the shape of production."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.rig import cluster


def asked(question: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_cluster_is_ours_and_closed_to_the_network():
    assert Path(asked("SHOW data_directory")).parent.name.startswith("pg-")
    assert asked("SHOW listen_addresses") == ""


@pytest.mark.postgres
def test_a_cluster_is_gone_with_its_command():
    with cluster.cluster() as url:
        home = Path(url.partition("host=")[2])
        assert (home / "data").is_dir()
    assert not home.exists()


@pytest.mark.django_db
def test_sqlite_runs_as_in_production():
    if connection.vendor == "sqlite":
        assert asked("PRAGMA journal_mode") == "wal"
        assert asked("PRAGMA foreign_keys") == "1"
        assert connection.transaction_mode == "IMMEDIATE"
        assert not connection.is_in_memory_db()


def test_files_of_a_test_go_to_a_folder_of_its_own(tmp_path):
    assert settings.MEDIA_ROOT.is_relative_to(tmp_path)
