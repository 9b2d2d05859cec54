"""改写压缩包: a package with some parts changed or added; every other part keeps its bytes, name and place."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfeval.documents.xlsx.package import Package

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_UTF8 = 0x800


class _Entry(zipfile.ZipInfo):
    """A part whose name is written as it was read: some programs write names in GBK without saying so."""

    is_utf8 = True

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own name
        if self.is_utf8:
            return self.filename.encode(), self.flag_bits | _UTF8
        return self.filename.encode("cp437"), self.flag_bits


def repacked(package: Package, changed: Mapping[str, bytes | None]) -> bytes:
    """The package with the parts *changed* by name: None takes a part away, an unknown name adds one at the end.

    Raises InputError where a part is damaged or all unpack to more than the package's limits.
    """
    left = {name.lower(): (name, part) for name, part in changed.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for old in package.entries:
            entry = _Entry(old.orig_filename, old.date_time)
            entry.compress_type = old.compress_type
            entry.create_system, entry.external_attr = old.create_system, old.external_attr
            entry.is_utf8 = bool(old.flag_bits & _UTF8)
            key = old.filename.replace("\\", "/").lstrip("/").lower()
            part = left.pop(key)[1] if key in left else package.read(old.filename.replace("\\", "/").lstrip("/"))
            if part is not None:
                new.writestr(entry, part)
        for name, part in left.values():
            if part is not None:
                entry = _Entry(name, _FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                new.writestr(entry, part)
    return out.getvalue()
