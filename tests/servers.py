"""PostgreSQL and Redis for the tests: started here, on free ports, as an unprivileged user."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    """A port of 127.0.0.1 that is free now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _unprivileged(folder: Path) -> list[str]:
    """A prefix that starts a server which dies with this process, and not as root."""
    prefix = ["setpriv", "--pdeathsig", "INT"]
    if os.getuid() != 0:
        return prefix
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return [*prefix, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]


def _bin(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    if not path:
        raise RuntimeError(f"{name} is not installed; run make setup")
    return path


class PostgresServer:
    """A PostgreSQL cluster of its own, which can crash and be started again; `durable` keeps
    fsync on."""

    def __init__(self, *, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="district-pg-", dir="/tmp"))
        self.folder.chmod(0o700)
        self._as_user = _unprivileged(self.folder)
        self._data = self.folder / "data"
        self._env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        subprocess.run(
            [
                *self._as_user,
                _bin("initdb"),
                "-D",
                str(self._data),
                "-U",
                "district",
                "--auth=trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            env=self._env,
            cwd=self.folder,
        )
        self.port, self._durable = free_port(), durable
        self.url = f"postgresql://district@127.0.0.1:{self.port}/district"
        self.start()
        self._run("createdb", "district")

    def start(self) -> None:
        """Start it on the same port with the data it left."""
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "max_connections": 120,
            "shared_buffers": "512MB",
            "work_mem": "32MB",
            "maintenance_work_mem": "256MB",
            "effective_cache_size": "4GB",
            "max_wal_size": "4GB",
            "random_page_cost": "1.1",
            "log_min_messages": "fatal",
            "jit": "off",
        }
        if not self._durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        args = [*self._as_user, _bin("postgres"), "-D", str(self._data)]
        for key, value in options.items():
            args += ["-c", f"{key}={value}"]
        log = self.folder / "log"
        self.server = subprocess.Popen(
            args, cwd=self.folder, env=self._env, stdout=subprocess.DEVNULL, stderr=log.open("w")
        )
        _wait_for(self.port, self.server, log)

    def crash(self) -> None:
        """As a power cut would: nothing is finished, nothing is written out."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(30)

    def copy_of(self, url: str) -> None:
        """Take over all that stands in another database."""
        dump = subprocess.Popen([_bin("pg_dump"), url], stdout=subprocess.PIPE, cwd="/")
        subprocess.run(
            [_bin("psql"), "-q", "-v", "ON_ERROR_STOP=1", self.url],
            stdin=dump.stdout,
            stdout=subprocess.DEVNULL,
            check=True,
            cwd="/",
        )
        if dump.wait(60):
            raise RuntimeError("pg_dump failed")

    def stop(self) -> None:
        _stop(self.server, signal.SIGINT)  # fast shutdown: connections are closed
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, name: str, *args: str) -> None:
        subprocess.run(
            [_bin(name), "-h", "127.0.0.1", "-p", str(self.port), "-U", "district", *args],
            check=True,
            env=self._env,
            cwd="/",
        )


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL cluster of its own; yields its DATABASE_URL."""
    server = PostgresServer(durable=durable)
    try:
        yield server.url
    finally:
        server.stop()


class RedisServer:
    """A Redis server with an append-only file, which can be killed and started again."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="district-redis-", dir="/tmp"))
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it on the same port with the data it left."""
        self.server = subprocess.Popen(
            [
                *_unprivileged(self.folder),
                "redis-server",
                "--port",
                str(self.port),
                "--bind",
                "127.0.0.1",
                "--dir",
                str(self.folder),
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _wait_for(self.port, self.server, None)

    def kill(self) -> None:
        """As a power cut would."""
        self.server.kill()
        self.server.wait(10)

    def stop(self) -> None:
        _stop(self.server, signal.SIGTERM)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[RedisServer]:
    """A Redis server of its own."""
    server = RedisServer()
    try:
        yield server
    finally:
        server.stop()


def _wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path | None) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"server ended: {log.read_text()[-2000:] if log else ''}")
        with socket.socket() as s:
            s.settimeout(0.5)
            if s.connect_ex(("127.0.0.1", port)) == 0:
                ready = "postgres" not in str(server.args) or _answers(port)
                if ready:
                    return
        time.sleep(0.1)
    raise RuntimeError("the server did not start in time")


def _answers(port: int) -> bool:
    result = subprocess.run([_bin("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)], cwd="/")
    return result.returncode == 0


def _stop(server: "subprocess.Popen[bytes]", how: signal.Signals) -> None:
    if server.poll() is None:
        server.send_signal(how)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(5)
