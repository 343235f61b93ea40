"""`gongjian serve` and `gongjian demo` as people start them: the line they wait for, or why not."""

import os
import signal
import socket
import time
import urllib.request
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection

import pytest

from interfaces.cli.commands import gongjian, started


@pytest.fixture
def port():
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(*words, home):
    """The lines of a command up to and with `Ready:`, while it runs."""
    process = started(*words, home=home)
    try:
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith("Ready:"):
                break
        yield lines
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def test_serve_prints_the_code_of_the_first_run_and_answers_once_it_says_so(tmp_path, port):
    home = tmp_path / "home"

    with running("serve", "--port", port, home=home) as lines:
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/first-run/", timeout=20)

        code = lines[1].removeprefix("首次运行口令（网页上设三个管理员时填）：")
        assert lines[-1] == f"Ready: http://127.0.0.1:{port}"
        assert len(code) == 12
        assert page.status == 200
        assert asked(port, {"Host": "testserver"}) == (400, None)  # a name of tests alone

    assert (home / "secret-key").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700


def test_serve_behind_a_proxy_with_tls_answers_what_came_by_https(tmp_path, port, monkeypatch):
    monkeypatch.setenv("GONGJIAN_HTTPS", "True")
    monkeypatch.setenv("GONGJIAN_HOSTS", "gongjian.example")

    with running("serve", "--port", port, home=tmp_path / "home") as lines:
        by_https = asked(port, {"X-Forwarded-Proto": "https"})
        plain = asked(port, {})

    assert lines[-1] == f"Ready: http://127.0.0.1:{port}"
    assert by_https == (200, None)
    assert plain == (301, "https://gongjian.example/first-run/")


def test_ctrl_c_of_a_terminal_ends_it_soon(tmp_path, port):
    home = tmp_path / "home"
    process = started("serve", "--port", port, home=home, start_new_session=True)
    try:
        for line in process.stdout:
            if line.startswith("Ready:"):
                break

        os.killpg(process.pid, signal.SIGINT)  # a terminal tells the workers as well

        process.wait(timeout=20)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()


def asked(port, headers):
    """What the page of the first run answers to a proxy: the code, and where it leads."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as proxy:
        proxy.request("GET", "/first-run/", headers={"Host": "gongjian.example", **headers})
        answer = proxy.getresponse()
        return answer.status, answer.getheader("Location")


def test_demo_started_again_says_that_it_is_there_and_opens_soon(demo_home, port):
    accounts = (demo_home / "demo-accounts.json").read_bytes()
    begun = time.monotonic()

    with running("demo", "--port", port, home=demo_home) as lines:
        took = time.monotonic() - begun

    assert lines[-1] == f"Ready: http://127.0.0.1:{port}"
    assert f"演示县已经建好：{demo_home}" in lines[-3]
    assert lines[-2].endswith(f"账号和密码：{demo_home / 'demo-accounts.json'}")
    assert (demo_home / "demo-accounts.json").read_bytes() == accounts
    assert took < 60  # 10 s are promised; machines of tests are busy


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_said_in_a_sentence(demo_home, port, command):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()

        ended = gongjian(command, "--port", port, home=demo_home)

    assert ended.code == 1
    assert ended.err.splitlines() == [
        f"端口 {port} 已被占用。换一个端口，例如 make demo PORT={port + 123}。"
    ]
