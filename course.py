#!/usr/bin/env python3
"""One command for the whole course. It needs Python 3.11 to 3.14 and nothing else.

    python course.py book      build the book and open it on this machine
    python course.py lab       work the notebooks and exercise sheets in JupyterLab
    python course.py build     make the copy for students, or the one for teachers
    python course.py grade     turn the files that students hand in into marks
    python course.py test      run every check there is
    python course.py doctor    say what works on this computer, and what to do where it does not
    python course.py --help    everything else

The first run makes the folder .venv beside this file and installs the exact versions of
requirements.txt into it, from the folder wheels beside this file where there is one (python
course.py pack makes it), else from the network. Nothing outside this folder is changed.
"""

# This file is read by whatever Python a newcomer has, so it keeps to syntax that old versions
# understand until it has said, in words, which version is needed. Even 2.7 reads it so far, by the next line.
from __future__ import print_function  # noqa: UP010

import glob
import hashlib
import os
import platform
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = os.path.join(ROOT, ".venv")
OLDEST, NEWEST = (3, 11), (3, 14)
FREE_BYTES_NEEDED = 2 * 1024**3
NO_NETWORK_SIGNS = (
    "Failed to establish a new connection",
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Network is unreachable",
    "Connection refused",
    "ConnectTimeoutError",
    "ProxyError",
    "ReadTimeoutError",
    "ConnectionResetError",
    "CERTIFICATE_VERIFY_FAILED",
)
# Looked for after the signs above: without a network pip ends with this line as well.
NO_SUCH_PACKAGE = "No matching distribution found for "
NO_VENV_SIGNS = ("ensurepip is not", "No module named venv", "No module named ensurepip")
DISK_FULL_SIGNS = ("No space left on device", "Errno 28", "not enough space on the disk")


class SetupError(Exception):
    """The course can't be set up here; the text says why and what to do."""


def check_python(version):
    """Raise SetupError unless `version` (major, minor) is one the pinned packages support."""
    if not OLDEST <= tuple(version[:2]) <= NEWEST:
        raise SetupError(
            "This is Python %d.%d. The course needs Python %d.%d to %d.%d.\n"
            "Install one of these from python.org (or your system's packages) and run the same command "
            "with it, for example: python3.12 course.py book\n"
            "What else works on this computer is said by: python course.py doctor"
            % (tuple(version[:2]) + OLDEST + NEWEST)
        )


def check_word_size(bits):
    """Raise SetupError for a 32-bit Python: several pinned packages are not built for it."""
    if bits < 64:
        raise SetupError(
            "This is a %d-bit Python, and the course needs a 64-bit one.\n"
            "Install the 64-bit edition from python.org and run the same command with it." % bits
        )


def check_disk(free_bytes):
    """Raise SetupError when there is too little room for the environment."""
    if free_bytes < FREE_BYTES_NEEDED:
        raise SetupError(
            "Too little room on the disk: %.1f GB free, %.1f GB needed for the first set-up.\n"
            "Free some space, or copy the course's folder to another disk, then run the command again."
            % (free_bytes / 1024**3, FREE_BYTES_NEEDED / 1024**3)
        )


def environment_python(environment=ENVIRONMENT, windows=os.name == "nt"):
    """The path of Python inside a virtual environment, on this kind of system."""
    return os.path.join(environment, "Scripts", "python.exe") if windows else os.path.join(
        environment, "bin", "python")


