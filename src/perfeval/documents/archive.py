"""压缩包: the parts of a zip, unpacked under limits — nothing is trusted that the package says of itself.

Workbooks and Word documents are both read through it; what is wrong is said by whoever knows the kind of file.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Literal

Reason = Literal["broken", "encrypted", "too-many", "too-large"]
"""Damaged or not a zip, behind a password, more parts than allowed, more bytes than allowed."""

_BLOCK = 1 << 16
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)
"""What Python's zipfile raises for crafted or cut-off archives."""


class ArchiveError(Exception):
    """压缩包读不出: why an archive cannot be read. Never shown: the reader of the kind of file says it in Chinese."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Archive:
    """压缩包: parts by name; what all of them unpack to counts against one bound. Raises ArchiveError."""

    def __init__(self, data: bytes, *, entries: int, unpacked: int) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise ArchiveError("broken") from error
        if len(self.entries) > entries:
            raise ArchiveError("too-many")
        self._by_name = {plain_name(each): each for each in self.entries}
        self._left = unpacked

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_name

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        """What the archive lists, in its order."""
        return self._zip.infolist()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in small letters, with forward slashes."""
        return tuple(self._by_name)

    def read(self, name: str) -> bytes:
        """The part called *name*; raises ArchiveError where it is missing, damaged or unpacks to too much."""
        entry = self._by_name.get(name.lower())
        if entry is None:
            raise ArchiveError("broken")
        return self.unpack(entry)

    def unpack(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of one entry, block by block, so that a bomb is met before it has gone off."""
        if entry.flag_bits & 1:
            raise ArchiveError("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ArchiveError("broken")
        blocks = []
        try:
            with self._zip.open(entry) as stream:
                while block := stream.read(_BLOCK):
                    self._left -= len(block)
                    if self._left < 0:
                        raise ArchiveError("too-large")
                    blocks.append(block)
        except _BROKEN as error:
            raise ArchiveError("broken") from error
        return b"".join(blocks)


def plain_name(entry: zipfile.ZipInfo) -> str:
    """The name by which a part is found: some programs write backslashes, a leading slash or other letters."""
    return entry.filename.replace("\\", "/").lstrip("/").lower()
