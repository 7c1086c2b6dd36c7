# ruff: noqa: UP004, UP020, UP031, UP036  (read by old Pythons too)
"""`python course.py doctor`: what works on this computer, why the rest does not, and what to do otherwise."""

from __future__ import print_function  # noqa: UP010

import argparse
import io
import json
import os
import sys
import textwrap

from regionalism.setting_up import look_browser, look_network, look_place, look_python
from regionalism.setting_up.finding import FAILS, LIMIT, UNASKED, WORKS, Finding
from regionalism.setting_up.machine import Machine

FORMAT = "regionalism-doctor"
WIDTH = 79
LOOKS = look_python.LOOKS + look_place.LOOKS + look_network.LOOKS + look_browser.LOOKS
# The keys of their findings, in the same order.
KEYS = ("python", "alias", "venv", "pip", "rights", "folder", "place", "disk", "environment", "wheels", "proxy",
        "server", "clock", "listening", "port", "lab-port", "room", "browser", "strength")
# What must hold before the course can be set up; the network or a folder of wheels comes on top.
FOR_SETTING_UP = ("python", "venv", "folder", "place", "disk")
_SIGNS = {WORKS: "[ok]   ", LIMIT: "[limit]", FAILS: "[NO]   ", UNASKED: "[-]    "}


class Verdict(object):
    """Whether a person can do one thing here, and why or how."""

    def __init__(self, what, can, reason):
        self.what, self.can, self.reason = what, can, reason


class Report(object):
    """All findings about a computer, and what follows from them."""

    def __init__(self, machine, findings):
        self.machine, self.findings = machine, findings
        self._by_key = {one.key: one for one in findings}

    def get(self, key):
        """The finding with this key."""
        return self._by_key[key]

    def fine(self, *keys):
        """Whether none of these findings stands in the way."""
        return all(self.get(key).is_fine for key in keys)

    @property
    def is_set_up(self):
        """Whether the course is set up for the Python that runs now."""
        return self.get("environment").verdict == WORKS and self.fine("python")

    @property
    def has_packages(self):
        """Whether the packages can be had: from the folder wheels, or as far as one knows from the network."""
        return self.get("wheels").verdict == WORKS or self.has_network

    @property
    def has_network(self):
        """Whether files can be fetched, as far as one knows."""
        return self.get("server").verdict in (WORKS, UNASKED) and self.fine("proxy", "clock")

    @property
    def can_set_up(self):
        """Whether the course is set up here or can be."""
        return self.is_set_up or (self.fine(*FOR_SETTING_UP) and self.has_packages)

    @property
    def hindrance(self):
        """The first finding that forbids the set-up, or None."""
        wanted = FOR_SETTING_UP + (() if self.has_packages else ("clock", "proxy", "server"))
        failed = [self.get(key) for key in wanted if not self.get(key).is_fine]
        return failed[0] if failed else self.get("server")

    def has(self, *parts):
        """Whether a file lies in the course's folder."""
        return os.path.isfile(os.path.join(self.machine.root, *parts))

    # ------------------------------------------------------------ what a person can do

    def verdicts(self):
        """The four things a person wants to do, each with yes or no and the reason."""
        return [self._read(), self._labs(), self._edition(), self._serve()]

    def _read(self):
        what, browser = "read the book", self.get("browser")
        is_old = browser.facts.get("found") and not browser.facts.get("pages")
        old = " The browser is old: not all charts move." if is_old else ""
        if self.has("_build", "html", "index.html"):
            return Verdict(what, True, "It is built: open _build/html/index.html." + old)
        if self.can_set_up and self.fine("listening"):  # Python's kernels speak through 127.0.0.1 while it is built
            return Verdict(what, True, "With: python course.py book." + old)
        return Verdict(what, False, "It is not built here. The single-file chapters and the browser edition need no "
                       "set-up.")

    def _labs(self):
        what = "run labs here"
        if not self.can_set_up:
            return Verdict(what, False, self._why())
        if not self.fine("listening"):
            return Verdict(what, False, "No program may open a server here.")
        return Verdict(what, True, "With: python course.py lab." + self._slow())

    def _edition(self):
        what, browser = "run labs in the browser edition", self.get("browser")
        if not browser.facts.get("labs"):
            return Verdict(what, False, browser.cause)
        if self.has("_build", "offline", "serve.py"):
            if self.can_set_up or look_python.can_serve(self.machine):
                return Verdict(what, True, "It is in _build/offline." + self._slow())
        elif self.can_set_up and self.has_network:
            return Verdict(what, True, "Make it with python course.py offline, or get it on a stick." + self._slow())
        return Verdict(what, True, "From a teacher's computer in the same Wi-Fi, or from a stick." + self._slow())

    def _serve(self):
        what, room = "serve a class", self.get("room")
        if not self.fine("listening") or room.verdict != WORKS:
            return Verdict(what, False, room.cause if room.verdict != WORKS else "No program may open a server here.")
        if self.has("_build", "offline", "serve.py") and (self.can_set_up or look_python.can_serve(self.machine)):
            command = "python course.py serve --lan" if self.can_set_up else "python serve.py --lan in _build/offline"
            return Verdict(what, True, "With: %s" % command)
        if self.can_set_up and self.has_network:
            return Verdict(what, True, "Make the browser edition first: python course.py offline")
        if self.can_set_up:
            return Verdict(what, False, "The browser edition is not here, and making it needs a network once. Bring "
                           "its folder on a stick.")
        return Verdict(what, False, self._why())

    def _why(self):
        """What stands in the way of everything that needs a set-up."""
        other = self.get("python").facts.get("other")
        if other:
            return "Not with this Python, but perhaps with another one of this computer: %s" % other
        return "See \"%s\" above." % self.hindrance.name

    def _slow(self):
        return " It will be slow." if self.get("strength").verdict == LIMIT else ""

    def shortest_way(self):
        """The one thing to do next on this computer."""
        if self.can_set_up:
            if not self.fine("listening"):
                return self.get("listening").advice
            quiet = "" if self.is_set_up or self.get("wheels").verdict != WORKS else " (from the folder wheels)"
            return "python course.py book%s" % quiet
        other = self.get("python").facts.get("other")
        if other:
            return "%s course.py book" % other
        hindrance = self.hindrance
        if hindrance.key != "python":
            return hindrance.advice
        if self.get("browser").facts.get("labs"):
            return ("Use the browser edition: open the address that your teacher gives you, or get the folder on a "
                    "stick. Nothing is installed.")
        return "Read the single-file chapters in any browser or on a phone, or print them."

    # ------------------------------------------------------------ in words and as a file

    def lines(self):
        """The report as lines of at most 79 signs, without any but those of English."""
        yield "What works on this computer for the course"
        yield ""
        for one in self.findings:
            for line in _block("%s %-24s " % (_SIGNS[one.verdict], one.name), one.cause):
                yield line
            if one.advice and one.verdict in (LIMIT, FAILS):
                for line in _block(" " * 8 + "What to do: ", one.advice):
                    yield line
        yield ""
        yield "You can:"
        for one in self.verdicts():
            for line in _block("  %-32s %s  " % (one.what, "yes" if one.can else "no "), one.reason):
                yield line
        if self.machine.windows and not self.is_set_up:
            yield ""
            for line in _block("", "The first start may take ten minutes or more on Windows: a virus scanner looks at "
                               "each new file. Let it run."):
                yield line
        yield ""
        for line in _block("The shortest way here: ", self.shortest_way()):
            yield line

    def document(self):
        """The report as the JSON file holds it."""
        return {
            "format": FORMAT,
            "version": 1,
            "checks": [one.document() for one in self.findings],
            "can": [{"what": one.what, "can": one.can, "reason": one.reason} for one in self.verdicts()],
            "way": self.shortest_way(),
        }


