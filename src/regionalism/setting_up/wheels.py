# ruff: noqa: UP008, UP020, UP024, UP031  (read by old Pythons too)
"""The folder `wheels`: the pinned packages as files, so that a computer without a network can be set up.

`python course.py pack` makes it, `course.py` installs from it, the doctor examines it. A manifest in it names every
file with size and SHA-256, the pins it was made for, and the systems and Pythons it serves.
"""

import hashlib
import io
import json
import os

FOLDER = "wheels"
VARIABLE = "REGIONALISM_WHEELS"
MANIFEST = "wheels.json"
FORMAT = "regionalism-wheels"
_BLOCK = 1024 * 1024
# How many files of a damaged folder are named before the rest is only counted.
_NAMED = 3


class NotUsable(Exception):
    """The folder of wheels can't be used here; the text says why, `remedy` what to do."""

    def __init__(self, cause, remedy):
        super(NotUsable, self).__init__(cause)
        self.remedy = remedy


def stamp_of(requirements):
    """The fingerprint of the pins in a file: comments, blank lines and the kind of line ends don't count."""
    with io.open(requirements, encoding="utf-8") as file:
        lines = [line.split("#", 1)[0].strip() for line in file]
    return hashlib.sha256("\n".join(line for line in lines if line).encode("utf-8")).hexdigest()


def digest_of(path):
    """The SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


def folder_of(root, environ):
    """The folder of wheels meant for the course in `root`, or None: the one that the variable names comes first."""
    named = environ.get(VARIABLE, "").strip()
    if named:
        return os.path.abspath(os.path.expanduser(named))
    beside = os.path.join(root, FOLDER)
    return beside if os.path.isdir(beside) else None


def read_manifest(folder):
    """The manifest of a folder of wheels. Raises NotUsable where there is none or it cannot be read."""
    again = "Copy the folder again, or make it anew with: python course.py pack FOLDER"
    if not os.path.isdir(folder):
        raise NotUsable("There is no folder %s." % folder, "Correct or remove the variable %s." % VARIABLE)
    try:
        with io.open(os.path.join(folder, MANIFEST), encoding="utf-8") as file:
            document = json.load(file)
        # Each part is looked up here, so that a damaged manifest is told once and in words.
        if document["format"] != FORMAT or not document["requirements"]:
            raise ValueError("another format")
        for one in document["targets"]:
            one["system"], one["python"]
        for entry in document["files"].values():
            int(entry["size"]), entry["sha256"].lower()
    except (IOError, OSError):
        raise NotUsable("The folder %s has no list of its files (%s)." % (folder, MANIFEST), again)  # noqa: B904
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotUsable("The list of files in %s (%s) cannot be read." % (folder, MANIFEST), again)  # noqa: B904
    return document


def damaged_files(folder, document):
    """Sentences about files of the folder that are missing or not what the manifest says, in order of their names."""
    found = []
    for name, entry in sorted(document["files"].items()):
        path = os.path.join(folder, os.path.basename(name))
        if not os.path.isfile(path):
            found.append("%s is missing" % name)
        elif os.path.getsize(path) != int(entry["size"]):
            found.append("%s has another size" % name)
        elif digest_of(path) != entry["sha256"].lower():
            found.append("%s is damaged" % name)
    return found


def demand_usable(folder, requirements, system, version):
    """Raise NotUsable unless the folder is whole and serves these pins, this system and this Python.

    `requirements` is the file of pins, `system` windows, linux or macos with the processor (`system_name`),
    `version` a tuple that begins with major and minor.
    """
    document = read_manifest(folder)
    if document["requirements"] != stamp_of(requirements):
        raise NotUsable(
            "The folder %s was made for other versions of the packages than requirements.txt names." % folder,
            "Make it anew from the same copy of the course: python course.py pack FOLDER")
    target = {"system": system, "python": "%d.%d" % tuple(version[:2])}
    if target not in [{"system": one["system"], "python": one["python"]} for one in document["targets"]]:
        there = ", ".join("%(system)s with Python %(python)s" % one for one in document["targets"])
        raise NotUsable(
            "The folder %s serves %s, and this is %s with Python %s."
            % (folder, there or "nothing", system, target["python"]),
            "Make it anew with: python course.py pack FOLDER --for %s --python %s" % (system, target["python"]))
    faults = damaged_files(folder, document)
    if faults:
        more = " and %d more" % (len(faults) - _NAMED) if len(faults) > _NAMED else ""
        raise NotUsable("In the folder %s %s%s." % (folder, "; ".join(faults[:_NAMED]), more),
                        "Copy the folder again from where it was whole; a stick may have been pulled out too early.")


def system_name(platform, machine):
    """The name by which a manifest knows a system, from `sys.platform` and `platform.machine()`."""
    arm = machine.lower() in ("arm64", "aarch64")
    if platform.startswith(("win32", "cygwin")):
        return "windows-arm" if arm else "windows"
    if platform == "darwin":
        return "macos" if arm else "macos-intel"
    return "linux-arm" if arm else "linux"
