"""What `make demo` does between making the environment and serving."""

import socket

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Prepares the demo world and says where it will be served and who can sign in."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        if not settings.DEMO:
            raise CommandError("This is for the demo profile alone: run `make demo`.")
        refuse_taken(port)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("seed_demo")
        self.stdout.write(welcome(port))


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        # As the server will do; without it a port freed a moment ago counts as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            raise CommandError(
                f"Port {port} is taken. Choose another: make demo PORT={port + 1}"
            ) from problem


def welcome(port: int) -> str:
    users = get_user_model().objects.filter(is_active=True).order_by("pk")
    accounts = "\n".join(f"  {user.username:<12} {user.post}" for user in users)
    return f"\nThông Suốt: http://{HOST}:{port}/   (Ctrl-C stops it)\n\nAccounts, password `thongsuot`:\n{accounts}\n"
