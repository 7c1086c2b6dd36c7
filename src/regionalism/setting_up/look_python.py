# ruff: noqa: UP031  (read by old Pythons too)
"""Looks at Python: its version, the parts that make environments, and what may be installed here."""

import os

from regionalism.setting_up.finding import FAILS, LIMIT, UNASKED, WORKS, Finding

# The oldest Python with which the little server of the browser edition runs.
OLDEST_TO_SERVE = (3, 9)
_PARTS_QUESTION = "import venv, ensurepip; print('PIP ' + ensurepip.version())"
# Windows 7 takes no Python after 3.8, and Windows 8 none after 3.12.
_OLD_WINDOWS = {"7": (3, 8), "8": (3, 12), "8.1": (3, 12)}


def version(machine, course):
    """Python's version and word size; where they do not fit, another Python of this computer that does."""
    name, here = "Python", "%d.%d" % machine.version[:2]
    span = "%d.%d to %d.%d" % (course.OLDEST + course.NEWEST)
    facts = {"version": "%d.%d.%d" % machine.version[:3], "bits": machine.bits, "path": machine.executable}
    if not course.OLDEST <= machine.version[:2] <= course.NEWEST:
        cause = "This is Python %s. The course needs Python %s." % (here, span)
    elif machine.bits < 64:
        cause = "This is a %d-bit Python. The course needs a 64-bit one, as some packages exist for no other." % (
            machine.bits)
    else:
        return Finding("python", name, WORKS, "Python %s, %d-bit." % (facts["version"], machine.bits), **facts)
    other = other_python(machine, course)
    if other:
        advice = "A Python that fits is on this computer. Type: %s course.py book" % other
    elif machine.windows and machine.release in _OLD_WINDOWS and _OLD_WINDOWS[machine.release] < course.OLDEST:
        advice = "No newer Python runs on this Windows. Use the browser edition from another computer."
    else:
        advice = ("Install Python 3.12, 64-bit, from python.org; \"for me only\" needs no administrator. Else use "
                  "the browser edition.")
    return Finding("python", name, FAILS, cause, advice, other=other, **facts)


def other_python(machine, course):
    """The command of another Python on this computer that the course can use, or an empty text."""
    low, high = course.OLDEST[1], course.NEWEST[1]
    minors = sorted(range(low, high + 1), key=lambda minor: (minor != 12, -minor))
    launcher = machine.which("py") if machine.windows else None
    question = "import sys, venv, ensurepip; print('%d.%d %s' % (sys.version_info[0], sys.version_info[1], " \
               "sys.maxsize > 2**32))"
    for minor in minors:
        found = machine.which("python3.%d" % minor)
        tried = ([("python3.%d" % minor, [found])] if found else []) + (
            [("py -3.%d" % minor, [launcher, "-3.%d" % minor])] if launcher else [])
        for words, command in tried:
            code, output = machine.run(command + ["-c", question])
            if code == 0 and output.strip() == "3.%d True" % minor:
                return words
    return ""


def store_alias(machine, course):
    """Whether the word `python` opens the Store on Windows instead of Python. None elsewhere."""
    if not machine.windows:
        return None
    name, found = "The word python", machine.which("python")
    if not found:
        launcher = machine.which("py")
        return Finding("alias", name, LIMIT, "Windows does not know the word python.",
                       "Type py instead of python." if launcher else
                       "Type the whole path of Python instead: %s" % machine.executable)
    if "windowsapps" in found.lower() and machine.run([found, "-c", "print(1)"])[0] != 0:
        return Finding(
            "alias", name, LIMIT, "The word python opens the Microsoft Store and no Python.",
            "Type py instead of python. Or switch it off: Settings, Apps, App execution aliases, python.exe.")
    return Finding("alias", name, WORKS, "The word python starts Python.")


def environments(machine, course):
    """Whether this Python can make environments: its parts venv and ensurepip."""
    name = "Making environments"
    if not course.OLDEST <= machine.version[:2] <= course.NEWEST:
        return Finding("venv", name, UNASKED, "Not asked, since this Python does not fit.")
    code, output = machine.run([machine.executable, "-c", _PARTS_QUESTION])
    if code == 0 and "PIP " in output:
        return Finding("venv", name, WORKS, "venv and ensurepip are there.", pip=output.split("PIP ", 1)[1].strip())
    missing = [part for part in ("ensurepip", "venv") if part in output] or ["venv"]
    cause = "This Python lacks the part %s, which makes environments." % missing[0]
    if machine.windows:
        advice = "This may be the small \"embeddable\" package. Install the full Python 3.12 from python.org."
    elif machine.platform == "darwin":
        advice = "Install the full Python 3.12 from python.org."
    else:
        advice = ("On Debian and Ubuntu: sudo apt install python%d.%d-venv. On others install the full Python."
                  % machine.version[:2])
    return Finding("venv", name, FAILS, cause, advice)


def pip(machine, course):
    """Whether pip runs. The course's environment brings one of its own, so its absence alone is no harm."""
    code, output = machine.run([machine.executable, "-m", "pip", "--version"])
    if code == 0 and output.startswith("pip "):
        return Finding("pip", "pip, the installer", WORKS, "pip %s." % output.split()[1])
    return Finding("pip", "pip, the installer", UNASKED,
                   "This Python has no pip that runs. The course's environment brings its own.")


def rights(machine, course):
    """Whether an administrator is needed: never; and what an old Windows still takes."""
    name = "Rights and system"
    if machine.windows and machine.release in _OLD_WINDOWS:
        return Finding(
            "rights", name, LIMIT, "Windows %s takes no Python after %d.%d and few new browsers." % (
                (machine.release,) + _OLD_WINDOWS[machine.release]),
            "Firefox 115 ESR still runs here and is new enough for the labs of the browser edition.")
    if machine.is_administrator():
        return Finding("rights", name, WORKS, "You are an administrator; the course does not need it.")
    return Finding("rights", name, WORKS,
                   "You are no administrator, and none is needed: all goes into the course's folder.")


LOOKS = (version, store_alias, environments, pip, rights)


def can_serve(machine):
    """Whether this Python runs the little server of the browser edition."""
    return machine.version[:2] >= OLDEST_TO_SERVE and os.path.isfile(
        os.path.join(machine.root, "_build", "offline", "serve.py"))
