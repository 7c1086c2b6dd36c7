"""`python course.py serve`: the browser edition for this machine or for all devices of a room.

The folder is looked through before it is served, so that a file lost on a stick is found the day before and not by
a student. The address is printed in words and, where the terminal can show one, as a QR code.
"""

from __future__ import annotations

import argparse
import ipaddress
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from regionalism.offline.command import DEFAULT_FOLDER
from regionalism.site.server import (
    DEFAULT_PORT,
    EVERYWHERE,
    HOST,
    open_server,
    port_number,
    room_addresses,
    run_until_stopped,
)

MAKE = "python course.py offline"
# How many faults of a folder are named before the rest is only counted.
NAMED = 5
# Light modules around a QR code, as its standard asks.
QUIET_ZONE = 4
_UPPER_HALF = "\u2580"
# Black and white by number: the colours called so may be anything in a person's terminal.
_BLACK, _WHITE = 16, 231

ADVICE = """\
If a device does not reach this address:
  - Is it in the same Wi-Fi as this computer? Guest networks often keep devices apart: use another one.
  - Does this computer ask whether Python may use the network? Allow it for private networks.
    On Windows see also: Settings, Network, properties of the Wi-Fi, and choose "Private network".
  - Does the address begin with http and not with https? Type it with http://
  - A way out without the room's Wi-Fi: open a hotspot on a phone, connect this computer and the devices
    with it, and start this command again. The course uses none of the phone's mobile data.
Keep this computer awake and on mains power. Nothing that students do is sent to it or written down."""


class CannotServe(ValueError):
    """The folder or the address can't be used; the text says why and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--lan", action="store_true",
                        help="serve all devices of the room; without it this machine only")
    parser.add_argument("--port", type=port_number, default=DEFAULT_PORT, help=f"port to serve on [{DEFAULT_PORT}]")
    parser.add_argument("--folder", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER",
                        help="folder of the browser edition [_build/offline]")
    parser.add_argument("--address", type=_ipv4, metavar="ADDRESS",
                        help="the address of this computer to print, where it has several, such as 192.168.1.20")
    parser.add_argument("--check", action="store_true", help="compare every file with its hash before serving")


def _ipv4(text: str) -> str:
    """An IPv4 address; argparse turns the error into a message that names the value."""
    try:
        return str(ipaddress.IPv4Address(text.strip()))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an address of four numbers from 0 to 255, such as 192.168.1.20"
        ) from None


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C: 0 when it was stopped so, 1 with the reason on the error stream."""
    try:
        hosts = _hosts(options)
        check_folder(options.folder, thorough=options.check)
        server = open_server(options.folder, options.port, EVERYWHERE if options.lan else HOST)
    except (ValueError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    addresses = [f"http://{host}:{server.server_port}/" for host in hosts]
    lines = announcement(addresses, sys.stdout) if options.lan else _for_this_machine(addresses[0])
    print("\n".join(lines), flush=True)
    run_until_stopped(server)
    print("\nStopped.")
    return 0


def _hosts(options: argparse.Namespace) -> list[str]:
    """The addresses to print, the one for students first. Raises CannotServe."""
    if not options.lan:
        if options.address:
            raise CannotServe("--address names this computer to others. Add --lan, or leave --address out.")
        return [HOST]
    found = room_addresses()
    if options.address:
        return [options.address, *(one for one in found if one != options.address)]
    if not found:
        raise CannotServe(
            "This computer is in no network, so no other device can reach it.\n"
            "Connect it to the room's Wi-Fi or to a phone's hotspot and start the command again.\n"
            "Do you know its address? Then name it with --address."
        )
    return found


def check_folder(folder: Path, *, thorough: bool = False) -> None:
    """Raise CannotServe unless the folder is a whole browser edition; `thorough` also compares the hashes."""
    from regionalism.offline.manifest import NotOffline, problems

    try:
        faults = problems(folder, thorough=thorough)
    except NotOffline as problem:
        raise CannotServe(str(problem)) from None
    if faults:
        named = [f"  - {fault}" for fault in faults[:NAMED]]
        if len(faults) > NAMED:
            named.append(f"  - and {len(faults) - NAMED} more")
        raise CannotServe("\n".join([
            f"The browser edition in {folder} is not complete:", *named,
            f"Copy the folder again from where it was whole, or make it anew with: {MAKE}",
        ]))  # fmt: skip


def _for_this_machine(address: str) -> list[str]:
    return [
        f"The course is at {address} (on this machine only; stop it with Ctrl-C)",
        "To serve all devices of the room, add --lan.",
    ]


def announcement(addresses: Sequence[str], stream: TextIO) -> list[str]:
    """What is printed for a room, line by line: the address, its QR code where `stream` can show one, advice."""
    first, others = addresses[0], addresses[1:]
    rule = "=" * (len(first) + 8)
    lines = ["", "Students open this address in their browser:", "", rule, f"    {first}", rule, ""]
    code = qr_code(first) if can_show_code(stream) else []
    if code:
        lines += [*code, ""]
    if others:
        lines += ["This computer has other addresses too. If the first one is not reached, try:",
                  *(f"    {one}" for one in others),
                  "With --address you choose which one comes first.", ""]
    return [*lines, *ADVICE.splitlines(), "", "Stop it with Ctrl-C."]


def can_show_code(stream: TextIO) -> bool:
    """Whether a QR code can be shown: a terminal with colours, wide enough, whose encoding has the half block."""
    try:
        if not stream.isatty() or os.environ.get("TERM") == "dumb":
            return False
        _UPPER_HALF.encode(stream.encoding or "ascii")
    except (LookupError, UnicodeEncodeError, ValueError):
        return False
    return shutil.get_terminal_size().columns >= 40 and (os.name != "nt" or _windows_shows_colours())


def _windows_shows_colours() -> bool:
    """Ask a Windows console to understand colour codes; whether it does."""
    if sys.platform != "win32":
        return False
    import ctypes

    output, understands_codes = -11, 0x0004
    console = ctypes.windll.kernel32.GetStdHandle(output)
    mode = ctypes.c_ulong()
    if not ctypes.windll.kernel32.GetConsoleMode(console, ctypes.byref(mode)):
        return False
    return bool(ctypes.windll.kernel32.SetConsoleMode(console, mode.value | understands_codes))


def qr_code(text: str) -> list[str]:
    """The lines of a QR code, black on white on any terminal; empty where segno is not installed.

    A character holds two modules, one above the other, in colours of their own.
    """
    try:
        import segno
    except ImportError:
        return []
    code = segno.make(text, error="l", micro=False)
    rows = [[bool(dark) for dark in row] for row in code.matrix_iter(border=QUIET_ZONE)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return ["".join(_half_blocks(upper, lower)) + "\x1b[0m" for upper, lower in zip(rows[::2], rows[1::2], strict=True)]


def _half_blocks(upper: Sequence[bool], lower: Sequence[bool]) -> Iterator[str]:
    """Two rows of modules (True: dark) as half blocks, with a colour code wherever the colours change."""
    last = None
    for pair in zip(upper, lower, strict=True):
        if pair != last:
            above, below = (_BLACK if dark else _WHITE for dark in pair)
            yield f"\x1b[38;5;{above};48;5;{below}m"
            last = pair
        yield _UPPER_HALF
