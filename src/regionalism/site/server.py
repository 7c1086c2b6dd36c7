"""A static file server for the built book and the browser edition, with the standard library only.

It serves one folder, on 127.0.0.1 unless another address is named, and nothing outside that folder. IPv4 only.
Text travels compressed where the browser asks for it: a `.gz` twin beside a file is sent as it is, other files are
compressed once and kept in a memory of limited size. Files in folders whose names carry a digest may be kept by the
browser for ever; all others are asked for again and cost a few bytes while they are unchanged. Nothing is logged.

A copy of this file alone, put into a folder as `serve.py`, serves that folder: `python serve.py [--lan] [--port N]`.
So it imports nothing of the package. Content types come from the table below, never from the computer's own
settings: on Windows any installed program may have changed what `.js` means there.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import gzip
import hashlib
import ipaddress
import os
import re
import socket
import socketserver
import stat
import struct
import sys
import threading
import traceback
from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

HOST = "127.0.0.1"
EVERYWHERE = "0.0.0.0"
DEFAULT_PORT = 8000
OLDEST_PYTHON = (3, 9)
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".ipynb": "application/json",
    ".webmanifest": "application/manifest+json",
    ".csv": "text/csv; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".py": "text/plain; charset=utf-8",
    ".toml": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
    ".whl": "application/octet-stream",
    ".zip": "application/zip",
    ".tar": "application/x-tar",
    ".gz": "application/gzip",
}
PACKED_TYPES = (
    "text/", "application/json", "application/manifest+json", "application/xml", "application/wasm", "image/svg",
    "font/ttf",
)  # fmt: skip
# The level that common web servers use; the measures of page weight use it too.
GZIP_LEVEL = 6

# Paths whose folder carries the digest of its content: what lies under such a name never changes.
IMMUTABLE = re.compile(r"run/(pyodide|lite)-[^/]+/")
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

MEGABYTE = 1024 * 1024
# Compressed files kept in memory, all together; larger single files travel as they are.
MEMORY_BYTES = 64 * MEGABYTE
PACK_AT_MOST = 32 * MEGABYTE
# A stick with a FAT file system keeps times to two seconds.
TWIN_LAG_SECONDS = 2
# How long a silent client may hold a connection, and how long an answer that refuses waits for it to stop sending.
PATIENCE_SECONDS = 60
LINGER_SECONDS = 0.5
# 120 students with 6 connections each come to 720; above the limit a connection waits for its turn.
BACKLOG = 1024
MOST_CONNECTIONS = 2000
OPEN_FILES = 8192

_PRIVATE = tuple(map(ipaddress.ip_network, ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12")))
# Nothing is sent to these: they only ask the computer which of its own addresses it would use on the way there.
_TOWARDS = ("192.0.2.1", "192.168.254.254", "10.254.254.254", "172.31.254.254")


class PortTaken(OSError):
    """Another program already uses the port; `port` is the one asked for, `free` one that can be had."""

    def __init__(self, port: int, free: int) -> None:
        super().__init__(self.words(port, free))
        self.port = port
        self.free = free

    @staticmethod
    def words(port: int, free: int) -> str:
        """What is wrong and what to do."""
        return (
            f"Port {port} of this computer is already in use by another program. "
            f"Stop that program, or choose another port, for example {free}."
        )


class PortForbidden(PortTaken):
    """The system keeps this port for administrators."""

    @staticmethod
    def words(port: int, free: int) -> str:
        """What is wrong and what to do."""
        return (
            f"Port {port} may not be used without the rights of an administrator, as most ports below 1024. "
            f"Choose another port, for example {free}."
        )


def is_packed(content_type: str) -> bool:
    """Whether files of this content type travel compressed."""
    return content_type.startswith(PACKED_TYPES)


def content_type(path: Path) -> str:
    """The content type of a file, by the end of its name."""
    return TYPES.get(path.suffix.lower(), "application/octet-stream")


def caching(name: str) -> str:
    """The Cache-Control of a file, by its path inside the folder, written with `/`."""
    return FOR_EVER if IMMUTABLE.match(name) else ASK_AGAIN


def find_file(folder: Path, address: str) -> Path | None:
    """The file inside `folder` that a request address names, or None.

    A folder stands for its index.html. None for whatever is missing or outside the folder, also by
    way of `..` or of a symbolic link, and for the compressed twin of another file.
    """
    name = unquote(_path_of(address))
    # A colon would open a drive or a hidden stream of a file on Windows, a backslash another computer.
    if not name.startswith("/") or any(sign in name for sign in "\0\\:"):
        return None
    try:
        root = folder.resolve()
        path = (root / name.lstrip("/")).resolve()
        if path.is_dir():
            path = (path / "index.html").resolve()
        elif name.endswith("/"):
            return None
        return path if path.is_relative_to(root) and path.is_file() and not _is_twin(path) else None
    except (OSError, ValueError, RuntimeError):  # RuntimeError: symbolic links in a circle
        return None


def _is_twin(path: Path) -> bool:
    return path.suffix.lower() == ".gz" and path.with_suffix("").is_file()


def _path_of(address: str) -> str:
    """The path of a request address, still percent-encoded; a host before it is left out."""
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    return re.sub(r"^(?:https?:)?//[^/]*", "", path, flags=re.IGNORECASE)


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (`gzip;q=0` forbids it)."""
    for part in header.lower().split(","):
        name, *options = (piece.strip() for piece in part.split(";"))
        if name in ("gzip", "x-gzip"):
            return not any(re.fullmatch(r"q\s*=\s*0(\.0*)?", option) for option in options)
    return False


