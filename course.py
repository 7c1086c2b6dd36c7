#!/usr/bin/env python3
"""One command for the whole course. It needs Python 3.11 to 3.14 and nothing else.

    python course.py book      build the book and open it on this machine
    python course.py lab       work the notebooks and exercise sheets in JupyterLab
    python course.py test      run every check there is
    python course.py --help    everything else

The first run makes the folder .venv beside this file and installs the exact versions of
requirements.txt into it. Nothing outside this folder is changed.
"""

# This file is read by whatever Python a newcomer has, so it keeps to syntax that old versions
# understand until it has said, in words, which version is needed.
import hashlib
import os
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
    "No matching distribution found",
)
DISK_FULL_SIGNS = ("No space left on device", "Errno 28", "not enough space on the disk")


class SetupError(Exception):
    """The course can't be set up here; the text says why and what to do."""


def check_python(version):
    """Raise SetupError unless `version` (major, minor) is one the pinned packages support."""
    if not OLDEST <= tuple(version[:2]) <= NEWEST:
        raise SetupError(
            "This is Python %d.%d. The course needs Python %d.%d to %d.%d.\n"
            "Install one of these from python.org (or your system's packages) and run the same command "
            "with it, for example: python3.12 course.py book" % (tuple(version[:2]) + OLDEST + NEWEST)
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
    if any(sign in output for sign in NO_NETWORK_SIGNS):
        return (
            "The packages could not be downloaded: there seems to be no network, or a proxy blocks it.\n"
            "Connect once and run the command again; what was already downloaded is kept."
        )
    return "Installing the packages failed. The last lines of the installer were:\n" + "\n".join(
        output.strip().splitlines()[-12:])


def stamp():
    """A fingerprint of everything that decides what the environment must contain."""
    digest = hashlib.sha256(("%d.%d" % sys.version_info[:2] + ROOT).encode("utf-8"))
    for name in ("requirements.txt", "pyproject.toml", os.path.join("keys", "pyproject.toml")):
        path = os.path.join(ROOT, name)
        if os.path.exists(path):
            with open(path, "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()


def say(step, steps, text):
    """One progress line."""
    print("[%d/%d] %s" % (step, steps, text), flush=True)


def run_quietly(command):
    """Run a command; on failure raise SetupError with an explanation of what it printed."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        raise SetupError(explain_install_failure(done.stdout))


def make_environment():
    """Create .venv with the pinned packages and the course itself, unless it is there already."""
    stamp_file = os.path.join(ENVIRONMENT, "course-stamp.txt")
    wanted = stamp()
    if os.path.exists(stamp_file) and os.path.exists(environment_python()):
        with open(stamp_file, encoding="utf-8") as file:
            if file.read().strip() == wanted:
                return
    check_disk(shutil.disk_usage(ROOT).free)
    if not os.path.exists(environment_python()):
        say(1, 3, "Making an environment for the course in .venv")
        run_quietly([sys.executable, "-m", "venv", ENVIRONMENT])
    python = environment_python()
    say(2, 3, "Installing the pinned packages (once; some minutes and about 400 MB)")
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    run_quietly(pip + ["-r", os.path.join(ROOT, "requirements.txt")])
    say(3, 3, "Installing the course itself")
    own = ["--no-deps", "--no-build-isolation", "-e"]
    run_quietly(pip + own + [ROOT])
    keys = os.path.join(ROOT, "keys")
    if os.path.exists(os.path.join(keys, "pyproject.toml")):
        run_quietly(pip + own + [keys])
    with open(stamp_file, "w", encoding="utf-8") as file:
        file.write(wanted + "\n")


def main(arguments):
    """Check this Python, answer --help at once, else hand over to the environment's Python."""
    try:
        check_python(sys.version_info)
        sys.path.insert(0, os.path.join(ROOT, "src"))
        from regionalism.cli import parser

        parser().parse_args(arguments)  # ends here for --help and for a word it doesn't know
        make_environment()
    except SetupError as problem:
        print("\n%s" % problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print("\n%s" % explain_install_failure(str(problem)), file=sys.stderr)
        return 1
    command = [environment_python(), "-m", "regionalism.cli"] + list(arguments)
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
