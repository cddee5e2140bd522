"""Loads a prompt file and refuses one that nobody has released.

The lock file beside a prompt holds the SHA-256 of the raw bytes of every file
that a release is made of. That is enough to tell whether what is on disk is a
release, with the standard library alone.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import NamedTuple


class NotReleased(Exception):
    """What is on disk is no release of the lock file."""


class Prompt(NamedTuple):
    text: str
    """The file as it is: read it with a YAML library."""
    version: str
    fingerprint: str


def load_prompt(path):
    """The prompt file with the release that it is. NotReleased says why it is none."""
    path = Path(path)
    lock = path.with_name(path.name + ".lock")
    if not lock.exists():
        raise NotReleased(f"{path} has no lock file. Release it first: evenkeel release")
    for release in reversed(_releases(lock.read_text("utf-8"))):
        if all(_sha256(path.parent / name) == digest for name, digest in release["files"].items()):
            return Prompt(path.read_text("utf-8"), release["version"], release["fingerprint"])
    raise NotReleased(f"{path} is not what was released. Release it first: evenkeel release")


def _releases(text):
    """The releases of a lock file that Evenkeel wrote: a block each, one field a line."""
    if re.search(r"^(<<<<<<<|=======|>>>>>>>)", text, re.M):
        raise NotReleased("The lock file is in conflict. Repair it: evenkeel release --repair")
    if not re.search(r"^formatVersion: 1$", text, re.M):
        raise NotReleased("The lock file is of a format that is not known here.")
    releases = []
    for block in re.split(r"^  - ", text, flags=re.M)[1:]:
        fields = dict(_field(line) for line in re.findall(r"^(?:    )?(\w+: .+)$", block, re.M))
        files = re.search(r"^    files:\n((?:      .+\n)+)", block, re.M)
        if not files or not {"version", "fingerprint"} <= fields.keys():
            raise NotReleased("The lock file is not as Evenkeel writes it. Repair it: evenkeel release --repair")
        releases.append({**fields, "files": dict(_field(line) for line in files[1].splitlines())})
    return releases


def _field(line):
    """`key: value`, each plain or in double quotes as JSON has them."""
    key, value = re.fullmatch(r'\s*("(?:[^"\\]|\\.)*"|[^"].*?): (.*)', line).groups()
    return tuple(json.loads(part) if part.startswith('"') else part for part in (key, value))


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
