"""表式: an official grid as data — title, head lines, funds, goals, indicator columns, foot — read from a file.

Columns are told by their headings, with the very words by which a workbook is read, so that what is written
reads back. An office or a category brings its own as one more file or record; nothing here is code of one form.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.conversion.converter import converter
from perfeval.documents.cells import Cell, Cells, Fields
from perfeval.errors import NotFoundError, OutputError, Place, problem, record_repr
from perfeval.model.fields import field_metadata, flag_field, place_field, record_field, several, text_field
from perfeval.reading.sources import documents
from perfeval.strategies.strategy import Basis  # noqa: TC001 - the converter resolves the annotations

if TYPE_CHECKING:
    from os import PathLike

    from perfeval.results.evaluation import Evaluation


def _texts(term: str) -> Any:
    return field(default=(), converter=several, metadata=field_metadata(term, kind="texts"))


@frozen(repr=False)
class Block:
    """栏目: one block of a form: the words at its side, its columns (资金来源 ×2: two grid columns), its lines."""

    __repr__ = record_repr

    label: str = text_field("名称")
    columns: tuple[str, ...] = _texts("栏")
    lines: tuple[str, ...] = _texts("行")
    place: Place | None = place_field()


@frozen(repr=False)
class Form:
    """表式: one official grid.

    ``of`` is what it is for (项目, 部门整体 or another stage), ``fits`` are words of the names of frameworks that
    it belongs to; ``widths`` are the grid's columns. Head and foot lines are cells separated by “|”, each
    with ×n for the columns it takes and {项目名称} … for what the case says.
    """

    __repr__ = record_repr

    name: str = text_field("名称")
    of: str = text_field("适用")
    fits: tuple[str, ...] = _texts("指标体系")
    title: str = text_field("标题")
    under: str = text_field("副标题")
    unit: str = text_field("金额单位", default="万元")
    widths: tuple[str, ...] = _texts("列宽")
    landscape: bool = flag_field("横向")
    head: tuple[str, ...] = _texts("表头")
    funds: Block | None = record_field("资金")
    goals: Block | None = record_field("目标")
    rows: Block = field(default=Block(), metadata=field_metadata("指标", kind="record"))
    total: str = text_field("合计")
    foot: tuple[str, ...] = _texts("表尾")
    note: str = text_field("说明")
    basis: Basis | None = field(default=None, metadata=field_metadata("依据", kind="basis"))
    place: Place | None = place_field()


def span(cell: str) -> tuple[str, int]:
    """The words of a cell and how many columns of the grid it takes: 资金来源 ×2."""
    text, mark, number = cell.rpartition("×")
    if mark and number.strip().isdecimal():
        return text.strip(), int(number)
    return cell.strip(), 1


def chosen(evaluation: Evaluation, wanted: str | PathLike[str] | bytes | None = None) -> Form:
    """The form that *wanted* names (or holds, as a file), else the one that fits the evaluation's framework.

    Raises NotFoundError naming the forms there are, InputError for a file that is none, OutputError for a
    form whose cells do not fit its grid.
    """
    own = [_made(each) for category in evaluation.case.categories for each in category.forms]
    known = [*own, *built_in()]
    if wanted:
        named = [each for each in known if each.name == wanted]
        return _whole(named[0] if named else _from_file(wanted, known))
    of = "项目" if of_project(evaluation) else "部门整体"
    framework = evaluation.score.of.part.name
    fitting = [each for each in known if any(word in framework for word in each.fits)]
    fitting += [each for each in known if not each.fits]
    return _whole(next(each for each in fitting if each.of == of))


def of_project(evaluation: Evaluation) -> bool:
    """Whether a case is one project's and not a whole office's, by its framework, projects and profile."""
    case, name = evaluation.case, evaluation.score.of.part.name
    if evaluation.plan.of_project:
        return True
    return "整体" not in name and "部门" not in name and not case.projects and case.profile is None


@lru_cache(maxsize=1)
def built_in() -> tuple[Form, ...]:
    """The forms that come with the library, by file name."""
    from importlib.resources import files

    folder = files(__package__).joinpath("forms")
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    return tuple(_read(folder.joinpath(name).read_bytes(), name) for name in names)


def _from_file(wanted: str | PathLike[str] | bytes, known: list[Form]) -> Form:
    from pathlib import Path

    if isinstance(wanted, bytes):
        return _read(wanted, "")
    path = Path(wanted)
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        raise NotFoundError(
            problem(
                "form-unknown",
                "没有表式“{name}”；有：{known}；自己的表式写成 .yaml，第一行是“perfeval: form/1”",
                name=str(wanted),
                known=tuple(each.name for each in known),
            )
        )

    return _structured(documents(path)[0].fields)


def _read(data: bytes, label: str) -> Form:
    return _structured(documents(data, label=label)[0].fields)


def _structured(fields: Any) -> Form:
    made: Form = converter().structure(fields, Form)
    return made


def _made(written: Any) -> Form:
    """A category's form: a record already, or as its file has it."""
    return written if isinstance(written, Form) else _structured(_thawed(written))


def _thawed(written: Any) -> Any:
    """Pairs as fields and tuples as lists again."""
    if not isinstance(written, tuple):
        return written
    if written and all(isinstance(each, tuple) and len(each) == 2 for each in written):
        found = Fields()
        for key, value in written:
            found[key if isinstance(key, Cell) else Cell(key)] = _thawed(value)
        return found
    cells = Cells("")
    cells.extend(_thawed(each) for each in written)
    return cells


def _whole(form: Form) -> Form:
    """*form*, if every line of it takes exactly the columns of its grid."""
    wide = len(form.widths)
    blocks = [each for each in (form.funds, form.goals, form.rows) if each is not None]
    lines = [("、".join(each.columns), each.columns, bool(each.label)) for each in blocks]
    lines += [(line, tuple(line.split("|")), False) for line in (*form.head, *form.foot)]
    wrong = [
        (text, taken)
        for text, cells, labelled in lines
        if (taken := sum(span(cell)[1] for cell in cells) + labelled) != wide
    ]
    if wrong or not all(each.replace(".", "", 1).isdecimal() for each in form.widths):
        text, taken = wrong[0] if wrong else ("、".join(form.widths), 0)
        raise OutputError(
            problem(
                "form-columns",
                "表式“{name}”有{wide}列，“{line}”占了{taken}列；请用“×2”写明各格占几列",
                place=form.place,
                name=form.name,
                wide=wide,
                line=text,
                taken=taken,
            )
        )
    return form
