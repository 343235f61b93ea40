"""What holds for every test: nothing leaves the machine, nothing touches an installation."""

import socket
import tempfile
from pathlib import Path

import pytest
from django.conf import settings


def test_no_test_reaches_another_machine():
    with pytest.raises(PermissionError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_no_test_looks_up_a_name():
    with pytest.raises(PermissionError, match=r"example\.invalid"):
        socket.getaddrinfo("example.invalid", 80)


def test_a_test_may_talk_to_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


def test_the_home_of_the_tests_is_thrown_away():
    assert Path(tempfile.gettempdir()) in settings.HOME.parents