def explain_install_failure(output):
    """Turn pip's output into one sentence that a newcomer can act on."""
    if any(sign in output for sign in DISK_FULL_SIGNS):
        return "The disk became full while the packages were installed. Free some space and run it again."
    if any(sign in output for sign in NO_VENV_SIGNS):
        return (
            "This Python lacks the part that makes environments (venv, ensurepip).\n"
            "On Debian and Ubuntu install it with: sudo apt install python%d.%d-venv\n"
            "Then run the command again." % sys.version_info[:2]
        )
    if any(sign in output for sign in NO_NETWORK_SIGNS):
        return (
            "The packages could not be downloaded: there seems to be no network, or a proxy blocks it.\n"
            "Connect once and run the command again; what was already downloaded is kept.\n"
            "Without a network: python course.py doctor says what to do."
        )
    if NO_SUCH_PACKAGE in output:
        package = output.split(NO_SUCH_PACKAGE, 1)[1].split()[0]
        return (
            "The network works, but the package server that pip asks on this machine does not offer %s.\n"
            "It may be a local copy that is behind. See which server is set with: %s -m pip config list\n"
            "Ask whoever looks after it, or remove that setting, and run the command again."
            % (package, os.path.basename(sys.executable) or "python")
        )
    return "Installing the packages failed. The last lines of the installer were:\n" + "\n".join(
        output.strip().splitlines()[-12:])


def last_words(output):
    """The last line that pip printed, for a failure after which another way is tried."""
    return (output.strip().splitlines() or ["pip said nothing"])[-1]


