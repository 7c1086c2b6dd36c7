# ruff: noqa: UP031  (read by old Pythons too)
"""Looks at the network: proxy, package server, certificates, the clock, ports, and the addresses of the room."""

import calendar
import os
import re
import time

from regionalism.setting_up.finding import FAILS, LIMIT, UNASKED, WORKS, Finding
from regionalism.setting_up.look_place import environment_python
from regionalism.setting_up.machine import EVERYWHERE

try:
    from urllib.parse import urlsplit
except ImportError:  # Python 2
    from urlparse import urlsplit  # type: ignore[import-not-found,no-redef]

# The ports of `book` and `serve`, and of JupyterLab.
BOOK_PORT, LAB_PORT = 8000, 8888
PROXY_VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
# A small package of the course: the page of it shows whether the pinned version can be had.
ASKED_PACKAGE = "filelock"
DAY = 24 * 60 * 60
# A clock that is later than the course's release by more than this is not believed.
_YEARS = 15
CARRY = ("Pack the packages where there is a network: python course.py pack FOLDER. Carry the folder wheels here, "
         "beside course.py.")


# ---------------------------------------------------------------- proxy


def proxy(machine, course):
    """The proxies that variables name: written well, and does anybody answer there."""
    name, seen = "Proxy", []
    for variable in PROXY_VARIABLES:
        value = machine.environ.get(variable) or machine.environ.get(variable.lower()) or ""
        if not value or value in seen:
            continue
        seen.append(value)
        advice = ("Ask who looks after the network for the right address. Is no proxy needed here? Then remove the "
                  "variable: %s" % (("set %s=" if machine.windows else "unset %s") % variable))
        where = proxy_address(value)
        if where is None:
            return Finding("proxy", name, FAILS, "The variable %s holds no address of a proxy." % variable, advice)
        silent = machine.cannot_connect(*where) if machine.may_ask else ""
        if silent:
            return Finding("proxy", name, FAILS, "The variable %s names a proxy at %s:%d, and %s." % (
                (variable,) + where + (_SILENCE[silent],)), advice, host=where[0], port=where[1])
    if seen:
        return Finding("proxy", name, WORKS, "A proxy is set, and it answers." if machine.may_ask else
                       "A proxy is set. It was not asked.")
    return Finding("proxy", name, WORKS, "No variable names a proxy.")


_SILENCE = {"name": "its name cannot be found", "refused": "nobody answers there",
            "timeout": "nobody answers there in time"}


def proxy_address(value):
    """Host and port of a proxy as variables write it, without the password that may stand in it; None if malformed."""
    try:
        parts = urlsplit(value.strip() if "://" in value else "http://" + value.strip())
        port = parts.port or (443 if parts.scheme == "https" else 1080 if parts.scheme.startswith("socks") else 80)
    except ValueError:
        return None
    host = parts.hostname or ""
    return (host, port) if re.match(r"^[\w.:-]+$", host) else None


# ---------------------------------------------------------------- package server


def shown(address):
    """An address without user, password and path: what may be printed."""
    try:
        parts = urlsplit(address)
        port = ":%d" % parts.port if parts.port else ""
    except ValueError:
        return "an address that cannot be read"
    return address if parts.scheme == "file" else "%s://%s%s" % (parts.scheme, parts.hostname or "?", port)


def pin_of(machine):
    """Name and version of the package that is asked for."""
    pins = re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^\s;]+)", machine.read(
        os.path.join(machine.root, "requirements.txt")) or "")
    return dict(pins).get(ASKED_PACKAGE) and (ASKED_PACKAGE, dict(pins)[ASKED_PACKAGE]) or (
        pins[0] if pins else (ASKED_PACKAGE, ""))


