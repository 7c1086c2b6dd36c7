"""The commands behind `python course.py`: book, lab, test, measure and data.

Only the standard library is imported at the top, so that `course.py --help` answers before anything
is installed; each command imports what it needs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "_build" / "html"
DEFAULT_PORT = 8000


class CommandError(Exception):
    """A command can't go on; the text says why and what to do."""


def parser() -> argparse.ArgumentParser:
    """The command line of the course: one subcommand for each thing that a person does with it."""
    root = argparse.ArgumentParser(
        prog="python course.py",
        description="Security regionalism in Central Asia: read the book, run the labs, do the exercises.",
        epilog="The first command makes the folder .venv and installs the pinned packages into it.",
    )
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    book = commands.add_parser("book", help="build the book, serve it on this machine and print the address")
    book.add_argument("--no-serve", action="store_true", help="build only")
    book.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"port to serve on [{DEFAULT_PORT}]")
    book.add_argument("--fresh", action="store_true", help="forget the last build and start from nothing")
    book.set_defaults(run=run_book)

    lab = commands.add_parser("lab", help="open JupyterLab on the labs and the exercise sheets")
    lab.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    lab.set_defaults(run=run_lab)

    test = commands.add_parser("test", help="run every check there is; the last line counts them")
    test.add_argument("--quick", action="store_true", help="leave out the built book and the browser's versions")
    test.set_defaults(run=run_test)

    measure = commands.add_parser("measure", help="measure the built book, the live widgets and the start-up")
    measure.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to FILE")
    measure.set_defaults(run=run_measure)

    from .tables.command import add_arguments

    data = commands.add_parser("data", help="list, check, compare and seal the shared tables")
    add_arguments(data)
    data.set_defaults(run=run_data)
    return root


def _port(text: str) -> int:
    """A TCP port number; argparse turns the error into a message that names the value."""
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; a port is a whole number from 1 to 65535")
    return int(text)


def run_book(options: argparse.Namespace) -> int:
    """Build the book; unless told otherwise serve it on 127.0.0.1 until the person stops it."""
    from .site.server import PortTaken, open_server, serve

    if options.no_serve:
        build_book(fresh=options.fresh)
        print(f"The book is in {BOOK}; its first page is {BOOK / 'index.html'}")
        return 0
    try:
        open_server(ROOT, options.port).server_close()  # a taken port is told before the build, not after it
        build_book(fresh=options.fresh)
        serve(BOOK, options.port)
    except PortTaken as taken:
        raise CommandError(str(taken)) from None
    return 0


def book_command(folder: Path, *options: str) -> list[str]:
    """The command that builds the book in a folder with warnings as errors."""
    return [sys.executable, "-c", "from jupyter_book.cli.main import main; main()",
            "build", str(folder), "-W", "--keep-going", *options]


def build_book(*, fresh: bool = False) -> None:
    """Run Jupyter Book with warnings as errors; raise CommandError with its last lines when it fails."""
    print("Building the book (the figures and interactives are computed; about a minute)", flush=True)
    command = book_command(ROOT, "--quiet", *(["--all"] if fresh else []))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode or not (BOOK / "index.html").exists():
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-30:])
        raise CommandError(f"The book did not build. Jupyter Book's last lines:\n{tail}")
    pages = len(list(BOOK.glob("*/**/*.html")))
    print(f"Built {pages} pages", flush=True)


# JupyterLab asks a newcomer whether it may fetch news from another host; here it neither asks nor fetches.
LAB_SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def quiet_lab() -> None:
    """Write the settings of this environment's JupyterLab; those that a person changes still win."""
    file = Path(sys.prefix) / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(LAB_SETTINGS, indent=1) + "\n", encoding="utf-8")


def run_lab(options: argparse.Namespace) -> int:
    """Start JupyterLab in the course's folder, showing notebooks/."""
    quiet_lab()
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={ROOT}",
               "--LabApp.default_url=/lab/tree/notebooks"]
    if options.no_browser:
        command.append("--no-browser")
    print("Starting JupyterLab; stop it with Ctrl-C in this window", flush=True)
    return in_foreground(command)


def in_foreground(command: list[str]) -> int:
    """Run a command that shares this terminal until it ends; return its exit code.

    Ctrl-C reaches the command as well, so it is the one to answer: killed from here, JupyterLab could
    neither ask back nor shut its kernels down.
    """
    process = subprocess.Popen(command, cwd=ROOT)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def run_test(options: argparse.Namespace) -> int:
    """Run all checks and end with one line of counts."""
    from .checks import run_all

    return run_all(ROOT, quick=options.quick)


def run_measure(options: argparse.Namespace) -> int:
    """Measure what the course promises and print it beside the bars."""
    from .measuring import report

    if not (BOOK / "index.html").exists():
        build_book()
    return report(ROOT, BOOK, options.json)


def run_data(options: argparse.Namespace) -> int:
    """List, check, compare, seal or show the shared tables; sealing those of the course also writes their pages."""
    from .tables.command import run, seal_tables

    code = run(options)
    if code == 0 and options.action is seal_tables and options.folder is None:
        from .site.tables import write_stubs

        for path in write_stubs(ROOT):
            print(f"Page brought in line: {path}")
    return code


def _demand_clone() -> None:
    """Raise CommandError where only the package is installed: every command works on the course's folder."""
    if not (ROOT / "_toc.yml").is_file():
        raise CommandError(
            "This command needs the whole folder of the course, and only its package is installed here.\n"
            "In that folder run: python course.py --help"
        )


def main(arguments: list[str] | None = None) -> int:
    """Entry point; returns the exit code."""
    os.environ.setdefault("PYTHONUTF8", "1")
    options = parser().parse_args(arguments)
    try:
        _demand_clone()
        return options.run(options)
    except CommandError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
