# ruff: noqa: UP004, UP020, UP024, UP025, UP031, UP041  (read by old Pythons too)
"""All that the doctor asks of a computer, in one object: tests can hand it a computer that is broken.

Nothing here judges. A method that fails to find something out gives None or an empty text and never raises.
"""

import errno
import io
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import threading
import time

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"
# Seconds to wait: for a connection, for an answer of the package server, for another program.
CONNECT_SECONDS = 4
ANSWER_SECONDS = 6
PROGRAM_SECONDS = 15
# Of an answer only the beginning is read: the page of one package is far smaller.
_MOST_BYTES = 2 * 1024 * 1024

# Asks pip, as it is set on this computer. Prints one line of JSON, which may hold a password: it is never shown.
_PIP_QUESTION = """
import glob, json, os, sys
try:
    import pip
except ImportError:
    import ensurepip
    home = os.path.join(os.path.dirname(ensurepip.__file__), "_bundled", "pip-*.whl")
    sys.path[:0] = glob.glob(home)
    import pip
from pip._internal.configuration import Configuration
from pip._internal.models.index import PyPI
from pip._vendor import certifi
settings = Configuration(isolated=False)
settings.load()
found = {"version": pip.__version__, "default": PyPI.simple_url, "trusted": certifi.where()}
for key, value in settings.items():
    # Newer versions of pip give the settings by the file that they come from.
    pairs = value.items() if isinstance(value, dict) else [(key, value)]
    for name, text in pairs:
        part, _, last = name.partition(".")
        if part in ("global", "install", ":env:"):
            found[last] = text
print("PIP" + json.dumps(found))
"""
# Where Chrome, Edge and Firefox stand on Windows, under Program Files or the person's own folder.
_WINDOWS_BROWSERS = (
    ("Chrome", ("Google", "Chrome", "Application")),
    ("Edge", ("Microsoft", "Edge", "Application")),
    ("Firefox", ("Mozilla Firefox",)),
)
_MAC_BROWSERS = (("Safari", "Safari"), ("Chrome", "Google Chrome"), ("Edge", "Microsoft Edge"),
                 ("Firefox", "Firefox"))