def stamp():
    """A fingerprint of everything that decides what the environment must contain."""
    digest = hashlib.sha256(("%d.%d" % sys.version_info[:2]).encode("ascii") + os.fsencode(ROOT))
    for name in ("requirements.txt", "pyproject.toml", os.path.join("keys", "pyproject.toml")):
        path = os.path.join(ROOT, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()


def say(step, steps, text):
    """One progress line."""
    print("[%d/%d] %s" % (step, steps, text))
    sys.stdout.flush()


def surroundings():
    """The variables of every command: its output in UTF-8, whatever the console's own encoding."""
    return dict(os.environ, PYTHONUTF8="1")


def run_quietly(command, explain=explain_install_failure):
    """Run a command; on failure raise SetupError with an explanation of what it printed."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=surroundings(),
                          encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise SetupError(explain(done.stdout))


def is_usable(python):
    """Whether an environment's Python starts, has pip and is of the running version.

    A set-up that was cut short, or a Python that was replaced since, leaves one that is not.
    """
    asking = "import sys, pip; sys.exit(sys.version_info[:2] != %r)" % (tuple(sys.version_info[:2]),)
    try:
        return subprocess.run([python, "-c", asking], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              env=surroundings(), check=False).returncode == 0
    except OSError:
        return False


def make_environment():
    """Create .venv with the pinned packages and the course itself, unless it is there already."""
    stamp_file = os.path.join(ENVIRONMENT, "course-stamp.txt")
    wanted = stamp()
    if os.path.exists(environment_python()) and written_stamp(stamp_file) == wanted:
        return
    python = environment_python()
    if not is_usable(python):
        check_disk(shutil.disk_usage(ROOT).free)
        say(1, 3, "Making an environment for the course in .venv")
        run_quietly([sys.executable, "-m", "venv", "--clear", ENVIRONMENT])
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    install_packages(pip)
    say(3, 3, "Installing the course itself")
    install_course(pip)
    with open(stamp_file, "w", encoding="utf-8") as file:
        file.write(wanted + "\n")


def install_packages(pip):
    """Install the pins: from a folder of wheels that fits this computer, else from the network."""
    pins = ["-r", os.path.join(ROOT, "requirements.txt")]
    wheels = usable_wheels()
    if wheels:
        say(2, 3, "Installing from the folder wheels, without a network")
        try:
            run_quietly(pip + ["--no-index", "--find-links", wheels] + pins, explain=last_words)
            return
        except SetupError as problem:
            print("Installing from the folder wheels did not work: %s\nTrying the network instead." % problem)
    say(2, 3, "Installing the pinned packages (once; some minutes and about 400 MB)")
    run_quietly(pip + pins)


def usable_wheels():
    """The folder of wheels to install from, or None; says why where there is one that cannot be used."""
    if not (os.environ.get("REGIONALISM_WHEELS") or os.path.isdir(os.path.join(ROOT, "wheels"))):
        return None
    load_parts()
    from regionalism.setting_up import wheels

    folder = wheels.folder_of(ROOT, os.environ)
    if folder is None:
        return None
    try:
        wheels.demand_usable(folder, os.path.join(ROOT, "requirements.txt"),
                             wheels.system_name(sys.platform, platform.machine()), sys.version_info)
    except wheels.NotUsable as problem:
        print("%s\n%s\nThe packages are fetched from the network instead." % (problem, problem.remedy))
        return None
    return folder


def load_parts():
    """Let this file import what the course knows about setting up, without reading the rest of the package.

    The package itself is for today's Python; `regionalism.setting_up` is read by an old one too.
    """
    folder = os.path.join(ROOT, "src")
    if not os.path.isdir(os.path.join(folder, "regionalism", "setting_up")):
        raise SetupError(
            "The folder src is missing beside course.py, or it is not complete.\n"
            "Was course.py opened inside a zip? Unpack the whole zip first (right click, Extract all), then run the "
            "command in that folder.")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    if sys.version_info[:2] < OLDEST and "regionalism" not in sys.modules:
        stand_in = type(sys)("regionalism")
        stand_in.__path__ = [os.path.join(folder, "regionalism")]
        sys.modules["regionalism"] = stand_in


def see_doctor(arguments):
    """Say what works here. It asks for no environment and for no certain Python."""
    load_parts()
    from regionalism.setting_up import doctor

    return doctor.main(arguments, sys.modules[__name__])


def written_stamp(stamp_file):
    """The fingerprint that the last complete set-up left behind; None without one."""
    if not os.path.exists(stamp_file):
        return None
    with open(stamp_file, encoding="utf-8", errors="replace") as file:
        return file.read().strip()


def install_course(pip):
    """Install the course, and the keys where they are, so that edits hold at once."""
    folders = [ROOT]
    keys = os.path.join(ROOT, "keys")
    if os.path.exists(os.path.join(keys, "pyproject.toml")):
        folders.append(keys)
    editable = [word for folder in folders for word in ("-e", folder)]
    run_quietly(pip + ["--no-deps", "--no-build-isolation"] + editable)
    make_paths_relative(ENVIRONMENT, {"_regionalism.pth": os.path.join(ROOT, "src"), "_regionalism_keys.pth": keys})


def make_paths_relative(environment, targets):
    """Let the path files of the course name their folders from where they stand.

    Python before 3.13 reads such a file in the system's encoding and pip writes it in UTF-8, so that on
    Windows a folder with Cyrillic letters is not found, or Python does not even start.
    """
    for pattern in (("Lib", "site-packages"), ("lib", "python*", "site-packages")):
        for site_packages in glob.glob(os.path.join(glob.escape(environment), *pattern)):
            for name, target in targets.items():
                path = os.path.join(site_packages, name)
                if os.path.exists(path):
                    with open(path, "w", encoding="ascii") as file:
                        file.write(os.path.relpath(target, site_packages) + "\n")


def hand_over(command):
    """Run the command in the environment until it ends; Ctrl-C is its own to answer.

    It shares the terminal and so gets the key itself; killed from here, JupyterLab could not ask back.
    It runs where the person stands: that is what a folder's name on the command line refers to.
    """
    process = subprocess.Popen(command, env=surroundings())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def main(arguments):
    """Let the doctor speak; else check this Python, answer --help at once, and hand over to the environment's."""
    try:
        if arguments[:1] == ["doctor"]:
            return see_doctor(arguments[1:])
        check_python(sys.version_info)
        check_word_size(64 if sys.maxsize > 2**32 else 32)
        load_parts()
        from regionalism.cli import parser

        parser().parse_args(arguments)  # ends here for --help and for a word it doesn't know
        make_environment()
    except SetupError as problem:
        print("\n%s" % problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print("\n%s" % explain_install_failure(str(problem)), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the command again to go on.", file=sys.stderr)
        return 130
    # -P: a file of the person's own, such as json.py, must not be taken for a part of Python.
    return hand_over([environment_python(), "-P", "-m", "regionalism.cli"] + list(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
