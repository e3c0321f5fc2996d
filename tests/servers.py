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


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL cluster of its own; yields its DATABASE_URL. `durable` keeps fsync on."""
    folder = Path(tempfile.mkdtemp(prefix="district-pg-", dir="/tmp"))
    folder.chmod(0o700)
    as_user = _unprivileged(folder)
    data = folder / "data"
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    subprocess.run(
        [*as_user, _bin("initdb"), "-D", str(data), "-U", "district", "--auth=trust", "-E", "UTF8",
         "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, env=env, cwd=folder,
    )  # fmt: skip
    port = free_port()
    options = {
        "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder),
        "max_connections": 120, "shared_buffers": "512MB", "work_mem": "32MB",
        "maintenance_work_mem": "256MB", "effective_cache_size": "4GB", "max_wal_size": "4GB",
        "random_page_cost": "1.1", "log_min_messages": "fatal", "jit": "off",
    }  # fmt: skip
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    args = [*as_user, _bin("postgres"), "-D", str(data)]
    for key, value in options.items():
        args += ["-c", f"{key}={value}"]
    server = subprocess.Popen(args, cwd=folder, env=env, stdout=subprocess.DEVNULL,
                              stderr=(folder / "log").open("w"))  # fmt: skip
    try:
        _wait_for(port, server, folder / "log")
        subprocess.run(
            [_bin("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "district", "district"],
            check=True, env=env, cwd="/",
        )  # fmt: skip
        yield f"postgresql://district@127.0.0.1:{port}/district"
    finally:
        _stop(server, signal.SIGINT)  # fast shutdown: connections are closed
        shutil.rmtree(folder, ignore_errors=True)


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
            [*_unprivileged(self.folder), "redis-server", "--port", str(self.port),
             "--bind", "127.0.0.1", "--dir", str(self.folder), "--appendonly", "yes",
             "--appendfsync", "everysec", "--save", "", "--maxmemory-policy", "noeviction"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
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