class _Memory:
    """What was computed from files: digests of all, compressed bytes of the last ones used.

    A file is known by its path, size, times and number on the disk: a new one under an old name is read anew,
    also when it came from an archive that gives all files one time.
    """

    def __init__(self, most_bytes: int = MEMORY_BYTES) -> None:
        self._most = most_bytes
        self._held = 0
        self._lock = threading.Lock()
        self._busy: dict[tuple, threading.Lock] = {}
        self._packed: OrderedDict[tuple, bytes] = OrderedDict()
        self._digests: dict[str, tuple[tuple, str]] = {}

    @staticmethod
    def _identity(file: BinaryIO, path: Path) -> tuple:
        about = os.fstat(file.fileno())
        return str(path), about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino

    def digest(self, file: BinaryIO, path: Path) -> str:
        """The first 128 bits of the SHA-256 of an open file, as hex; leaves the file at its beginning."""
        identity = self._identity(file, path)
        known = self._digests.get(str(path))
        if known is not None and known[0] == identity:
            return known[1]
        total = hashlib.sha256()
        while piece := file.read(MEGABYTE):
            total.update(piece)
        file.seek(0)
        self._digests[str(path)] = (identity, total.hexdigest()[:32])
        return self._digests[str(path)][1]

    def packed(self, file: BinaryIO, path: Path) -> bytes:
        """The compressed content of an open file; computed once, also when many ask for it at the same moment."""
        identity = self._identity(file, path)
        with self._lock:
            own = self._busy.setdefault(identity, threading.Lock())
        with own:
            known = self._take(identity)
            if known is None:
                known = gzip.compress(file.read(), GZIP_LEVEL, mtime=0)
                self._keep(identity, known)
        with self._lock:
            self._busy.pop(identity, None)
        return known

    def _take(self, identity: tuple) -> bytes | None:
        with self._lock:
            if identity in self._packed:
                self._packed.move_to_end(identity)
            return self._packed.get(identity)

    def _keep(self, identity: tuple, content: bytes) -> None:
        with self._lock:
            self._held += len(content) - len(self._packed.get(identity, b""))
            self._packed[identity] = content
            while self._held > self._most:
                self._held -= len(self._packed.popitem(last=False)[1])


