"""压缩包: the parts of an xlsx, unpacked under limits — nothing is trusted that the package says of itself."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING
from xml.parsers import expat

from perfeval.documents.archive import Archive, ArchiveError, Reason, plain_name
from perfeval.documents.file_types import not_a_workbook
from perfeval.documents.limits import Limits, too_many
from perfeval.errors import InputError, Place, problem

if TYPE_CHECKING:
    from collections.abc import Mapping


_ENTRIES = 5_000
_RELATIONS = "_rels/.rels"


class Package:
    """压缩包: an xlsx as parts by name; what all of them unpack to counts against one bound."""

    def __init__(self, data: bytes, source: str, limits: Limits) -> None:
        self.place, self.limits = Place(source=source), limits
        try:
            self._archive = Archive(data, entries=_ENTRIES, unpacked=limits.unpacked)
        except ArchiveError as error:
            raise self._refused(error.reason) from error

    def __contains__(self, name: str) -> bool:
        return name in self._archive

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        """What the package lists, in its order."""
        return self._archive.entries

    def read(self, name: str) -> bytes:
        """The part called *name*; raises InputError where it is missing, damaged or unpacks to too much."""
        try:
            return self._archive.read(name)
        except ArchiveError as error:
            raise self._refused(error.reason) from error

    def workbook(self) -> str:
        """The name of the workbook's own part; raises InputError where this is another kind of file."""
        if _RELATIONS in self:
            for target, kind, _ in self.relations(_RELATIONS, ""):
                if kind.endswith("/officeDocument") and target in self and not target.endswith(".bin"):
                    if target.startswith("word/"):
                        break
                    return target
        if "xl/workbook.xml" in self:
            return "xl/workbook.xml"
        raise InputError(not_a_workbook(self._archive.names, self.place))

    def relations(self, name: str, folder: str) -> list[tuple[str, str, str]]:
        """Target, kind and id of every relation that the part *name* lists."""
        found: list[tuple[str, str, str]] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found.append((posixpath.normpath(whole), attributes.get("Type", ""), attributes.get("Id", "")))

        self.parse(self.read(name), start)
        return found

    def parse(self, part: bytes, start, end=None, text=None) -> None:  # type: ignore[no-untyped-def]
        """Send *part* through expat to the handlers; document types and entities are refused."""
        self.parse_with(self.parser(), part, start, end, text)

    @staticmethod
    def parser() -> expat.XMLParserType:
        """A parser for one part, for whom its position matters."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        return parser

    def parse_with(self, parser: expat.XMLParserType, part: bytes, start, end=None, text=None) -> None:  # type: ignore[no-untyped-def]
        """As :meth:`parse`, with a *parser* that the handlers know."""
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.EntityDeclHandler = self._refuse_entities
        try:
            parser.Parse(part, True)
        except (expat.ExpatError, LookupError, ValueError, UnicodeError) as error:
            raise self._broken() from error

    def _refuse_entities(self, *_given: object) -> None:
        raise InputError(
            problem(
                "file-entities",
                "表格里有自定义实体，正常的表格没有；为安全起见不读，请另存为 .xlsx 再试",
                place=self.place,
            )
        )

    def _broken(self) -> InputError:
        return self._refused("broken")

    def _refused(self, reason: Reason) -> InputError:
        """What is wrong with the package, for a clerk."""
        match reason:
            case "too-many":
                return too_many(self.limits, self.place)
            case "encrypted":
                found = problem("file-encrypted-zip", "压缩包加了密码；请去掉密码，另存为 .xlsx 再读", place=self.place)
            case "too-large":
                found = problem(
                    "file-unpacks-too-large",
                    "表格解压后超过上限{limit}字节，不像是自评表；请删去多余的空行、空列和图片，另存为 .xlsx 再读，或用 limits 放宽上限",
                    place=self.place,
                    limit=self.limits.unpacked,
                )
            case _:
                found = problem(
                    "file-broken",
                    "表格文件已损坏，读不出来；请用 WPS 打开看能否修复，另存为 .xlsx 再读",
                    place=self.place,
                )
        return InputError(found)


def local(tag: str) -> str:
    """An element's name without its prefix: some programs write x:row for row."""
    return tag[tag.find(":") + 1 :]


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
            key = plain_name(old)
            part = left.pop(key)[1] if key in left else package.read(key)
            if part is not None:
                new.writestr(entry, part)
        for name, part in left.values():
            if part is not None:
                entry = _Entry(name, _FIRST_DAY)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                new.writestr(entry, part)
    return out.getvalue()