def server(machine, course):
    """The package server that pip is set to: does it answer, and has it what the course needs."""
    name = "Package server"
    if not machine.may_ask:
        return Finding("server", name, UNASKED, "The network was not asked (--no-network).")
    settings = machine.pip_settings([environment_python(machine), machine.executable])
    if settings is None:
        return Finding("server", name, UNASKED, "pip could not be asked which package server it is set to.")
    if str(settings.get("no-index", "")).lower() in ("1", "true", "yes", "on"):
        return Finding("server", name, LIMIT, "pip is set to ask no package server (no-index).",
                       "Remove that setting, or use a folder wheels. See it with: python -m pip config list")
    main = settings.get("index-url") or settings["default"]
    addresses = [main] + settings.get("extra-index-url", "").split()
    findings = [ask_server(machine, settings, address) for address in addresses]
    best = [one for one in findings if one.verdict == WORKS]
    return best[0] if best else findings[0]


def ask_server(machine, settings, address):
    """Ask one server for the page of one package."""
    name, (package, release) = "Package server", pin_of(machine)
    if address.startswith("file:"):
        return _local_server(machine, address, package)
    answer = machine.fetch("%s/%s/" % (address.rstrip("/"), package), settings.get("proxy", ""),
                           [settings.get("cert") or machine.environ.get("REQUESTS_CA_BUNDLE", ""),
                            settings.get("trusted", "")],
                           verified=urlsplit(address).hostname not in settings.get("trusted-host", "").split())
    machine.server_date = answer.date
    where = shown(address)
    cause, advice = server_fault(answer, where, package, release)
    if not cause:
        return Finding("server", name, WORKS, "%s answers and has what the course needs." % where, server=where)
    return Finding("server", name, FAILS, cause, advice, server=where, status=answer.status, trouble=answer.trouble)


def _local_server(machine, address, package):
    path = urlsplit(address).path
    folder = path.lstrip("/") if machine.windows else path
    if os.path.isdir(os.path.join(folder, package)):
        return Finding("server", "Package server", WORKS, "pip takes packages from a folder: %s" % folder)
    return Finding("server", "Package server", FAILS, "pip is set to a folder without the packages: %s" % folder,
                   "See the setting with: python -m pip config list")


def server_fault(answer, where, package, release):
    """What an answer of the package server tells is wrong, and what to do; two empty texts where nothing is."""
    setting = "See the setting with: python -m pip config list. Ask who looks after that server."
    if answer.trouble:
        return _TROUBLE[answer.trouble] % where, _TROUBLE_ADVICE.get(answer.trouble, CARRY)
    if answer.status == 407:
        return ("The proxy asks for a name and a password before it lets anybody to %s." % where,
                "Ask who looks after the network for them, then set HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT")
    if answer.status in (401, 403):
        return "The package server %s refuses this computer (answer %d)." % (where, answer.status), setting
    if answer.status == 404:
        return "The package server %s does not offer %s." % (where, package), setting
    if answer.status >= 500:
        return "The package server %s has trouble of its own (answer %d)." % (where, answer.status), (
            "Try again later. " + CARRY)
    if ".whl" not in answer.text and ".tar.gz" not in answer.text:
        return ("Something else answers in place of the package server %s: a web page without packages, such as the "
                "login page of a Wi-Fi." % where,
                "Open any page in the browser, log in there, then try again. " + CARRY)
    if release and not re.search(r"(?i)%s[-_]%s[-.]" % (re.escape(package), re.escape(release)), answer.text):
        return "The package server %s is behind: it lacks %s %s." % (where, package, release), setting
    return "", ""


_TROUBLE = {
    "name": "The name of the package server %s cannot be found: there is no network, or none that knows it.",
    "refused": "The package server %s cannot be reached: there is no network, or something blocks it.",
    "timeout": "The package server %s does not answer in time: the line is too slow, or something blocks it.",
    "certificate": "The certificate of the package server %s is not trusted: something on the way opens what is sent, "
                   "or the clock is wrong.",
    "proxy": "The proxy does not let anybody through to the package server %s.",
    "other": "The package server %s could not be asked.",
}
_TROUBLE_ADVICE = {
    "certificate": "Look at the clock first. Then ask who looks after the network for its certificate as a file, and "
                   "set PIP_CERT to the path of that file.",
}


# ---------------------------------------------------------------- clock


