"""Servers that tests start for themselves, in a folder of their own, and stop again.

``python -m tests.services postgres`` (or ``redis``) keeps one running until Ctrl-C and prints its address.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class ServiceMissing(RuntimeError):
    """A program that the tests need is not on this machine."""


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def postgres_program(name: str) -> Path:
    """Where a program of the newest PostgreSQL on this machine is."""
    found = [path for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}") if path.is_file()]
    if found:
        return max(found, key=lambda path: int(path.parts[-3]))
    on_path = shutil.which(name)
    if on_path is None:
        raise ServiceMissing(f"PostgreSQL's {name} is not here. On Debian: sudo apt-get install postgresql.")
    return Path(on_path)


def unprivileged() -> str | None:
    """Whom PostgreSQL can run as: it refuses root. ``None`` says that we are not root and need nobody else."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL cluster for as long as the block lasts; gives the address of its database.

    It forgets everything at a power cut, which makes it quick; unless it is to be as ``durable`` as a city's own.
    """
    folder = Path(tempfile.mkdtemp(prefix="digirum-postgres-"))
    user, port, data = unprivileged(), free_port(), folder / "data"
    if user:
        shutil.chown(folder, user)
    safety = "on" if durable else "off"
    settings = {
        "port": port, "unix_socket_directories": folder, "listen_addresses": "127.0.0.1", "fsync": safety,
        "synchronous_commit": safety, "full_page_writes": safety, "max_connections": 400, "shared_buffers": "128MB",
        "max_locks_per_transaction": 256, "max_wal_size": "2GB", "checkpoint_timeout": "30min",
    }  # fmt: skip
    try:
        words = ["-A", "trust", "-U", "digirum", "-E", "UTF8", "-N", "--locale=C.UTF-8"]
        _as(user, folder, postgres_program("initdb"), "-D", data, *words)
        (data / "postgresql.auto.conf").write_text("".join(f"{key} = '{value}'\n" for key, value in settings.items()))
        _as(user, folder, postgres_program("pg_ctl"), "-D", data, "-l", folder / "log", "-t", "60", "-w", "start")
        yield f"postgresql://digirum@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _as(user, folder, postgres_program("pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """A Valkey or Redis server for as long as the block lasts; gives its address. It keeps nothing on disk."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        raise ServiceMissing("There is no valkey-server or redis-server. On Debian: sudo apt-get install redis-server.")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for_port(port, process)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Wait until somebody listens on the port; say so if the process ends or the time runs out instead."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode} before it listened on {port}.")
        time.sleep(0.05)
    raise TimeoutError(f"{process.args!r} did not listen on port {port} within {seconds} s.")


def _as(user: str | None, folder: Path, *command: Path | str) -> None:
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, user=user, group=_group(user), extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        log = folder / "log"
        raise RuntimeError(f"{command[0]} failed.\n{done.stderr}{log.read_text() if log.exists() else ''}")


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def main(words: Sequence[str]) -> int:
    """Keep the named server running until Ctrl-C."""
    servers = {"postgres": postgres, "redis": redis}
    if len(words) != 1 or words[0] not in servers:
        print(f"Usage: python -m tests.services {'|'.join(servers)}")
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with servers[words[0]]() as address:
        print(address, flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("Stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