def _block(first, text):
    """Text after a heading, wrapped and hung under its own beginning; a path stays in one piece, to be copied."""
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first),
                         break_on_hyphens=False, break_long_words=False) or [first]


def examine(machine, course):
    """Take every look at a machine, in the order in which a set-up would meet the trouble."""
    found = [_look(key, look, machine, course) for key, look in zip(KEYS, LOOKS)]  # noqa: B905
    report = Report(machine, [one for one in found if one is not None])
    if report.is_set_up or report.get("wheels").verdict == WORKS:
        for one in (report.get("proxy"), report.get("server")):
            if one.verdict == FAILS:  # a fault all the same, and no hindrance here
                one.verdict, one.advice = LIMIT, "Nothing now: the course needs no network on this computer."
    return report


def _look(key, look, machine, course):
    """Take one look. A computer so strange that it fails must not keep the doctor from saying the rest."""
    try:
        return look(machine, course)
    except Exception as problem:
        return Finding(key, key.capitalize(), UNASKED, "This could not be asked (%s: %s)." % (
            type(problem).__name__, problem))


def say(line):
    """Print a line, whatever the console can show."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    if sys.version_info[0] > 2:
        line = line.encode(encoding, "replace").decode(encoding)
    print(line)


def add_arguments(parser):
    """The options of the command."""
    parser.add_argument("--json", metavar="FILE", help="also write what was found to FILE")
    parser.add_argument("--no-network", action="store_true", help="do not ask the package server or a proxy")


def run(options, course=None):
    """Examine this computer and print the report. 0 if the course is or can be set up here, else 1."""
    course = course or _course()
    machine = Machine(course.ROOT)
    machine.may_ask = not options.no_network
    report = examine(machine, course)
    for line in report.lines():
        say(line)
    if options.json:
        try:
            with io.open(options.json, "wb") as file:
                file.write(json.dumps(report.document(), indent=1, sort_keys=True).encode("ascii") + b"\n")
        except (IOError, OSError) as problem:  # noqa: UP024
            say("%s could not be written: %s" % (options.json, problem.strerror))
            return 1
    return 0 if report.can_set_up else 1


def _course():
    """The file course.py as a module, for a start that did not come from it."""
    import importlib.util

    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    spec = importlib.util.spec_from_file_location("course", os.path.join(root, "course.py"))
    if spec is None or spec.loader is None:
        raise ImportError("course.py is missing in %s" % root)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(arguments, course):
    """What `course.py` starts before it looks at Python's version. Gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="python course.py doctor", description="Say what works on this computer, and what to do otherwise.")
    add_arguments(parser)
    try:
        return run(parser.parse_args(arguments), course)
    except KeyboardInterrupt:
        return 130
