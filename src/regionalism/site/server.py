"""A static file server for the built book, for this machine only and with the standard library only.

It serves one folder on 127.0.0.1, compresses text when the browser asks for it, and answers every
request for something outside the folder with 404.
"""

from __future__ import annotations

import contextlib
import errno
import gzip
import os
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".ipynb": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
    ".whl": "application/octet-stream",
    ".zip": "application/zip",
}
PACKED_TYPES = ("text/", "application/json", "application/xml", "application/wasm", "image/svg")
# The level that common web servers use; the measures of page weight use it too.
GZIP_LEVEL = 6


class PortTaken(OSError):
    """Another program already uses the port; `port` is the one asked for, `free` one that can be had."""

    def __init__(self, port: int, free: int) -> None:
        super().__init__(
            f"Port {port} on {HOST} is already in use by another program. "
            f"Stop that program, or choose another port, for example {free}."
        )
        self.port = port
        self.free = free


def is_packed(content_type: str) -> bool:
    """Whether files of this content type travel compressed."""
    return content_type.startswith(PACKED_TYPES)


def content_type(path: Path) -> str:
    """The content type of a file, by the end of its name."""
    return TYPES.get(path.suffix.lower(), "application/octet-stream")


def find_file(folder: Path, address: str) -> Path | None:
    """The file inside `folder` that a request address names, or None.

    A folder stands for its index.html. None for whatever is missing or outside the folder, also by
    way of `..` or of a symbolic link.
    """
    name = unquote(urlsplit(address).path)
    if "\0" in name or "\\" in name:
        return None
    root = folder.resolve()
    try:
        path = (root / name.lstrip("/")).resolve()
        if path.is_dir():
            path = (path / "index.html").resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "course"
    sys_version = ""

    def __init__(self, *args, folder: Path, **kwargs) -> None:
        self.folder = folder
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        if self._lacks_final_slash():
            return
        path = find_file(self.folder, self.path)
        if path is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"Not found.\n", with_body)
            return
        self._send(HTTPStatus.OK, content_type(path), path.read_bytes(), with_body)

    def _lacks_final_slash(self) -> bool:
        """Redirect /folder to /folder/, without which the page's relative links would miss."""
        address = urlsplit(self.path).path
        is_folder = (find_file(self.folder, address) or Path()).name == "index.html"
        if not is_folder or address.endswith(("/", "index.html")):
            return False
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "/" + address.strip("/") + "/")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return True

    def _send(self, status: HTTPStatus, kind: str, body: bytes, with_body: bool) -> None:
        packed = is_packed(kind) and "gzip" in self.headers.get("Accept-Encoding", "")
        sent = gzip.compress(body, GZIP_LEVEL, mtime=0) if packed else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(sent)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        if is_packed(kind):
            self.send_header("Vary", "Accept-Encoding")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if with_body:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(sent)

    def log_message(self, format: str, *args) -> None:
        """Say nothing: a class's requests are nobody's business."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows two servers may take one port, and both seem to work; elsewhere the setting only
    # spares a minute's wait after a stop.
    allow_reuse_address = os.name != "nt"
    allow_reuse_port = False


def free_port() -> int:
    """A port of 127.0.0.1 that no program has at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def open_server(folder: str | Path, port: int = 0) -> ThreadingHTTPServer:
    """Bind a server of `folder` to 127.0.0.1:`port` (0: any free port) without answering yet.

    Call `serve_forever()` on the result and `server_close()` at the end; `server_port` is its port.
    Raises PortTaken if another program has the port, NotADirectoryError if there is no such folder,
    ValueError for a port outside 0..65535.
    """
    root = Path(folder)
    if not root.is_dir():
        raise NotADirectoryError(f"There is no folder {root}: build the book first.")
    if not 0 <= port <= 65535:
        raise ValueError(f"port is {port}; it must lie in 0..65535")
    try:
        return _Server((HOST, port), partial(_Handler, folder=root))
    except OSError as problem:
        if problem.errno in (errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEADDRINUSE", -1)):
            raise PortTaken(port, free_port()) from None
        raise


def serve(folder: str | Path, port: int = 8000) -> None:
    """Serve `folder` on 127.0.0.1:`port` until interrupted, and print the address. Raises as `open_server` does."""
    server = open_server(folder, port)
    print(f"The book is at http://{HOST}:{server.server_port}/ (on this machine only; stop it with Ctrl-C)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


@contextlib.contextmanager
def serving(folder: str | Path, port: int = 0) -> Iterator[str]:
    """Serve `folder` in the background; gives the base address without a final slash."""
    server = open_server(folder, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
