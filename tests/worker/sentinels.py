"""A Redis-protocol server, its replica, and the Sentinels that know which is which."""

import subprocess
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from ethicsforum.local import redis_server
from tests.local.forum import free_port
from tests.worker.conftest import wait_until

SERVICE = "forum"
PASSWORD = "pass,word/with@marks"


class Node:
    def __init__(
        self, folder: Path, name: str, lines: list[str], mode: str = ""
    ) -> None:
        self.port = free_port()
        self._program = redis_server.find().program
        self._mode = [mode] if mode else []
        self._file = folder / f"{name}.conf"
        folder = folder / name
        folder.mkdir()
        own = [f"port {self.port}", "bind 127.0.0.1", f"dir {folder}"]
        self._file.write_text("\n".join([*own, *lines, ""]))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [self._program, str(self._file), *self._mode]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def ask(self, *words: str) -> object:
        password = None if self._mode else PASSWORD
        try:
            with Redis(port=self.port, password=password) as client:
                return client.execute_command(*words)
        except (RedisError, OSError):
            return None


class Company:
    """Two servers, three Sentinels; two of these agree on who is gone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shared = [f'requirepass "{PASSWORD}"', f'masterauth "{PASSWORD}"', 'save ""']
        self.first = Node(folder, "first", shared)
        follows = f"replicaof 127.0.0.1 {self.first.port}"
        self.second = Node(folder, "second", [*shared, follows])
        watch = [
            f"sentinel monitor {SERVICE} 127.0.0.1 {self.first.port} 2",
            f"sentinel auth-pass {SERVICE} {PASSWORD}",
            f"sentinel down-after-milliseconds {SERVICE} 500",
            f"sentinel failover-timeout {SERVICE} 2000",
        ]
        names = ("one", "two", "three")
        self.sentinels = [Node(folder, name, watch, "--sentinel") for name in names]

    @property
    def url(self) -> str:
        nodes = ",".join(f"127.0.0.1:{node.port}" for node in self.sentinels)
        password = "pass%2Cword%2Fwith%40marks"
        return f"sentinel://:{password}@{nodes}/0?service={SERVICE}"

    def start(self) -> None:
        for node in (self.first, self.second, *self.sentinels):
            node.start()
        wait_until(self._agree, "the Sentinels know the replica and each other")

    def _agree(self) -> bool:
        told = [s.ask("SENTINEL", "CKQUORUM", SERVICE) for s in self.sentinels]
        replicas = [s.ask("SENTINEL", "REPLICAS", SERVICE) for s in self.sentinels]
        return all(told) and all(replicas)

    def stop(self) -> None:
        for node in (self.first, self.second, *self.sentinels):
            node.kill()