def _twin(path: Path, original: os.stat_result) -> Path | None:
    """The `.gz` twin of a file; None where there is none, or where it belongs to another state of the file."""
    twin = path.with_name(path.name + ".gz")
    try:
        about = twin.lstat()
        regular = stat.S_ISREG(about.st_mode)  # a symbolic link might lead out of the folder
        if not regular or about.st_size < 18 or about.st_mtime < original.st_mtime - TWIN_LAG_SECONDS:
            return None
        with open(twin, "rb") as file:
            file.seek(-4, os.SEEK_END)  # the last four bytes of a gzip file tell how long its content is
            return twin if struct.unpack("<I", file.read(4))[0] == original.st_size % 2**32 else None
    except OSError:
        return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "course"
    sys_version = ""
    timeout = PATIENCE_SECONDS
    # Head and body of a small answer leave in one piece, and at once.
    wbufsize = 64 * 1024
    disable_nagle_algorithm = True

    def __init__(self, *args, folder: Path, memory: _Memory, **kwargs) -> None:
        self.folder = folder
        self.memory = memory
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body that nobody reads must not pass for the next request
        path = find_file(self.folder, self.path)
        if path is not None and self._lacks_final_slash(path):
            return
        try:
            if path is not None:
                with open(path, "rb") as file:
                    return self._send_file(path, file, with_body)
        except (FileNotFoundError, PermissionError):
            pass  # taken away, or closed to us, since it was found
        self._send_text(HTTPStatus.NOT_FOUND, "Not found.\n", with_body)

    def _lacks_final_slash(self, path: Path) -> bool:
        """Redirect /folder to /folder/, without which the page's relative links would miss."""
        address = _path_of(self.path)
        if path.name != "index.html" or address.endswith("/") or unquote(address).endswith("/index.html"):
            return False
        query = self.path.partition("#")[0].partition("?")
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "/" + address.strip("/") + "/" + query[1] + query[2])
        self.send_header("Cache-Control", ASK_AGAIN)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return True

    def _send_file(self, path: Path, file: BinaryIO, with_body: bool) -> None:
        """Answer with an open file, or tell that the browser's copy of it still holds."""
        tag = f'W/"{self.memory.digest(file, path)}"'
        kind = content_type(path)
        if self._has(tag):
            return self._start(HTTPStatus.NOT_MODIFIED, path, kind, tag)
        original = os.fstat(file.fileno())
        if is_packed(kind) and accepts_gzip(self.headers.get("Accept-Encoding", "")):
            twin = _twin(path, original)
            if twin is not None:
                with open(twin, "rb") as packed:
                    size = os.fstat(packed.fileno()).st_size
                    self._start(HTTPStatus.OK, path, kind, tag, size, packed=True)
                    return self._stream(packed, size, with_body)
            if 0 < original.st_size <= PACK_AT_MOST:
                content = self.memory.packed(file, path)
                self._start(HTTPStatus.OK, path, kind, tag, len(content), packed=True)
                return self._write(content, with_body)
        self._start(HTTPStatus.OK, path, kind, tag, original.st_size)
        return self._stream(file, original.st_size, with_body)

    def _has(self, tag: str) -> bool:
        """Whether the browser says that it holds the content with this tag."""
        asked = [part.strip().removeprefix("W/") for part in self.headers.get("If-None-Match", "").split(",")]
        return "*" in asked or tag.removeprefix("W/") in asked

    def _start(
        self, status: HTTPStatus, path: Path, kind: str, tag: str, size: int | None = None, packed: bool = False,
    ) -> None:  # fmt: skip
        """Send the head of an answer; `size` in bytes (None: an answer without a body)."""
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", caching(path.relative_to(self.folder).as_posix()))
        if is_packed(kind):
            self.send_header("Vary", "Accept-Encoding")
        if size is not None:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(size))
            self.send_header("X-Content-Type-Options", "nosniff")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()

    def _stream(self, file: BinaryIO, size: int, with_body: bool) -> None:
        """Send `size` bytes of an open file without reading it into memory as a whole."""
        if not with_body or not size:
            return
        self.wfile.flush()
        if self.connection.sendfile(file, 0, size) != size:
            self.close_connection = True  # cut short meanwhile: the browser must not wait for the rest

    def _write(self, content: bytes, with_body: bool) -> None:
        if with_body:
            self.wfile.write(content)

    def _send_text(self, status: int, text: str, with_body: bool = True) -> None:
        body = text.encode()
        self.send_response(status)
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.send_header("Content-Type", TYPES[".txt"])
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", ASK_AGAIN)
        self.end_headers()
        self._write(body, with_body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no proper GET or HEAD, in plain words, and end the connection."""
        if code == HTTPStatus.NOT_IMPLEMENTED:  # what the base class says of every other method
            code = HTTPStatus.METHOD_NOT_ALLOWED
        self.close_connection = True
        self.request_version = self.protocol_version  # of the oldest and of unknown ones too, else no head is sent
        self._send_text(code, f"{HTTPStatus(code).phrase}.\n", self.command != "HEAD")
        self._linger()

    def _linger(self) -> None:
        """Read a little of what still comes: a connection that is closed at once can take the answer along."""
        with contextlib.suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(LINGER_SECONDS)
            for _ in range(64):
                if not self.connection.recv(64 * 1024):
                    return

    def log_message(self, format: str, *args) -> None:
        """Say nothing: a class's requests are nobody's business."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = BACKLOG
    # On Windows two servers may take one port, and both seem to work; elsewhere the setting only
    # spares a minute's wait after a stop.
    allow_reuse_address = os.name != "nt"
    allow_reuse_port = False

    def __init__(self, *args, most: int = MOST_CONNECTIONS) -> None:
        self._places = threading.BoundedSemaphore(most)
        super().__init__(*args)

    def server_bind(self) -> None:
        """Bind without asking for this computer's name: where no network answers, that takes seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def get_request(self) -> tuple:
        """Accept a connection once there is a place for it; until then it waits in the queue."""
        if not self._places.acquire(timeout=0.2):
            raise OSError("all places are taken")  # the loop comes again
        try:
            return super().get_request()
        except OSError:
            self._places.release()
            raise

    def shutdown_request(self, request) -> None:
        """End a connection; each one comes here exactly once."""
        try:
            super().shutdown_request(request)
        finally:
            self._places.release()

    def handle_error(self, request, client_address) -> None:
        """Clients that go away are no errors; a fault of the program is shown, without anybody's address."""
        if not isinstance(sys.exc_info()[1], OSError):
            traceback.print_exc()


def _raise_file_limit() -> int:
    """Ask the system for more open files (macOS gives 256); gives how many connections fit then.

    Each connection takes two, its own and that of the file it sends.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return MOST_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    files = OPEN_FILES if soft == resource.RLIM_INFINITY else soft
    return max(20, min(MOST_CONNECTIONS, (files - 100) // 2))


def free_port() -> int:
    """A port of 127.0.0.1 that no program has at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def open_server(folder: str | Path, port: int = 0, host: str = HOST) -> ThreadingHTTPServer:
    """Bind a server of `folder` to `host`:`port` (0: any free port) without answering yet.

    `host` is an IPv4 address of this computer: 127.0.0.1 is reached from this machine only, 0.0.0.0 from every
    device of its networks. Call `serve_forever()` on the result and `server_close()` at the end; `server_port` is
    its port. Raises PortTaken if another program has the port, PortForbidden (a PortTaken) if it needs an
    administrator, NotADirectoryError if there is no such folder, ValueError for a port outside 0..65535.
    """
    root = Path(folder)
    if not root.is_dir():
        raise NotADirectoryError(f"There is no folder {root}: build the book first.")
    if not 0 <= port <= 65535:
        raise ValueError(f"port is {port}; it must lie in 0..65535")
    handler = partial(_Handler, folder=root.resolve(), memory=_Memory())
    try:
        return _Server((host, port), handler, most=_raise_file_limit())
    except OSError as problem:
        if problem.errno == errno.EACCES and os.name != "nt" and 0 < port < 1024:
            raise PortForbidden(port, free_port()) from None
        # On Windows "no access" also tells that another program keeps the port for itself.
        if problem.errno in (errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEADDRINUSE", -1)):
            raise PortTaken(port, free_port()) from None
        raise


def run_until_stopped(server: ThreadingHTTPServer) -> None:
    """Answer until Ctrl-C, then close the server."""
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def serve(folder: str | Path, port: int = DEFAULT_PORT) -> None:
    """Serve `folder` on 127.0.0.1:`port` until interrupted, and print the address. Raises as `open_server` does."""
    server = open_server(folder, port)
    print(f"The book is at http://{HOST}:{server.server_port}/ (on this machine only; stop it with Ctrl-C)", flush=True)
    run_until_stopped(server)


@contextlib.contextmanager
def serving(folder: str | Path, port: int = 0) -> Iterator[str]:
    """Serve `folder` in the background; gives the base address without a final slash."""
    server = open_server(folder, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def room_addresses() -> list[str]:
    """The IPv4 addresses under which other devices may reach this computer, the likeliest first; may be empty.

    Sends nothing. Addresses of private networks come first, in the order in which the computer itself would use
    them; those that only this machine understands (127.…) or that mean "no network" (169.254.…) are left out.
    """
    found = [*map(_own_address_towards, _TOWARDS), *_addresses_by_name()]
    useful = [ipaddress.ip_address(text) for text in dict.fromkeys(found) if text]
    useful = [one for one in useful if not (one.is_loopback or one.is_link_local or one.is_unspecified)]
    return [str(one) for one in sorted(useful, key=lambda one: not any(one in net for net in _PRIVATE))]


def _own_address_towards(target: str) -> str:
    """The own address that this computer would use towards `target`; empty where it knows no way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((target, 9))  # a datagram socket is only told where it would send
            return probe.getsockname()[0]
        except OSError:
            return ""


def _addresses_by_name() -> list[str]:
    try:
        return [str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []


def port_number(text: str) -> int:
    """A TCP port number; argparse turns the error into a message that names the value."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; a port is a whole number from 1 to 65535")
    return int(text)


def main(arguments: list[str] | None = None) -> int:
    """What `python serve.py` does: serve the folder in which this file lies; returns the exit code."""
    parser = argparse.ArgumentParser(description="Serve the folder in which this file lies, until Ctrl-C.")
    parser.add_argument("--lan", action="store_true", help="to all devices of the room, not this machine only")
    parser.add_argument("--port", type=port_number, default=DEFAULT_PORT, help=f"port [{DEFAULT_PORT}]")
    options = parser.parse_args(arguments)
    if sys.version_info < OLDEST_PYTHON:  # a copy of this file meets whatever Python a computer has
        print("This needs Python {}.{} or newer.".format(*OLDEST_PYTHON), file=sys.stderr)
        return 1
    try:
        server = open_server(Path(__file__).resolve().parent, options.port, EVERYWHERE if options.lan else HOST)
    except OSError as problem:
        print(problem, file=sys.stderr)
        return 1
    hosts = room_addresses() if options.lan else [HOST]
    if not hosts:
        print("This computer has no address that others could reach. Connect it to the room's network first.")
    for host in hosts or [HOST]:
        print(f"The course is at http://{host}:{server.server_port}/")
    print("Stop it with Ctrl-C.", flush=True)
    run_until_stopped(server)
    return 0


if __name__ == "__main__":
    sys.exit(main())
