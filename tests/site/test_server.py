"""The server of pages: types, compression, caching, nothing outside its folder, many visitors, clear words on ports."""

from __future__ import annotations

import errno
import gzip
import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from regionalism.site import server as server_module
from regionalism.site.server import (
    HOST,
    PortForbidden,
    PortTaken,
    accepts_gzip,
    caching,
    find_file,
    free_port,
    open_server,
    room_addresses,
    serve,
    serving,
)


@pytest.fixture
def folder(tmp_path):
    site = tmp_path / "site"
    (site / "book").mkdir(parents=True)
    (site / "index.html").write_text("<title>start</title>" * 50, "utf-8")
    (site / "book" / "index.html").write_text("book", "utf-8")
    (site / "table.csv").write_text("a,b\n1,2\n", "utf-8")
    (site / "picture.png").write_bytes(b"\x89PNG" + bytes(500))
    lite = site / "run" / "lite-1a2b3c4d"
    lite.mkdir(parents=True)
    (lite / "app.js").write_text("let one = 1;\n" * 200, "utf-8")
    (lite / "app.js.gz").write_bytes(gzip.compress(b"let one = 1;\n" * 200, 9))
    (site / "run" / "run.json").write_text("{}", "utf-8")
    (tmp_path / "secret.txt").write_text("outside", "utf-8")
    (site / "way-out").symlink_to(tmp_path / "secret.txt")
    return site


@pytest.fixture
def ask(folder):
    with serving(folder) as address:
        port = int(address.rsplit(":", 1)[1])

        def request(path, method="GET", **headers):
            connection = http.client.HTTPConnection(HOST, port, timeout=10)
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer, body

        yield request


def test_serves_pages_with_their_type(ask):
    answer, body = ask("/")
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert body.startswith(b"<title>start")
    assert ask("/table.csv?v=1")[0].getheader("Content-Type") == "text/csv; charset=utf-8"


def test_compresses_text_only_when_asked(ask):
    plain, body = ask("/")
    packed, short = ask("/", Accept_Encoding="gzip, br")
    assert plain.getheader("Content-Encoding") is None
    assert packed.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(short) == body
    assert len(short) < len(body)
    assert ask("/picture.png", Accept_Encoding="gzip")[0].getheader("Content-Encoding") is None


def test_answers_head_without_a_body(ask):
    answer, body = ask("/", method="HEAD")
    assert answer.status == 200
    assert int(answer.getheader("Content-Length")) == 1000
    assert body == b""


def test_leads_a_folder_to_its_slash(ask):
    answer, _ = ask("/book")
    assert (answer.status, answer.getheader("Location")) == (301, "/book/")
    assert ask("/book?open=gains")[0].getheader("Location") == "/book/?open=gains"
    assert ask("http://another.example/book")[0].getheader("Location") == "/book/"
    assert ask("/book/")[1] == b"book"


@pytest.mark.parametrize("path", [
    "/../secret.txt", "/%2e%2e/secret.txt", "/book/../../secret.txt", "/..%5csecret.txt", "/..%2fsecret.txt",
    "/%252e%252e/secret.txt", "/.%2e/secret.txt", "/book/..%2f..%2fsecret.txt", "/C:/secret.txt", "/c%3a%5csecret.txt",
    "//etc/passwd", "/%2fetc/passwd", "///etc/passwd", "file:///etc/passwd", "//host/share", "%5c%5chost%5cshare",
    "/index.html%00.txt", "/index.html::$DATA", "/missing.html", "/book/index.html/x", "/index.html/", "/" + "a" * 5000,
    "secret.txt", "*", "/%ff%fe", "/%00", "/way-out", "/circle",
])
def test_gives_nothing_outside_its_folder(ask, folder, path):
    (folder / "circle").symlink_to(folder / "circle")
    answer, body = ask(path)
    assert answer.status == 404
    assert body == b"Not found.\n"


def test_lists_no_folder(ask):
    assert ask("/run/")[0].status == 404
    assert ask("/run")[0].status == 404


def test_never_leads_to_another_host(ask, folder):
    (folder / "example.org").mkdir()
    (folder / "example.org" / "index.html").write_text("x", "utf-8")
    answer, _ = ask("//example.org")
    assert not (answer.getheader("Location") or "/").startswith("//")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
def test_refuses_every_method_but_two(ask, folder, method):
    answer, _ = ask("/index.html", method=method)
    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")
    assert (folder / "index.html").exists()


def test_listens_on_this_machine_only(folder):
    server = open_server(folder)
    try:
        assert server.server_address[0] == "127.0.0.1"
    finally:
        server.server_close()


