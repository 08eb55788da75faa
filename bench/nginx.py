"""nginx with the very same bytes: one process, no log, files compressed in advance."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import running
from bench.wire import ADDRESS, Answer

OF_NGINX = {
    "connection",
    "content-length",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "server",
    "transfer-encoding",
}
"""Headers that it writes itself."""

CONFIGURATION = """
daemon off; worker_processes 1; error_log stderr crit; pid {folder}/nginx.pid;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  open_file_cache max=4000 inactive=600s; open_file_cache_valid 600s;
  default_type "text/html; charset=utf-8"; types {{ }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen {address}:{port};
    root {folder}/pages;
    {headers}
  }}
}}
"""


def is_there() -> bool:
    return shutil.which("nginx") is not None


class Nginx:
    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._pages = folder / "pages"
        self._pages.mkdir(parents=True)

    def keep(self, name: str, answer: Answer) -> str:
        """Its path there."""
        (self._pages / name).write_bytes(answer.body)
        return f"/{name}"

    @contextmanager
    def running(self, like: Answer, core: int | None) -> Iterator[int]:
        """With the headers of such an answer."""
        file = self.folder / "nginx.conf"
        file.write_text(configuration(self.folder, self.port, like))
        # As root its workers would be another user, who may not read our files.
        user = ["-g", "user root;"] if _is_root() else []
        with running(["nginx", "-c", str(file), *user], core) as pid:
            yield pid


def configuration(folder: Path, port: int, like: Answer) -> str:
    lines = (
        # Quotes of the other kind stand in a policy.
        f'add_header {name} "{value.replace(chr(34), "")}";'
        for name, value in like.headers
        if name.lower() not in OF_NGINX
    )
    headers = "\n    ".join(lines)
    return CONFIGURATION.format(
        folder=folder, port=port, address=ADDRESS, headers=headers
    )


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
