"""来源: a path, bytes or an open file → documents, each with its kind, its fields and its folder."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from perfeval.documents import yaml
from perfeval.documents.cells import place_of, without
from perfeval.documents.limits import DEFAULT, Limits, too_large
from perfeval.documents.source import LOCK, Document, Source, opened, parsed
from perfeval.errors import InputError, Place, problem

if TYPE_CHECKING:
    from perfeval.reading.fill_in.reading import Filled

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".xltx")


def documents(source: Source, limits: Limits = DEFAULT, label: str = "") -> list[Document]:
    """Every document of *source*; *label* names it in messages where it has no name of its own.

    Raises InputError for what cannot be opened, decoded or parsed, and for a document of no known kind.
    """
    if isinstance(source, (str, PathLike)) and Path(source).name.startswith(LOCK):
        return []
    data, name, folder = opened(source, limits)
    label = label or name
    found = _workbook(data, label, folder, limits)
    return parsed(data, name, folder, limits, label) if found is None else found


def _workbook(data: bytes, label: str, folder: Path | None, limits: Limits) -> list[Document] | None:
    """The case that a workbook states, and rules that it brings; None for text. What is neither is refused with the steps to take."""
    from perfeval.documents import file_types

    if not file_types.is_package(data):
        refused = file_types.refusal(data, label)
        if refused is None and data and folder is not None and label.lower().endswith(WORKBOOKS):
            refused = problem(
                "file-not-workbook",
                "文件名像表格，内容不是；请用 WPS 打开，点“文件→另存为”，类型选“Excel 文件（*.xlsx）”，再读新文件",
                place=Place(source=label),
            )
        if refused is not None:
            raise InputError(refused)
        return None
    if len(data) > limits.size:
        raise too_large(len(data), limits, Place(source=label))
    from perfeval.documents.xlsx import reading as xlsx
    from perfeval.reading.fill_in import reading
    from perfeval.reading.forms import workbook

    book = xlsx.read(data, label, limits)
    if reading.is_ours(book):
        return _filled(reading.read(book, label, limits), folder, label)
    fields, remarks, rules = workbook.taken(book, label, limits)
    brought = (Document(kind, without(each, "perfeval"), folder, label) for kind, each in rules)
    return [Document("case", fields, folder, label, remarks, True), *brought]


def _filled(read: Filled, folder: Path | None, label: str) -> list[Document]:
    """The case of a filled workbook, and the frameworks and categories that it brings along."""
    case = Document("case", read.fields, folder, label, read.remarks, problems=read.problems)
    rules = ((yaml.kind_of(each, place_of(each))[0], each) for each in read.rules)
    return [case, *(Document(kind, without(each, "perfeval"), folder, label) for kind, each in rules)]