_LINUX_BROWSERS = (
    ("Chrome", ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser")),
    ("Edge", ("microsoft-edge", "microsoft-edge-stable")),
    ("Firefox", ("firefox", "firefox-esr")),
)


class Answer(object):
    """What a server said: `trouble` is empty or one word (name, refused, timeout, certificate, proxy, other)."""

    def __init__(self, status=0, text="", date="", trouble="", words=""):
        self.status, self.text, self.date, self.trouble, self.words = status, text, date, trouble, words


class Machine(object):
    """This computer, as far as the course needs to know it. `root` is the course's folder."""

    def __init__(self, root, environ=None):
        self.root = root
        self.environ = dict(os.environ if environ is None else environ)
        self.version = tuple(sys.version_info[:3])
        self.bits = 64 if sys.maxsize > 2**32 else 32
        self.executable = sys.executable or "python"
        self.platform = sys.platform
        self.processor = platform.machine()
        self.release = platform.release()
        # Whether other computers may be asked, and what the package server said of the time.
        self.may_ask = True
        self.server_date = ""

    # ---------------------------------------------------------------- the system

    @property
    def windows(self):
        """Whether this is Windows."""
        return self.platform.startswith("win")

    def is_administrator(self):
        """Whether the person may change the system; None where that cannot be told."""
        try:
            if self.windows:
                import ctypes

                return bool(getattr(ctypes, "windll").shell32.IsUserAnAdmin())  # noqa: B009
            return os.geteuid() == 0
        except Exception:  # a system that does not know the question
            return None

    def memory_bytes(self):
        """The memory of the computer in bytes, or None."""
        try:
            if self.windows:
                return _windows_memory()
            return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        except Exception:  # neither question is known everywhere
            return None

    def cores(self):
        """How many processor cores there are, or None."""
        return getattr(os, "cpu_count", lambda: None)()

    def now(self):
        """Seconds since 1970, by the clock of the computer."""
        return time.time()

    def which(self, name):
        """The path of a program on the search path, or None."""
        endings = self.environ.get("PATHEXT", ".EXE;.BAT;.CMD").split(";") if self.windows else [""]
        for folder in self.environ.get("PATH", "").split(os.pathsep):
            for ending in endings:
                path = os.path.join(folder.strip('"'), name + ending.lower())
                if folder and os.path.isfile(path) and (self.windows or os.access(path, os.X_OK)):
                    return path
        return None

    def run(self, command, seconds=PROGRAM_SECONDS):
        """Run a program; its exit code and all it printed. The code is None where it did not start or did not end."""
        environ = dict(self.environ, PYTHONUTF8="1", PYTHONIOENCODING="utf-8")
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, env=environ)
        except (OSError, ValueError) as problem:
            return None, str(problem)
        ended = threading.Timer(seconds, process.kill)
        ended.start()
        try:
            output = process.communicate()[0].decode("utf-8", "replace")
        finally:
            cut_short = not ended.is_alive()
            ended.cancel()
        return (None, output + "\nno end") if cut_short else (process.returncode, output)

    # ---------------------------------------------------------------- folders and files

    def free_bytes(self, folder):
        """Free bytes on the disk of a folder, or None."""
        try:
            import shutil

            return shutil.disk_usage(folder).free
        except (AttributeError, OSError):  # Python 2 has no such function
            return None

    def cannot_write(self, folder):
        """Why no file and no folder can be made in `folder`; empty where both can."""
        try:
            trial = tempfile.mkdtemp(prefix=".trial-", dir=folder)
            path = os.path.join(trial, "trial.txt")
            with io.open(path, "w", encoding="ascii") as file:
                file.write(u"trial")
            os.remove(path)
            os.rmdir(trial)
        except (IOError, OSError) as problem:
            return os.strerror(problem.errno) if problem.errno else str(problem)
        return ""

    def read(self, path):
        """The text of a file, or None."""
        try:
            with io.open(path, encoding="utf-8", errors="replace") as file:
                return file.read()
        except (IOError, OSError):
            return None

    def names(self, folder):
        """The names in a folder, in order; none where it cannot be read."""
        try:
            return sorted(os.listdir(folder))
        except OSError:
            return []

    # ---------------------------------------------------------------- the network

    def cannot_listen(self, port=0, host=LOOPBACK):
        """Why no server can take this port (0: any): empty, "taken", "forbidden" or the system's words."""
        probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if os.name != "nt":  # as the course's own servers do: a port that was just left is free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
        except (OSError, socket.error) as problem:
            if problem.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)):
                return "taken"
            if problem.errno in (errno.EACCES, getattr(errno, "WSAEACCES", -1)):
                return "taken" if self.windows else "forbidden"
            return problem.strerror or str(problem)
        finally:
            probe.close()
        return ""

    def cannot_reach_itself(self):
        """Why a server on 127.0.0.1 is not reached from this same computer; empty where it is."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.bind((LOOPBACK, 0))
            listener.listen(1)
            socket.create_connection(listener.getsockname(), CONNECT_SECONDS).close()
        except (OSError, socket.error) as problem:
            return problem.strerror or str(problem)
        finally:
            listener.close()
        return ""

    def cannot_connect(self, host, port):
        """Why nobody answers at an address: empty, "name", "refused" or "timeout"."""
        try:
            socket.create_connection((host, port), CONNECT_SECONDS).close()
        except socket.gaierror:
            return "name"
        except socket.timeout:
            return "timeout"
        except (OSError, socket.error, OverflowError, UnicodeError):
            return "refused"
        return ""

    def room_addresses(self):
        """The IPv4 addresses by which other devices may reach this computer; sends nothing."""
        found = []
        # Addresses that nobody has; a datagram socket is only told where it would send.
        for target in ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254"):
            probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                probe.connect((target, 9))
                found.append(probe.getsockname()[0])
            except (OSError, socket.error):
                pass
            finally:
                probe.close()
        useful = [one for one in found if not one.startswith(("127.", "169.254.", "0."))]
        return sorted(set(useful), key=useful.index)

    def pip_settings(self, pythons):
        """What pip is set to, by the first of the Pythons that can tell: a dictionary, or None.

        Keys are pip's own, with "version", "default" (pip's own server) and "trusted" (pip's certificates).
        """
        for python in pythons:
            code, output = self.run([python, "-c", _PIP_QUESTION])
            lines = [line for line in output.splitlines() if line.startswith("PIP{")]
            if code == 0 and lines:
                return json.loads(lines[-1][3:])
        return None

    def fetch(self, address, proxy="", certificates=(), verified=True):
        """Ask a web server for one page, through `proxy` or, without it, through the system's own.

        A name and a password in the address are sent as pip sends them. `certificates` are files to trust as well.
        """
        try:
            from urllib import request
        except ImportError:
            return Answer(trouble="other", words="this Python is too old to ask")
        try:
            proxies = [request.ProxyHandler({"http": proxy, "https": proxy})] if proxy else []
            handlers = proxies + [request.HTTPSHandler(context=_trusting(certificates, verified))]
            plain, headers = _without_password(address)
            asked = request.Request(plain, headers=dict(headers, Accept="text/html"))
            with request.build_opener(*handlers).open(asked, timeout=ANSWER_SECONDS) as answer:
                text = answer.read(_MOST_BYTES).decode("utf-8", "replace")
                return Answer(answer.status, text, answer.headers.get("Date", ""))
        except Exception as problem:  # each library below has faults of its own; all mean: no answer
            return _failed(problem)

    # ---------------------------------------------------------------- browsers

    def browsers(self):
        """Pairs of kind (Chrome, Edge, Firefox, Safari) and version, such as ("Chrome", "112.0.1")."""
        if self.windows:
            return list(self._windows_browsers())
        if self.platform == "darwin":
            return list(self._mac_browsers())
        return list(self._linux_browsers())

    def _windows_browsers(self):
        variables = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "LOCALAPPDATA")
        places = [self.environ[name] for name in variables if self.environ.get(name)]
        seen = set()
        for kind, parts in _WINDOWS_BROWSERS:
            for folder in [os.path.join(place, *parts) for place in places] + _registered(kind):
                # Chrome and Edge keep each version in a folder that is called by it.
                for version in sorted(self._versions_in(folder), key=numbers, reverse=True)[:1]:
                    if (kind, version) not in seen:
                        seen.add((kind, version))
                        yield kind, version

    def _versions_in(self, folder):
        for line in (self.read(os.path.join(folder, "application.ini")) or "").splitlines():
            if line.startswith("Version="):
                yield line.split("=", 1)[1].strip()
        for name in self.names(folder):
            if name.count(".") == 3 and name.replace(".", "").isdigit():
                yield name

    def _mac_browsers(self):
        for kind, name in _MAC_BROWSERS:
            for place in ("/Applications", os.path.expanduser("~/Applications")):
                version = _mac_version(os.path.join(place, name + ".app", "Contents", "Info.plist"))
                if version:
                    yield kind, version

    def _linux_browsers(self):
        for kind, names in _LINUX_BROWSERS:
            for path in filter(None, map(self.which, names)):
                code, output = self.run([path, "--version"])
                # The number may stand behind warnings of the program that starts the browser.
                found = [word for word in output.split() if word[:1].isdigit() and "." in word] if code == 0 else []
                if found:
                    yield kind, found[0]
                    break


def numbers(version):
    """A version as a tuple of numbers, so that 9 comes before 10."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _windows_memory():
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ulong), ("load", ctypes.c_ulong)] + [
            (name, ctypes.c_ulonglong) for name in ("total", "free", "page", "freepage", "virtual", "freevirtual",
                                                    "extended")]

    status = Status()
    status.length = ctypes.sizeof(Status)
    getattr(ctypes, "windll").kernel32.GlobalMemoryStatusEx(ctypes.byref(status))  # noqa: B009
    return status.total


