# ruff: noqa: UP031  (read by old Pythons too)
"""Looks at the course's folder: may it be written to, does it lie in a good place, is it set up already."""

import os
import re

from regionalism.setting_up import wheels
from regionalism.setting_up.finding import FAILS, LIMIT, UNASKED, WORKS, Finding

GIGABYTE = 1024.0**3
# The browser edition with its zip and what was fetched for it.
EDITION_BYTES = int(0.4 * GIGABYTE)
# The longest path in .venv, counted from the course's folder, and the limit of Windows.
LONGEST_INSIDE, WINDOWS_PATH = 165, 260
# Folders into which programs unpack a zip that is only looked at; they vanish when its window is closed.
_IN_ZIP = re.compile(r"(?i)^(temp\d+_.*\.zip.*|.*\.zip|.*\.zip\.[0-9a-f]{3}|7zo\w+|rar\$\w+.*|\.?fr-\w+|bnz\..*)$")
_SYNCED = re.compile(r"(?i)^(onedrive|dropbox|google ?drive|my drive|yandex\.?disk|icloud ?drive|mobile documents|"
                     r"nextcloud|cloud mail\.?ru)")
_NETWORK_DISKS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afpfs", "webdav")
_ENVIRONMENT_QUESTION = "import sys, pip; print('IS %d.%d' % (sys.version_info[0], sys.version_info[1]))"
MEND = "Any command makes it anew, for example: python course.py book"


def folder(machine, course):
    """Whether files can be made in the course's folder and in .venv."""
    name = "Writing into the folder"
    for place in (machine.root, os.path.join(machine.root, ".venv")):
        words = machine.cannot_write(place) if os.path.isdir(place) else ""
        if words:
            return Finding("folder", name, FAILS, "The folder %s cannot be written to (%s)." % (place, words),
                           "Copy the whole folder of the course to a place of your own, such as Documents, and run "
                           "the command there.")
    return Finding("folder", name, WORKS, "Files can be made in %s" % machine.root)


def place(machine, course):
    """Whether the folder lies where a set-up lasts: no zip, no synced or network disk, no path too long."""
    name, root = "Place of the folder", machine.root
    parts = [part for part in re.split(r"[\\/]+", root) if part]
    if any(_IN_ZIP.match(part) for part in parts):
        return Finding("place", name, FAILS, "The folder lies inside a zip's temporary folder: %s" % root,
                       "Unpack the whole zip first (right click, Extract all), then run the command in that folder.")
    if machine.windows and len(root) + LONGEST_INSIDE > WINDOWS_PATH:
        return Finding("place", name, FAILS, "The path is too long for Windows: %d characters, and the packages need "
                       "%d more of %d." % (len(root), LONGEST_INSIDE, WINDOWS_PATH),
                       "Move the folder to a short path, such as C:\\course.", length=len(root))
    synced = [part for part in parts if _SYNCED.match(part)]
    if synced:
        return Finding("place", name, LIMIT, "The folder is synced (%s): thousands of files would be sent." % synced[0],
                       "Move the folder out of it, or pause the syncing during the first set-up.")
    if is_network_disk(machine):
        return Finding("place", name, LIMIT, "The folder lies on a disk of the network: the set-up will be slow.",
                       "Copy the folder to this computer's own disk.")
    if any(ord(letter) > 127 for letter in root):
        return Finding("place", name, WORKS, "The path holds letters beyond the English ones; that is fine.")
    return Finding("place", name, WORKS, "An ordinary folder.")


def is_network_disk(machine):
    """Whether the folder lies on another computer's disk, as far as that can be told."""
    if machine.root.startswith(("\\\\", "//")):
        return True
    if machine.windows:
        try:
            import ctypes

            drive = os.path.splitdrive(machine.root)[0] + "\\"
            return getattr(ctypes, "windll").kernel32.GetDriveTypeW(drive) == 4  # noqa: B009
        except Exception:  # not asked on a real Windows
            return False
    best, kind = "", ""
    for line in (machine.read("/proc/mounts") or "").splitlines():
        words = line.split()
        inside = len(words) > 2 and (machine.root + "/").startswith(words[1].rstrip("/") + "/")
        if inside and len(words[1]) >= len(best):
            best, kind = words[1], words[2]
    return kind in _NETWORK_DISKS