def test_names_a_taken_port_and_a_free_one(folder):
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} .* already in use.*for example") as caught:
            serve(folder, port)
    assert caught.value.free != port


def test_two_servers_never_share_a_port(folder):
    with serving(folder) as address, pytest.raises(PortTaken):
        open_server(folder, int(address.rsplit(":", 1)[1]))


def test_says_what_is_missing(tmp_path):
    with pytest.raises(NotADirectoryError, match="build the book first"):
        open_server(tmp_path / "nowhere")
    with pytest.raises(ValueError, match=r"port is 70000; it must lie in 0\.\.65535"):
        open_server(tmp_path, 70000)


def test_finds_only_files_inside(folder):
    assert find_file(folder, "/book/").name == "index.html"
    assert find_file(folder, "/../secret.txt") is None


# What the browser may keep


def test_an_unchanged_page_costs_a_few_bytes(ask, folder):
    first, _ = ask("/index.html")
    tag = first.getheader("ETag")
    for asked in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        answer, body = ask("/index.html", If_None_Match=asked, Accept_Encoding="gzip")
        assert (answer.status, body, answer.getheader("ETag")) == (304, b"", tag)
        assert answer.getheader("Cache-Control") == "no-cache"
    assert ask("/index.html", method="HEAD", If_None_Match=tag)[0].status == 304
    assert ask("/index.html", If_None_Match='"other"')[0].status == 200


def test_a_page_of_the_same_size_and_time_is_new_when_its_text_is(ask, folder):
    page = folder / "index.html"
    tag, long_ago = ask("/index.html")[0].getheader("ETag"), (315532800, 315532800)
    os.utime(page, long_ago)
    assert ask("/index.html", If_None_Match=tag)[0].status == 304
    fresh = folder / "fresh.html"
    fresh.write_text("<title>other</title>" * 50, "utf-8")
    os.utime(fresh, long_ago)
    fresh.replace(page)
    answer, body = ask("/index.html", If_None_Match=tag, Accept_Encoding="gzip")
    assert answer.status == 200
    assert gzip.decompress(body).startswith(b"<title>other")


def test_only_folders_named_by_their_digest_are_kept_for_ever(ask):
    for_ever = "public, max-age=31536000, immutable"
    assert ask("/run/lite-1a2b3c4d/app.js")[0].getheader("Cache-Control") == for_ever
    assert ask("/run/../run/lite-1a2b3c4d/app.js?v=2")[0].getheader("Cache-Control") == for_ever
    for other in ("/", "/run/run.json", "/table.csv"):
        assert ask(other)[0].getheader("Cache-Control") == "no-cache"
    assert caching("run/pyodide-0.27.7-5e6f7a8b/pyodide.asm.wasm") == for_ever
    for name in ("run/start.js", "sw.js", "book/run/lite-1/a.js", "run/lite-1a2b3c4d", "run/lite-/a.js"):
        assert caching(name) == "no-cache"


# Compressed twins


def test_sends_the_twin_that_lies_beside_a_file(ask, folder):
    twin = folder / "run" / "lite-1a2b3c4d" / "app.js.gz"
    answer, body = ask("/run/lite-1a2b3c4d/app.js", Accept_Encoding="gzip")
    assert body == twin.read_bytes()
    assert answer.getheader("Content-Encoding") == "gzip"
    assert answer.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert answer.getheader("Vary") == "Accept-Encoding"
    head, nothing = ask("/run/lite-1a2b3c4d/app.js", method="HEAD", Accept_Encoding="gzip")
    assert (head.getheader("Content-Length"), nothing) == (str(len(body)), b"")
    plain, text = ask("/run/lite-1a2b3c4d/app.js")
    assert plain.getheader("Content-Encoding") is None
    assert text == gzip.decompress(body)
    assert ask("/run/lite-1a2b3c4d/app.js", Accept_Encoding="gzip;q=0, br")[1] == text


def test_a_twin_is_no_page_of_its_own(ask, folder):
    assert ask("/run/lite-1a2b3c4d/app.js.gz")[0].status == 404
    (folder / "table.tar.gz").write_bytes(gzip.compress(b"a file of its own"))
    assert ask("/table.tar.gz")[0].getheader("Content-Type") == "application/gzip"


def test_the_memory_counts_what_it_keeps_once(tmp_path):
    memory = server_module._Memory(most_bytes=100)
    for _ in range(5):
        memory._keep(("one",), bytes(60))
    memory._keep(("two",), bytes(30))
    assert memory._held == 90
    memory._keep(("large",), bytes(200))
    assert (memory._held, memory._packed) == (0, {})


def _older(twin):
    os.utime(twin, (0, 0))


def _of_another_length(twin):
    twin.write_bytes(gzip.compress(b"short"))


