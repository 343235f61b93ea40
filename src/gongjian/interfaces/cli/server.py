"""Running the product: web workers, one job worker, and the line that says it answers."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from multiprocessing import set_start_method
from threading import Event, Thread

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from granian.constants import Interfaces
from granian.server import Server

from gongjian.interfaces.jobs.worker import work

HOST = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")
GRACE = 3  # seconds a web worker has to end; a terminal sends Ctrl-C to the workers as well
Say = Callable[[str], None]


def run_server(*, port: int, say: Say, host: str = HOST, worker: bool = True) -> None:
    """Serve until Ctrl-C; say `Ready: http://…` once a page really answers."""
    _check_port_is_free(host, port)
    stop = Event()
    Thread(target=_say_when_ready, args=(host, port, say, stop), daemon=True).start()
    if worker:
        Thread(target=work, args=(stop,), daemon=True).start()
    # A forked worker would inherit the locks SQLite holds for the job worker's thread, and would
    # find its database locked for ever.
    set_start_method("spawn", force=True)
    server = Server(
        "gongjian.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_enabled=False,
    )
    try:
        server.serve()
    finally:
        stop.set()


def _check_port_is_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise CommandError(
                _("端口 %(port)s 已被占用。换一个端口，例如 make demo PORT=%(other)s。")
                % {"port": port, "other": port + 123}
            ) from taken


def _say_when_ready(host: str, port: int, say: Say, stop: Event) -> None:
    """Ask for the log-in page until it answers; then, and only then, say so."""
    address = f"http://{HOST if host in EVERYWHERE else host}:{port}"
    # As a proxy would ask: by a name the pages answer to, and by HTTPS where nothing else counts.
    headers = {"Host": settings.ALLOWED_HOSTS[0].lstrip("*.") or HOST}
    if settings.SECURE_SSL_REDIRECT:
        headers["X-Forwarded-Proto"] = "https"
    question = urllib.request.Request(f"{address}/login/", headers=headers)
    while not stop.is_set():
        try:
            with urllib.request.urlopen(question, timeout=5) as answer:
                if answer.status == 200:
                    say(f"Ready: {address}")
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