def disk(machine, course):
    """Room for the environment, and for the browser edition."""
    name, free = "Room on the disk", machine.free_bytes(machine.root)
    if free is None:
        return Finding("disk", name, UNASKED, "The free room could not be asked.")
    words = "%.1f GB free" % (free / GIGABYTE)
    there = environment(machine, course).verdict == WORKS and is_set_up(machine)
    needed = 0 if there else course.FREE_BYTES_NEEDED
    if free < needed:
        return Finding("disk", name, FAILS, "Too little room: %s, %.1f GB needed for the first set-up." % (
            words, needed / GIGABYTE), "Free some space, or copy the course's folder to another disk.", free=free)
    if free < needed + EDITION_BYTES:
        return Finding("disk", name, LIMIT, "%s: too little for making the browser edition, which takes %.1f GB more."
                       % (words, EDITION_BYTES / GIGABYTE), "Free some space before python course.py offline.",
                       free=free)
    return Finding("disk", name, WORKS, "%s." % words, free=free)


def is_set_up(machine):
    """Whether a set-up was completed here once."""
    return os.path.isfile(os.path.join(machine.root, ".venv", "course-stamp.txt"))


def environment_python(machine):
    """The path at which the environment's Python should be on this system."""
    inside = ("Scripts", "python.exe") if machine.windows else ("bin", "python")
    return os.path.join(machine.root, ".venv", *inside)


def environment(machine, course):
    """The environment .venv: absent, whole, or in which way it is not."""
    name, home = "The environment .venv", os.path.join(machine.root, ".venv")
    if not os.path.isdir(home):
        return Finding("environment", name, UNASKED, "It is not made yet. The first command makes it.")
    if not course.OLDEST <= machine.version[:2] <= course.NEWEST:
        return Finding("environment", name, UNASKED, "There is one. It was not asked, since this Python does not fit.")
    fault = environment_fault(machine, course, home)
    if fault:
        return Finding("environment", name, LIMIT, fault, MEND)
    return Finding("environment", name, WORKS, "It is whole and fits requirements.txt.")


def environment_fault(machine, course, home):
    """What is wrong with an environment in one sentence; empty where nothing is."""
    written = machine.read(os.path.join(home, "pyvenv.cfg")) or ""
    settings = dict(re.findall(r"(?m)^[ \t]*([\w-]+)[ \t]*=[ \t]*(.*?)[ \t]*$", written))
    python = environment_python(machine)
    if not os.path.lexists(python):
        return "It has no Python for this system: it was cut short or copied from another kind of computer."
    code, output = machine.run([python, "-c", _ENVIRONMENT_QUESTION])
    if code != 0:
        base = settings.get("home", "")
        if base and not os.path.isdir(base):
            return "The Python from which it was made is gone (%s)." % base
        if "No module named" in output and "pip" in output:
            return "It is half made: its Python has no pip."
        return "Its Python does not start."
    found, here = output.split("IS ", 1)[-1].strip(), "%d.%d" % machine.version[:2]
    if found != here:
        return "It was made with Python %s, and this is Python %s." % (found, here)
    made_at = settings.get("command", "").rpartition(" -m venv ")[2]
    made_at = re.sub(r"^(--[\w-]+(=\S+)? )+", "", made_at)
    if made_at and os.path.normcase(os.path.realpath(made_at)) != os.path.normcase(os.path.realpath(home)):
        return "It was moved here from %s." % made_at
    if not is_set_up(machine):
        return "The set-up was cut short before its end."
    if (machine.read(os.path.join(home, "course-stamp.txt")) or "").strip() != course.stamp():
        return "It is stale: requirements.txt or the course has changed since."
    return ""


def wheel_folder(machine, course):
    """The folder of wheels for a set-up without a network."""
    name = "The folder wheels"
    there = wheels.folder_of(machine.root, machine.environ)
    if there is None:
        return Finding("wheels", name, UNASKED, "There is none. It is needed only where there is no network.")
    pins = os.path.join(machine.root, "requirements.txt")
    if not os.path.isfile(pins):
        return Finding("wheels", name, FAILS, "requirements.txt is missing beside course.py.",
                       "Copy the whole folder of the course again.")
    try:
        wheels.demand_usable(there, pins, wheels.system_name(machine.platform, machine.processor), machine.version)
    except wheels.NotUsable as problem:
        return Finding("wheels", name, FAILS, "%s" % problem, problem.remedy)
    return Finding("wheels", name, WORKS, "It is whole and fits: the course can be set up without a network.")


LOOKS = (folder, place, disk, environment, wheel_folder)
