"""LibreOffice, run once for one file: in a folder of its own that is gone afterwards, with limits.

The file may be anybody's. So macros and links are off, nothing is fetched, the environment is not
handed on, and a run that takes too long ends with all its children.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from gongjian.documents.unreadable import Limits, Unreadable

SECONDS = 20
MEMORY = 1 << 30  # bytes of address space
FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format"}  # and no other, whatever it looks like
# The shell sets the limits: a hook between fork and exec is not safe in a server of threads.
LIMITED = 'ulimit -c 0; ulimit -v {kibibytes}; ulimit -t {seconds}; ulimit -f {blocks}; exec "$@"'
DEAF = ("127.0.0.1", 9)  # a proxy that answers nobody
COMMON, INET = "/org.openoffice.Office.Common", "/org.openoffice.Inet/Settings"
SETTINGS = (
    (f"{COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{COMMON}/Save/Document", "WarnAlienFormat", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    (INET, "ooInetProxyType", "2"),
    (INET, "ooInetHTTPProxyName", DEAF[0]),
    (INET, "ooInetHTTPProxyPort", str(DEAF[1])),
    (INET, "ooInetHTTPSProxyName", DEAF[0]),
    (INET, "ooInetHTTPSProxyPort", str(DEAF[1])),
)


def office() -> str | None:
    """Where LibreOffice is on PATH; None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(program: str, content: bytes, kind: str, limits: Limits) -> bytes | None:
    """The docx LibreOffice makes of a file; None where it makes none.

    Units: 20 seconds, 1 GiB; the first run of a machine takes about 2 s, later ones 1 s.
    Errors: Unreadable 'too_slow'; 'too_large' where the docx is over the limit of bytes.
    """
    with TemporaryDirectory(prefix="gongjian-office-") as folder:
        room = Path(folder)
        _set_up(room)
        (room / f"in.{kind}").write_bytes(content)
        _run(program, room, kind, limits)
        made = room / "in.docx"
        if not made.is_file():
            return None
        limits.check("bytes", made.stat().st_size)
        return made.read_bytes()


def _run(program: str, room: Path, kind: str, limits: Limits) -> None:
    """One conversion; whatever it says is for nobody, what counts is the file it leaves."""
    command = (
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        f"-env:UserInstallation={(room / 'profile').as_uri()}", f"--infilter={FILTERS[kind]}",
        "--convert-to", "docx", "--outdir", str(room), str(room / f"in.{kind}"),
    )  # fmt: skip
    shell = LIMITED.format(
        kibibytes=MEMORY >> 10, seconds=SECONDS, blocks=limits.unpacked_bytes // 512
    )
    environment = {"PATH": os.defpath, "HOME": str(room), "TMPDIR": str(room), "LANG": "C.UTF-8"}
    running = subprocess.Popen(
        ["/bin/sh", "-c", shell, "sh", *command],
        cwd=room,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(SECONDS)
    except subprocess.TimeoutExpired as late:
        raise Unreadable("too_slow", seconds=SECONDS) from late
    finally:
        with suppress(ProcessLookupError):  # the usual case: nobody of the group is left
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _set_up(room: Path) -> None:
    """A profile in which nothing of the document runs and nothing is fetched."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{held}</value></prop></item>"
        for path, name, held in SETTINGS
    )
    profile = room / "profile" / "user" / "registrymodifications.xcu"
    profile.parent.mkdir(parents=True)
    profile.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )
