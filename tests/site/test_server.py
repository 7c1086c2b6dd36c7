"""The server of the built pages: right types, compression, nothing outside its folder, a clear word on a taken port."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from regionalism.site.server import HOST, PortTaken, find_file, open_server, serve, serving


@pytest.fixture
def folder(tmp_path):
    site = tmp_path / "site"
    (site / "book").mkdir(parents=True)
    (site / "index.html").write_text("<title>start</title>" * 50, "utf-8")
    (site / "book" / "index.html").write_text("book", "utf-8")
    (site / "table.csv").write_text("a,b\n1,2\n", "utf-8")
    (site / "picture.png").write_bytes(b"\x89PNG" + bytes(500))
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
    assert ask("/book/")[1] == b"book"


@pytest.mark.parametrize("path", [
    "/../secret.txt", "/%2e%2e/secret.txt", "/book/../../secret.txt", "/..%5csecret.txt", "/way-out",
    "//etc/passwd", "/%00", "/missing.html", "/book/index.html/x", "/" + "a" * 5000,
])
def test_gives_nothing_outside_its_folder(ask, path):
    answer, body = ask(path)
    assert answer.status == 404
    assert b"outside" not in body


def test_never_leads_to_another_host(ask, folder):
    (folder / "example.org").mkdir()
    (folder / "example.org" / "index.html").write_text("x", "utf-8")
    answer, _ = ask("//example.org")
    assert not (answer.getheader("Location") or "/").startswith("//")


def test_refuses_to_write(ask, folder):
    assert ask("/index.html", method="PUT")[0].status == 501
    assert ask("/index.html", method="DELETE")[0].status == 501
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