def clock(machine, course):
    """Whether the clock is far off, by the server's own or by the day on which the course was released."""
    name, now = "Clock", machine.now()
    seconds = _seconds_of(machine.server_date)
    if seconds is not None and abs(now - seconds) > DAY:
        return _clock_fault(now, "it is off by about %d days, says the server" % round(abs(now - seconds) / DAY))
    released = re.search(r"(?m)^date-released: *(\d{4}-\d{2}-\d{2})", machine.read(
        os.path.join(machine.root, "CITATION.cff")) or "")
    if released:
        then = calendar.timegm(time.strptime(released.group(1), "%Y-%m-%d"))
        if now < then - DAY:
            return _clock_fault(now, "the course itself is of %s, which is later" % released.group(1))
        if now > then + _YEARS * 365 * DAY:
            return _clock_fault(now, "that is more than %d years after the course" % _YEARS)
    return Finding("clock", name, WORKS, "It says %s." % _day(now))


def _day(seconds):
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def _clock_fault(now, reason):
    return Finding("clock", "Clock", FAILS, "The clock is wrong: it says %s, and %s." % (_day(now), reason),
                   "Set date and time of the computer. With a wrong clock no certificate is valid, so nothing can be "
                   "fetched.")


def _seconds_of(date):
    from email.utils import mktime_tz, parsedate_tz

    parsed = parsedate_tz(date) if date else None
    return mktime_tz(parsed) if parsed else None


# ---------------------------------------------------------------- ports and addresses


def listening(machine, course):
    """Whether a program may open a server on this computer at all."""
    words = machine.cannot_listen()
    if words:
        return Finding("listening", "Local server", FAILS, "No program may open a server on 127.0.0.1 (%s)." % words,
                       "A protection program forbids it; ask who looks after the computer. Ready pages of the "
                       "book open without a server.")
    words = machine.cannot_reach_itself()
    if words:
        return Finding("listening", "Local server", FAILS, "A server opens on 127.0.0.1, but nothing reaches it (%s)."
                       % words, "A firewall or a protection program blocks 127.0.0.1; ask who looks after the "
                       "computer. Ready pages of the book open without a server.")
    return Finding("listening", "Local server", WORKS, "Servers can be opened on this computer.")


def book_port(machine, course):
    """The port of `book` and `serve`, or one that is free in its place."""
    name, words = "Port of the book", machine.cannot_listen(BOOK_PORT)
    if not words:
        return Finding("port", name, WORKS, "Port %d is free." % BOOK_PORT)
    others = [port for port in range(BOOK_PORT + 1, BOOK_PORT + 200) if not machine.cannot_listen(port)][:1]
    if not others:
        return Finding("port", name, FAILS, "Port %d and those after it cannot be used (%s)." % (BOOK_PORT, words),
                       "Open the book without a server: _build/html/index.html")
    return Finding("port", name, LIMIT, "Port %d is taken by another program." % BOOK_PORT,
                   "Name another one: python course.py book --port %d" % others[0], free=others[0])


def lab_port(machine, course):
    """The port of JupyterLab, which finds another one by itself."""
    name = "Port of JupyterLab"
    if machine.cannot_listen(LAB_PORT):
        return Finding("lab-port", name, WORKS, "Port %d is taken; JupyterLab then takes the next one." % LAB_PORT)
    return Finding("lab-port", name, WORKS, "Port %d is free." % LAB_PORT)


def room(machine, course):
    """Whether other devices can reach this computer: its addresses, and a server open to them."""
    name, addresses = "Address in the room", machine.room_addresses()
    if not addresses:
        return Finding("room", name, LIMIT, "This computer is in no network, so no other device reaches it.",
                       "To serve a class, join the Wi-Fi of the room or a phone's hotspot.", addresses=[])
    words = machine.cannot_listen(0, EVERYWHERE)
    if words:
        return Finding("room", name, LIMIT, "No program may open a server for other devices (%s)." % words,
                       "Ask who looks after the computer. Give the browser edition on a stick instead.", addresses=[])
    return Finding("room", name, WORKS, "Others may reach this computer at %s." % ", ".join(addresses),
                   addresses=addresses)


LOOKS = (proxy, server, clock, listening, book_port, lab_port, room)
