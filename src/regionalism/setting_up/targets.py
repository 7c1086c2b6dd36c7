"""The systems and Pythons for which wheels are fetched, and which pins each of them needs."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from regionalism.setting_up.wheels import system_name

OLDEST, NEWEST = (3, 11), (3, 14)
# Debian 10, Ubuntu 20.04 and newer have at least this version of the C library (2.28).
_NEWEST_GLIBC = 28
_OLDEST_GLIBC = 5


@dataclass(frozen=True)
class System:
    """A kind of computer: pip's tags for it and what the markers of requirements ask about it."""

    name: str
    tags: tuple[str, ...]
    os_name: str
    sys_platform: str
    platform_system: str
    machine: str


def _linux(machine: str) -> tuple[str, ...]:
    """The tags that a Linux with glibc 2.28 accepts, the newest first."""
    numbered = [f"manylinux_2_{minor}_{machine}" for minor in range(_NEWEST_GLIBC, _OLDEST_GLIBC - 1, -1)]
    return (*numbered, f"manylinux2014_{machine}", f"manylinux2010_{machine}", f"manylinux1_{machine}",
            f"linux_{machine}")  # fmt: skip


SYSTEMS = {
    one.name: one
    for one in (
        System("windows", ("win_amd64",), "nt", "win32", "Windows", "AMD64"),
        System("linux", _linux("x86_64"), "posix", "linux", "Linux", "x86_64"),
        System("linux-arm", _linux("aarch64"), "posix", "linux", "Linux", "aarch64"),
        System("macos", ("macosx_14_0_arm64",), "posix", "darwin", "Darwin", "arm64"),
        System("macos-intel", ("macosx_13_0_x86_64",), "posix", "darwin", "Darwin", "x86_64"),
    )
}


@dataclass(frozen=True)
class Target:
    """One system with one version of Python (major, minor)."""

    system: System
    python: tuple[int, int]

    @property
    def version(self) -> str:
        """The version as a person writes it, such as 3.12."""
        return "{}.{}".format(*self.python)

    def __str__(self) -> str:
        return f"{self.system.name} with Python {self.version}"

    def is_here(self) -> bool:
        """Whether it is this computer and the Python that runs now."""
        return self.system.name == this_system() and self.python == sys.version_info[:2]


def this_system() -> str:
    """The name of this computer's kind."""
    return system_name(sys.platform, platform.machine())


def default_systems() -> tuple[str, ...]:
    """Windows and this computer's kind, where wheels are fetched for it."""
    return tuple(dict.fromkeys(name for name in ("windows", this_system()) if name in SYSTEMS))


def needed(requirements: Path, target: Target) -> dict[str, list[str]]:
    """The pins that a target needs: versions by name of package, in the order of the file.

    Markers are read for the target and not for the computer that packs. A marker may ask for the third number of
    the version, which nobody knows beforehand: what any of them needs is taken, so a name may have two versions.
    Raises ValueError for a line that is no pin.
    """
    found: dict[str, list[str]] = {}
    for line in requirements.read_text(encoding="utf-8").splitlines():
        text = line.split("#", 1)[0].strip()
        if text:
            name, version, applies = _pin(text, target)
            if applies and version not in found.setdefault(name, []):
                found[name].append(version)
    return {name: versions for name, versions in found.items() if versions}


def _pin(text: str, target: Target) -> tuple[str, str, bool]:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        wanted = Requirement(text)
    except InvalidRequirement as problem:
        raise ValueError(f"{text!r} in requirements.txt is no requirement: {problem}") from None
    pins = [one.version for one in wanted.specifier if one.operator == "=="]
    if len(pins) != 1 or len(wanted.specifier) != 1:
        raise ValueError(f"{text!r} in requirements.txt names no exact version (name==version)")
    applies = wanted.marker is None or any(wanted.marker.evaluate(one) for one in _environments(target))
    return wanted.name, pins[0], applies


def _environments(target: Target) -> Iterable[dict[str, str]]:
    """What markers see on the target, for its first release and for a late one."""
    for patch in (0, 4, 5, 99):  # pins of today part at one of these or nowhere
        full = f"{target.version}.{patch}"
        yield {
            "os_name": target.system.os_name,
            "sys_platform": target.system.sys_platform,
            "platform_system": target.system.platform_system,
            "platform_machine": target.system.machine,
            "platform_release": "",
            "platform_version": "",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "implementation_version": full,
            "python_version": target.version,
            "python_full_version": full,
            "extra": "",
        }


def rounds(pins: dict[str, list[str]]) -> list[list[str]]:
    """The pins as lists in which no package stands twice: the first list has one version of each."""
    most = max(map(len, pins.values()), default=0)
    return [[f"{name}=={versions[turn]}" for name, versions in pins.items() if len(versions) > turn]
            for turn in range(most)]  # fmt: skip


def named_targets(systems: Sequence[str], pythons: Sequence[tuple[int, int]]) -> list[Target]:
    """Every named system with every named Python."""
    return [Target(SYSTEMS[name], version) for name in systems for version in pythons]