def _cut_off(twin):
    twin.write_bytes(twin.read_bytes()[:10])


def _link_to_outside(twin):
    outside = twin.parents[3] / "secret.gz"
    twin.replace(outside)
    twin.symlink_to(outside)


@pytest.mark.parametrize("spoil", [_older, _of_another_length, _cut_off, _link_to_outside, Path.unlink])
def test_a_twin_that_does_not_fit_is_not_used(ask, folder, spoil):
    twin = folder / "run" / "lite-1a2b3c4d" / "app.js.gz"
    before = twin.read_bytes()
    spoil(twin)
    answer, body = ask("/run/lite-1a2b3c4d/app.js", Accept_Encoding="gzip")
    assert gzip.decompress(body) == b"let one = 1;\n" * 200
    assert body != before
    assert answer.getheader("Content-Length") == str(len(body))


@pytest.mark.parametrize(("header", "allowed"), [
    ("gzip", True), ("br, gzip;q=0.5", True), ("GZIP", True), ("x-gzip", True), ("gzip;q=0", False),
    ("gzip; q=0.000", False), ("br", False), ("", False), ("notgzip", False),
])
def test_reads_what_a_browser_accepts(header, allowed):
    assert accepts_gzip(header) is allowed


def test_compresses_once_and_keeps_no_more_than_its_limit(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(server_module.gzip, "compress", lambda data, *_, **__: calls.append(data) or bytes(60))
    memory = server_module._Memory(most_bytes=150)
    for name in "abc":
        (tmp_path / name).write_text(name, "utf-8")

    def packed(name):
        with open(tmp_path / name, "rb") as file:
            return memory.packed(file, tmp_path / name)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(packed, "a" * 20))
    assert calls == [b"a"]
    for name in "bac":
        packed(name)
    assert (calls, memory._held, memory._busy) == ([b"a", b"b", b"c"], 120, {})
    packed("a")
    assert calls[3:] == []
    packed("b")
    assert calls[3:] == [b"b"]


def test_large_files_travel_whole(ask, folder, monkeypatch):
    content = os.urandom(3_000_000)
    (folder / "wheel.whl").write_bytes(content)
    assert ask("/wheel.whl", Accept_Encoding="gzip")[1] == content
    monkeypatch.setattr(server_module, "PACK_AT_MOST", 1000)
    answer, body = ask("/run/lite-1a2b3c4d/app.js", Accept_Encoding="br")
    assert len(body) == 2600
    (folder / "long.txt").write_text("x" * 5000, "utf-8")
    answer, body = ask("/long.txt", Accept_Encoding="gzip")
    assert (answer.getheader("Content-Encoding"), body) == (None, b"x" * 5000)
    (folder / "empty.txt").write_bytes(b"")
    assert ask("/empty.txt")[1] == b""


@pytest.mark.parametrize(("name", "kind"), [
    ("a.wasm", "application/wasm"), ("a.whl", "application/octet-stream"), ("a.ipynb", "application/json"),
    ("a.mjs", "text/javascript; charset=utf-8"), ("a.woff2", "font/woff2"), ("a.strange", "application/octet-stream"),
])
def test_types_come_from_a_table_of_its_own(ask, folder, name, kind):
    (folder / name).write_bytes(b"x")
    assert ask(f"/{name}")[0].getheader("Content-Type") == kind


# Many visitors, and strange ones


def _raw(address, sent, patience=10):
    """Send raw bytes and read until the server ends the connection."""
    with socket.create_connection((HOST, int(address.rsplit(":", 1)[1])), timeout=patience) as line:
        line.sendall(sent)
        got = b""
        while piece := line.recv(65536):
            got += piece
        return got


