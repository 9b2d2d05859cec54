"""来源: a path, bytes or an open file → its bytes; a text of YAML or JSON → documents with kind, fields and folder."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, TextIO

from perfeval.documents import json, yaml
from perfeval.documents.cells import Cells, Fields, place_of, without
from perfeval.documents.limits import DEFAULT, ENTRIES, Limits, too_large, too_many_entries
from perfeval.documents.os_errors import unread
from perfeval.documents.text import decode, readable
from perfeval.errors import InputError, Place, problem

if TYPE_CHECKING:
    from perfeval.errors import Problem
    from perfeval.model.note import Note


SUFFIXES = (".yaml", ".yml", ".json", ".jsonl")


Source = str | PathLike[str] | bytes | BinaryIO | TextIO
LOCK = "~$"
"""What the names of the files begin with that WPS and Excel keep beside an open workbook."""


class Document(NamedTuple):
    """文档: one document of a source as written; ``folder`` is None where it came as bytes or a stream."""

    kind: str
    fields: Fields
    folder: Path | None
    source: str
    remarks: tuple[Note, ...] = ()
    table: bool = False
    """Whether it was read from tables, whose rows have yet to find their place on the framework's tree."""
    problems: tuple[Problem, ...] = ()
    """What is wrong beside what its fields will refuse: told together."""


def text_documents(source: Source, limits: Limits = DEFAULT, label: str = "") -> list[Document]:
    """Every document of a YAML or JSON *source*; *label* names it in messages where it has no name of its own.

    Raises InputError for what cannot be opened, decoded or parsed, and for a document of no known kind.
    """
    data, name, folder = opened(source, limits)
    return parsed(data, name, folder, limits, label or name)


def parsed(data: bytes, name: str, folder: Path | None, limits: Limits, label: str) -> list[Document]:
    """The documents of what was opened under *name* in *folder*, called *label* in messages."""
    text = decode(data, label, limits)
    read = _reader(text, Path(name).suffix.lower() if folder is not None else "")
    result = []
    documents = _each(read(text, label, limits))
    if len(documents) > ENTRIES["documents"]:
        raise too_many_entries("documents", len(documents), Place(source=label))
    for written in documents:
        place = place_of(written) or Place(source=label, line=1, column=1)
        kind, _edition = yaml.kind_of(written, place)
        result.append(Document(kind, without(written, "perfeval"), folder, label))
    if not result:
        raise InputError(problem("input-empty", "内容是空的", place=Place(source=label)))
    return result


def _each(written: list[Any]) -> list[Any]:
    return [each for document in written for each in (document if isinstance(document, Cells) else [document])]


def _reader(text: str, suffix: str) -> Any:
    if suffix in (".json", ".jsonl") or (suffix not in (".yaml", ".yml") and _looks_like_json(text)):
        return json.read
    return yaml.read


def _looks_like_json(text: str) -> bool:
    head = text[:200].split()
    return bool(head) and (head[0].startswith('{"') or "".join(head[:2]).startswith(('{"', '[{"', "[{}", "{}")))


def opened(source: Source, limits: Limits) -> tuple[bytes, str, Path | None]:
    """Bytes, name for messages, and folder of *source*."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source), "", None
    read = getattr(source, "read", None)
    if read is not None:
        data = read(limits.size + 1)
        name = getattr(source, "name", "")
        name = Path(name).name if isinstance(name, str) else ""
        return (data.encode() if isinstance(data, str) else bytes(data)), name, None
    path = Path(source)  # type: ignore[arg-type]
    try:
        size = path.stat().st_size
        if size > limits.size:
            raise too_large(size, limits, Place(source=readable(str(path))))
        with path.open("rb") as stream:
            return stream.read(limits.size + 1), readable(str(path)), path.parent
    except (OSError, ValueError) as error:
        raise unread(path, error) from None


def inside(name: str, folder: Path | None, place: Place | None) -> Path:
    """The path of a file that a case names: only inside the case's own folder, and only data.

    Raises InputError for a path that leads out of the folder and for a case that came without one.
    """
    if folder is None:
        raise InputError(
            problem(
                "path-without-folder",
                "不是从文件读入的案例不能引用别的文件“{name}”；请把内容写进来，或从文件读入",
                place=place,
                name=str(name),
            )
        )
    home = folder.resolve()
    try:
        path = (home / name).resolve()
    except RuntimeError:  # links that lead in a circle lead nowhere
        path = home.parent
    if not path.is_relative_to(home):
        raise InputError(
            problem("path-outside", "“{name}”在案例的文件夹之外；请把文件放进案例的文件夹", place=place, name=str(name))
        )
    return path


def is_path(name: str) -> bool:
    """Whether a framework's or category's name is the path of a file, or (with / at its end) of a category's folder."""
    return name.lower().endswith((*SUFFIXES, "/"))