def _registered(kind):
    """The folders in which Windows has a browser of this kind registered."""
    program = {"Chrome": "chrome.exe", "Edge": "msedge.exe", "Firefox": "firefox.exe"}[kind]
    key = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\" + program
    try:
        import winreg
    except ImportError:  # not Windows, or Python 2
        return []
    found = []
    for hive in ("HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE"):
        try:
            path = getattr(winreg, "QueryValue")(getattr(winreg, hive), key)  # noqa: B009
            found.append(os.path.dirname(path.strip('"')))
        except OSError:
            continue
    return found


def _mac_version(path):
    try:
        import plistlib

        with open(path, "rb") as file:
            return str(plistlib.load(file).get("CFBundleShortVersionString", ""))
    except Exception:  # no such program, or a Python that reads no such file
        return ""


def _without_password(address):
    """An address without its name and password, and the header that carries them instead."""
    import base64
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(address)
    who, _, place = parts.netloc.rpartition("@")
    if not who:
        return address, {}
    token = base64.b64encode(unquote(who).encode("utf-8")).decode("ascii")
    return parts._replace(netloc=place).geturl(), {"Authorization": "Basic " + token}


def _trusting(certificates, verified):
    """What pip trusts: the certificates of the system and the files that are named."""
    import ssl

    context = ssl.create_default_context()
    for path in certificates:
        if path and os.path.isfile(path):
            context.load_verify_locations(cafile=path)
    if not verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _failed(problem):
    """Turn a fault of the libraries below into an answer with one word."""
    status = getattr(problem, "code", 0)
    if status:
        headers = getattr(problem, "headers", None) or {}
        return Answer(status, "", headers.get("Date", ""))
    reason = getattr(problem, "reason", problem)
    words = "%s" % (reason,)
    if "Tunnel connection failed: 407" in words:
        return Answer(407)
    for sign, trouble in (("CERTIFICATE", "certificate"), ("certificate", "certificate"), ("Tunnel", "proxy"),
                          ("timed out", "timeout"), ("handshake", "timeout")):
        if sign in words:
            return Answer(trouble=trouble, words=words)
    if isinstance(reason, socket.gaierror):
        return Answer(trouble="name", words=words)
    if isinstance(reason, (OSError, socket.error)):
        return Answer(trouble="refused", words=words)
    return Answer(trouble="other", words=words)