@pytest.mark.parametrize(("sent", "status"), [
    (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
    (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", b"431"),
    (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + b"\r\n", b"431"),
    (b"GET / HTTP/9.9\r\n\r\n", b"505"), (b"nonsense\r\n\r\n", b"400"),
])
def test_answers_what_is_too_long_or_too_new(folder, capfd, sent, status):
    with serving(folder) as address:
        answer = _raw(address, sent)
        assert answer.startswith(b"HTTP/1.1 " + status)
        assert b"\r\nConnection: close\r\n" in answer
        assert _raw(address, b"GET http://[ HTTP/1.1\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 404")
        assert _raw(address, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200")
    assert capfd.readouterr() == ("", "")


def test_a_body_never_passes_for_a_second_request(folder):
    with serving(folder) as address:
        got = _raw(address, b"GET /table.csv HTTP/1.1\r\nContent-Length: 30\r\n\r\nGET /book/ HTTP/1.1\r\n\r\n")
    assert got.count(b"HTTP/1.1 200") == 1


def test_a_silent_visitor_is_sent_away_and_a_vanishing_one_does_no_harm(folder, monkeypatch, capfd):
    monkeypatch.setattr(server_module._Handler, "timeout", 0.05)
    (folder / "large.bin").write_bytes(bytes(8_000_000))
    with serving(folder) as address:
        assert _raw(address, b"") == b""
        assert _raw(address, b"GET / HT") == b""
        monkeypatch.setattr(server_module._Handler, "timeout", 10)
        with socket.create_connection((HOST, int(address.rsplit(":", 1)[1]))) as line:
            line.sendall(b"GET /large.bin HTTP/1.1\r\n\r\n")
            line.recv(10)
        assert _raw(address, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200")
    assert capfd.readouterr() == ("", "")


def test_a_hundred_connections_at_once_are_all_answered(folder):
    together = threading.Barrier(100)

    def visit(address):
        together.wait(timeout=30)
        return _raw(address, b"GET /book/ HTTP/1.1\r\nConnection: close\r\n\r\n", 30)[-4:]

    with serving(folder) as address, ThreadPoolExecutor(100) as pool:
        assert list(pool.map(visit, [address] * 100)) == [b"book"] * 100


def test_more_connections_than_places_wait_for_their_turn(folder, monkeypatch):
    monkeypatch.setattr(server_module, "_raise_file_limit", lambda: 2)
    with serving(folder) as address, ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(_raw, address, b"GET /book/ HTTP/1.1\r\nConnection: close\r\n\r\n", 30) for _ in range(12)]
        assert all(one.result().endswith(b"book") for one in asked)


def test_asks_the_system_for_enough_open_files():
    assert 20 <= server_module._raise_file_limit() <= server_module.MOST_CONNECTIONS
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft == resource.RLIM_INFINITY or soft >= min(server_module.OPEN_FILES, hard)


def test_keeps_a_connection_open_between_requests(folder):
    with serving(folder) as address:
        line = http.client.HTTPConnection(HOST, int(address.rsplit(":", 1)[1]), timeout=10)
        for path in ("/book/", "/missing", "/picture.png", "/table.csv"):
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            assert not answer.will_close
        line.close()


# Addresses and ports


def test_serves_every_address_only_when_told(folder):
    server = open_server(folder, host="0.0.0.0")
    try:
        assert server.server_address[0] == "0.0.0.0"
    finally:
        server.server_close()


def test_says_that_a_low_port_needs_rights(folder, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(server_module._Server, "server_bind", refuse)
    with pytest.raises(PortForbidden, match=r"Port 80 .* rights of an administrator.*below 1024.*for example \d+"):
        open_server(folder, 80)
    with pytest.raises(PortTaken, match="already in use"):
        open_server(folder, 8000)


def test_private_addresses_come_first_and_useless_ones_not_at_all(monkeypatch):
    towards = dict(zip(server_module._TOWARDS, ["100.70.0.9", "192.168.1.20", "", "192.168.1.20"], strict=True))
    monkeypatch.setattr(server_module, "_own_address_towards", towards.get)
    monkeypatch.setattr(server_module, "_addresses_by_name", lambda: ["127.0.1.1", "169.254.3.4", "10.1.2.3"])
    assert room_addresses() == ["192.168.1.20", "10.1.2.3", "100.70.0.9"]
    monkeypatch.undo()
    assert not any(one.startswith("127.") for one in room_addresses())


def test_a_copy_of_the_file_alone_serves_its_folder(folder):
    shutil.copy(server_module.__file__, folder / "serve.py")
    command = [sys.executable, "-S", "-I", "serve.py"]
    started = [*command, "--port", str(free_port())]
    with subprocess.Popen(started, cwd=folder, stdout=subprocess.PIPE, text=True) as running:
        try:
            address = running.stdout.readline().split()[-1]
            assert _raw(address.rstrip("/"), b"GET /book/ HTTP/1.0\r\n\r\n").endswith(b"book")
        finally:
            running.terminate()
    done = subprocess.run([*command, "--port", "0"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'0' is not a port; a port is a whole number from 1 to 65535" in done.stderr


def test_the_script_names_a_taken_port(folder, capsys):
    with serving(folder) as address:
        assert server_module.main(["--port", address.rsplit(":", 1)[1]]) == 1
    assert "already in use" in capsys.readouterr().err


def test_server_needs_only_the_standard_library():
    code = (
        "import sys, regionalism.site; "
        "heavy = {'sphinx', 'docutils', 'pandas', 'numpy', 'altair', 'playwright', 'vl_convert'} & set(sys.modules); "
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    done = subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r}); {code}"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
