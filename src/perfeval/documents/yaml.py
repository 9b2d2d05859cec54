"""YAML: text → documents of Fields, every scalar a Cell as written; no alias, tag or repeated key.

Nothing is resolved, so ``是``, ``1.0`` and ``2021-01-01`` stay the words they are. What is written plainly is
read by :mod:`perfeval.documents.plain`, all else by ruamel's parser; what clerks really write wrongly is
explained in :mod:`perfeval.documents.traps`.
"""

from __future__ import annotations

from typing import Any

from perfeval import __version__
from perfeval.documents import plain
from perfeval.documents.cells import Fields
from perfeval.documents.limits import DEFAULT, Limits
from perfeval.errors import InputError, Place, problem


def read(text: str, source: str = "", limits: Limits = DEFAULT) -> list[Any]:
    """The documents of *text*, each usually Fields.

    Raises InputError with line and column for whatever is not YAML, for aliases, anchors, tags and
    repeated keys, and for what exceeds *limits*.
    """
    documents = plain.read(text, source, limits)
    if documents is not None:
        return documents
    from perfeval.documents.events import Composer

    return Composer(text, source, limits).documents()


def kind_of(document: Any, place: Place | None) -> tuple[str, str]:
    """The kind and edition of a document (``perfeval: case/1`` gives case and 1).

    Raises InputError where the first key is not ``perfeval``, the kind is unknown or its edition is newer.
    """
    head = next(iter(document.items()), (None, None)) if isinstance(document, Fields) else (None, None)
    key, value = head
    if key != "perfeval" or not isinstance(value, str):
        raise InputError(
            problem(
                "kind-missing",
                "文件第一行应写明种类和版次，如“perfeval: case/1”（自评案例）、framework/1（指标体系）、category/1（任务类别）",
                place=place,
            )
        )
    kind, _, edition = value.partition("/")
    if kind in KINDS and edition.isdecimal() and edition.isascii() and int(edition[:9]) > int(KINDS[kind][-1]):
        raise InputError(
            problem(
                "edition-newer",
                "这个文件写的是“{kind}”，要用更新的 perfeval 才能读；现在的 perfeval {version} 读到 {known}，"
                "请升级：python3 -m pip install --upgrade perfeval",
                place=getattr(value, "place", place),
                kind=str(value),
                version=__version__,
                known=f"{kind}/{KINDS[kind][-1]}",
            )
        )
    if kind not in KINDS or edition not in KINDS[kind]:
        raise InputError(
            problem(
                "kind-unknown",
                "不认识的文件种类“{kind}”；能读的有：{known}",
                place=getattr(value, "place", place),
                kind=value,
                known=tuple(f"{name}/{number}" for name, numbers in KINDS.items() for number in numbers),
            )
        )
    return kind, edition


KINDS = {"case": ("1",), "framework": ("1",), "category": ("1",), "form": ("1",), "monitoring": ("1",)}
