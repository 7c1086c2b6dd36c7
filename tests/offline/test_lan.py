"""`course.py serve`: a whole folder or a clear word, the right address first, a QR code only where it can be read."""

from __future__ import annotations

import argparse
import io
import re
import sys

import pytest

from regionalism.offline import lan, manifest
from regionalism.site.server import HOST, serving


class Terminal(io.StringIO):
    """A terminal with an encoding."""

    def __init__(self, encoding="utf-8", is_terminal=True):
        super().__init__()
        self._encoding, self._is_terminal = encoding, is_terminal

    @property
    def encoding(self):
        return self._encoding

    def isatty(self):
        return self._is_terminal


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "edition"
    (made / "run").mkdir(parents=True)
    for number in range(8):
        (made / "run" / f"file{number}.js").write_text("x" * number, "utf-8")
    (made / "index.html").write_text("start", "utf-8")
    manifest.write(made, "0.2.0")
    return made


@pytest.fixture
def in_a_room(monkeypatch):
    monkeypatch.setattr(lan, "room_addresses", lambda: ["192.168.1.20", "10.0.0.5"])


@pytest.fixture
def served(monkeypatch):
    """What would have been served until Ctrl-C: the servers opened."""
    opened = []

    def stop_at_once(server):
        opened.append(server.server_address)
        server.server_close()

    monkeypatch.setattr(lan, "run_until_stopped", stop_at_once)
    return opened


def options(*words):
    parser = argparse.ArgumentParser()
    lan.add_arguments(parser)
    return parser.parse_args([str(word) for word in words])


def test_serves_this_machine_unless_told_otherwise(folder, served, capsys):
    asked = options("--folder", folder)
    asked.port = 0
    assert lan.run(asked) == 0
    assert served[0][0] == HOST
    words = capsys.readouterr().out
    assert f"http://127.0.0.1:{served[0][1]}/ (on this machine only; stop it with Ctrl-C)" in words
    assert "\x1b" not in words


def test_serves_the_room_with_the_likeliest_address_first(folder, served, in_a_room, capsys):
    asked = options("--folder", folder, "--lan", "--check")
    asked.port = 0
    assert lan.run(asked) == 0
    host, port = served[0]
    assert host == "0.0.0.0"
    words = capsys.readouterr().out
    assert words.index(f"http://192.168.1.20:{port}/") < words.index(f"http://10.0.0.5:{port}/")
    for help_word in ("same Wi-Fi", "Guest networks", "private networks", "hotspot", "Ctrl-C"):
        assert help_word in words


def test_prints_the_address_that_was_chosen(folder, served, in_a_room, capsys):
    for chosen, others in (("10.0.0.5", ["192.168.1.20"]), ("10.9.9.9", ["192.168.1.20", "10.0.0.5"])):
        asked = options("--folder", folder, "--lan", "--address", chosen)
        asked.port = 0
        assert lan.run(asked) == 0
        printed = re.findall(r"http://([\d.]+):\d+/", capsys.readouterr().out)
        assert printed == [chosen, *others]


@pytest.mark.parametrize("wrong", ["kitchen", "300.1.1.1", "::1", "10.0.0.5:8000", ""])
def test_refuses_what_is_no_address(wrong, capsys):
    with pytest.raises(SystemExit):
        options("--lan", "--address", wrong)
    assert f"{wrong!r} is not an address of four numbers from 0 to 255" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["0", "65536", "-1", "http", "²"])
def test_refuses_what_is_no_port(wrong, capsys):
    with pytest.raises(SystemExit):
        options(f"--port={wrong}")
    assert f"{wrong!r} is not a port; a port is a whole number from 1 to 65535" in capsys.readouterr().err


def test_an_address_without_a_room_makes_no_sense(folder, served, capsys):
    assert lan.run(options("--folder", folder, "--address", "10.0.0.5")) == 1
    assert "Add --lan" in capsys.readouterr().err


def test_says_that_there_is_no_network(folder, served, monkeypatch, capsys):
    monkeypatch.setattr(lan, "room_addresses", lambda: [])
    assert lan.run(options("--folder", folder, "--lan")) == 1
    assert "in no network" in capsys.readouterr().err
    assert served == []


def test_refuses_a_folder_with_missing_files_and_names_the_first(folder, served, capsys):
    for number in range(1, 8):
        (folder / "run" / f"file{number}.js").unlink()
    assert lan.run(options("--folder", folder)) == 1
    words = capsys.readouterr().err
    assert "is not complete" in words
    assert [f"file{number}.js" in words for number in range(1, 8)] == [True] * 5 + [False] * 2
    assert "and 2 more" in words
    assert "python course.py offline" in words
    assert served == []


def test_only_the_thorough_check_finds_a_changed_letter(folder, served, capsys):
    (folder / "run" / "file3.js").write_text("xxy", "utf-8")
    asked = options("--folder", folder)
    asked.port = 0
    assert lan.run(asked) == 0
    asked.check = True
    assert lan.run(asked) == 1
    assert "file3.js" in capsys.readouterr().err


def test_refuses_what_is_no_edition(tmp_path, served, capsys):
    for path in (tmp_path / "nowhere", tmp_path):
        assert lan.run(options("--folder", path)) == 1
        words = capsys.readouterr().err
        assert str(path) in words
        assert "python course.py offline" in words


def test_names_a_taken_port_and_a_free_one(folder, capsys):
    with serving(folder) as address:
        assert lan.run(options("--folder", folder, "--port", address.rsplit(":", 1)[1])) == 1
    assert re.search(r"Port \d+ .* already in use .* for example \d+", capsys.readouterr().err)


def test_ctrl_c_ends_cleanly(folder, monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("socketserver.BaseServer.serve_forever", interrupted)
    asked = options("--folder", folder)
    asked.port = 0
    assert lan.run(asked) == 0
    assert capsys.readouterr().out.endswith("Stopped.\n")


# The QR code


def modules(lines):
    """Read the printed code back, as a scanner would: rows of dark (True) and light modules."""
    rows = []
    for line in lines:
        upper, lower, colours = [], [], None
        for code, block in re.findall(r"\x1b\[([\d;]+)m|(\u2580)", line):
            if code:
                colours = code
            if block:
                above, below = re.fullmatch(r"38;5;(\d+);48;5;(\d+)", colours).groups()
                upper.append(above == "16")
                lower.append(below == "16")
        rows += [upper, lower]
    return rows


def test_the_code_on_the_screen_is_that_of_the_address():
    segno = pytest.importorskip("segno")
    address = "http://192.168.100.200:8000/"
    rows = modules(lan.qr_code(address))
    code = [[bool(dark) for dark in row] for row in segno.make(address, error="l", micro=False).matrix]
    size, edge = len(code), lan.QUIET_ZONE
    assert [row[edge:-edge] for row in rows[edge:edge + size]] == code
    around = [*rows[:edge], *rows[edge + size:], *([*row[:edge], *row[-edge:]] for row in rows)]
    assert not any(dark for row in around for dark in row)
    assert size <= 29
    assert all(line.endswith("\x1b[0m") for line in lan.qr_code(address))


def test_shows_a_code_only_where_it_can_be_read(monkeypatch):
    pytest.importorskip("segno")
    monkeypatch.setattr(lan, "_windows_shows_colours", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    address = ["http://10.0.0.5:8000/"]

    def shown(terminal):
        text = "\n".join(lan.announcement(address, terminal))
        assert address[0] in text
        return "\u2580" in text

    assert shown(Terminal())
    for encoding in ("cp1251", "cp1252", "ascii", "latin-1", "no-such-encoding"):
        assert not shown(Terminal(encoding))
        assert "\n".join(lan.announcement(address, Terminal(encoding))).isascii()
    assert not shown(Terminal(is_terminal=False))
    monkeypatch.setenv("COLUMNS", "30")
    assert not shown(Terminal())
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    assert not shown(Terminal())


def test_does_without_a_code_where_segno_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "segno", None)
    assert lan.qr_code("http://10.0.0.5:8000/") == []
