"""The office's own workbook filled and marked: only what must change does, formulas are live, and it reads back."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import making
import openpyxl
import pytest
from attrs import evolve
from openpyxl.comments import Comment
from recalculating import formulas, recalculated

import perfeval as pe
from perfeval.command.main import main
from perfeval.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

CHANGED = {"[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"}
ADDED = {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}


def blanks(sheet: Worksheet) -> None:
    """Points and rates left out in rows of numbers; one row scored wrong."""
    for at in ("I6", "H6", "H8", "H13", "H15", "H19"):
        sheet[at] = None
    sheet["E13"], sheet["F13"] = "≥160次", 120
    sheet["E16"], sheet["F16"], sheet["H16"] = 0.96, 0.888, 9
    sheet["E16"].number_format, sheet["F16"].number_format = "0%", "0.0%"
    sheet["H17"] = 30


def marks(data: bytes, *, points: str = "stated", framework: str | None = None) -> tuple[bytes, Any]:
    """The marked copy of a workbook, and what was evaluated."""
    evaluation = pe.evaluate(pe.read(data, framework=framework))
    return pe.mark(evaluation, data, points=points).data, evaluation


def parts(data: bytes) -> dict[str, bytes]:
    """Every part by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {each.filename: package.read(each) for each in package.infolist()}


def sheet_of(data: bytes, *, data_only: bool = False) -> Any:
    """The first sheet as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only).worksheets[0]


def bare(case: pe.Case) -> pe.Case:
    """A case without what only says where it was read."""
    return evolve(case, remarks=())


# -- only what must change ----------------------------------------------------------------------------


def named(data: bytes) -> bytes:
    """A part with a Chinese name in UTF-8, and a picture that is stored as it is."""
    return making.edit(data, {}, {"customXml/说明.txt": b"utf-8", "xl/media/image1.png": bytes(range(256))})


@pytest.mark.parametrize("make", [making.wps, making.wrong_dimension, lambda data: data, making.prefixed, named])
def test_other_parts_are_byte_equal(make):
    """Styles, strings, properties, names in GBK and the order of the parts stay; two notes' parts are new."""
    before = make(making.national(blanks))
    after, _ = marks(before)
    old, new = parts(before), parts(after)
    assert {name for name in old if old[name] != new[name]} == CHANGED - (CHANGED - set(old))
    assert set(new) - set(old) == ADDED | (CHANGED - set(old))
    assert [name for name in new if name in old] == list(old)
    names = zipfile.ZipFile(io.BytesIO(before)).namelist(), zipfile.ZipFile(io.BytesIO(after)).namelist()
    assert names[1][: len(names[0])] == names[0]


def test_in_the_sheet_only_filled_cells_change():
    """Cells that are right, merges, widths and the signature line keep their bytes."""
    before = making.national(blanks)
    after, _ = marks(before)
    old, new = (parts(each)["xl/worksheets/sheet1.xml"].decode() for each in (before, after))
    filled = ("H6", "I6", "H8", "H13", "H15", "H19")

    def rest(text: str) -> str:
        for at in filled:
            text = re.sub(rf'<c r="{at}"[^>]*?(?:/>|>.*?</c>)', at, text)
        return re.sub(r"<legacyDrawing[^>]*/>", "", text)

    assert rest(old) == rest(new)
    assert [at for at in filled if old.count(f'<c r="{at}"') != 1] == []
    assert sheet_of(before).merged_cells.ranges == sheet_of(after).merged_cells.ranges


def closed(data: bytes) -> bytes:
    """As most programs write: blank cells close themselves, the last of a row and of the styles too."""
    return making.edit(
        data, {r"sheet1|styles": lambda part: re.sub(rb"(<(?:c|xf) [^<>]*[^/<>])></(?:c|xf)>", rb"\1/>", part)}
    )


def opened(data: bytes) -> bytes:
    """As some do: with an end tag for every cell, spaces in it, and rows and cells that do not say where they are."""

    def change(part: bytes) -> bytes:
        part = re.sub(rb"<(c|xf)( [^<>]*?) ?/>", rb"<\1\2></\1 >", part)
        return re.sub(rb'(<c) r="[A-Z]+\d+"', rb"\1", re.sub(rb'(<row) r="\d+"', rb"\1", part))

    return making.edit(data, {r"sheet1|styles": change})


def test_however_cells_are_closed():
    """Cells that close themselves, cells with end tags and cells without an address are filled alike."""

    def every(sheet: Worksheet) -> None:
        blanks(sheet)
        for row in sheet.iter_rows(max_row=20, max_col=9):
            for cell in row:
                if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    cell.number_format = cell.number_format if "%" in cell.number_format else "0"
        sheet["H6"].number_format = "General"

    data = making.national(every)
    both = [sheet_of(marks(make(data))[0], data_only=True) for make in (closed, opened)]
    for at in ("H6", "I6", "H8", "H13", "H15", "H19"):
        assert both[0][at].value == both[1][at].value == sheet_of(marks(data)[0], data_only=True)[at].value


def test_the_same_bytes_twice():
    """Marking the same workbook again gives the same bytes, whatever the clock."""
    data = making.national(blanks)
    assert marks(data)[0] == marks(data)[0]


# -- what is filled -----------------------------------------------------------------------------------


def test_blanks_are_filled_with_live_formulas():
    """Blank rates and points get formulas with their values stored; what the office wrote stays."""
    after, evaluation = marks(making.national(blanks))
    live, values = sheet_of(after), sheet_of(after, data_only=True)
    for at, value in (("H6", 0.9), ("H8", 0.9), ("I6", 9), ("H13", 15), ("H15", 10)):
        assert str(live[at].value).startswith("=")
        assert values[at].value == value
    assert live["H16"].value == 9
    assert values["H19"].value == 9 + 15 + 9.5 + 10 + 9 + 30 + 9  # of what stands, 9 for H16 among it
    assert str(live["H19"].value).startswith("=")
    assert evaluation["清查行动"].earned == pe.Quantity(15, "分")
    assert "20分 × 120次 ÷ 160次 = 15分" in live["H13"].comment.text


def test_a_cell_that_would_hide_the_number_gets_a_format():
    """Text cells, whole numbers and rates without % would hide what is filled in: they get a copy of their style."""

    def formats(sheet: Worksheet) -> None:
        blanks(sheet)
        sheet["H6"].number_format, sheet["H13"].number_format, sheet["H15"].number_format = "General", "0", "@"
        sheet["F13"] = 100
        sheet["H6"].font = openpyxl.styles.Font(name="仿宋", size=13)

    before = making.national(formats)
    after, _ = marks(before)
    sheet = sheet_of(after, data_only=True)
    assert [(sheet[at].value, sheet[at].number_format) for at in ("H6", "H13", "H15")] == [
        (0.9, "0.00%"), (12.5, "General"), (10, "General"),
    ]  # fmt: skip
    assert (sheet["H6"].font.name, sheet["H6"].border.left.style) == ("仿宋", "thin")
    assert sheet["H8"].number_format == sheet_of(before)["H8"].number_format
    old, new = parts(before), parts(after)
    assert {name for name in old if old[name] != new[name]} == {
        "[Content_Types].xml",
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
    }
    assert pe.read(after).budget.rate.text == "90.00%"


def test_computed_corrects_what_differs():
    """With computed points the wrong cell is live too, its note names what stood there, and the total follows."""
    after, evaluation = marks(making.national(blanks), points="computed")
    live, values = sheet_of(after), sheet_of(after, data_only=True)
    assert values["H16"].value == 9.25  # 10 × 0.888 ÷ 0.96
    assert str(live["H16"].value).startswith("=")
    assert live["H16"].comment.text.startswith("原填9分，改为核算的9.25分")
    assert values["H19"].value == float(evaluation.score.earned.number) == 91.75


@pytest.mark.parametrize(
    ("had", "has"),
    [
        (b"", b'<calcPr fullCalcOnLoad="1"/></workbook>'),
        (b'<calcPr calcId="1"/>', b'<calcPr calcId="1" fullCalcOnLoad="1"/>'),
        (b'<calcPr fullCalcOnLoad="0" calcId="1" />', b'<calcPr calcId="1" fullCalcOnLoad="1"/>'),
    ],
)
def test_the_office_s_own_formulas_are_calculated_anew(had, has):
    """Where the office has formulas of its own, what they stored may be old now: programs are asked to calculate."""

    def linked(sheet: Worksheet) -> None:
        blanks(sheet)
        sheet["L1"] = "=H13*2"

    def other(part: bytes) -> bytes:
        return re.sub(rb"<calcPr[^>]*/>", had, part)

    before = making.edit(making.national(linked), {r"xl/workbook\.xml": other})
    after, _ = marks(before)
    book = parts(after)["xl/workbook.xml"]
    assert book.count(b"fullCalcOnLoad") == 1
    assert has in book
    assert sheet_of(after)["L1"].value == "=H13*2"
    without, _ = marks(making.edit(making.national(blanks), {r"xl/workbook\.xml": other}))
    assert re.sub(rb"<calcPr[^>]*/>", b"", parts(without)["xl/workbook.xml"]) == re.sub(rb"<calcPr[^>]*/>", b"", book)
    assert had in parts(without)["xl/workbook.xml"]


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("points", ["stated", "computed"])
def test_libreoffice_calculates_what_is_stored(points):
    """LibreOffice opens the copy, keeps its notes and comes to the stored values; a changed actual is followed."""
    after, _ = marks(making.national(blanks), points=points)
    stored, anew = sheet_of(after, data_only=True), recalculated(after).worksheets[0]
    cells = [cell for _, cell in formulas(after)]
    assert len(cells) == 6 + (points == "computed")
    assert {at: stored[at].value for at in cells} == {at: anew[at].value for at in cells}
    assert anew["H13"].comment is not None
    book = openpyxl.load_workbook(io.BytesIO(after))
    book.worksheets[0]["F13"] = 100
    assert recalculated(making.saved(book)).worksheets[0]["H13"].value == 12.5  # 20 × 100 ÷ 160


LAYOUTS = [
    making.national,
    making.sichuan,
    making.hubei,
    making.chongqing,
    making.yunnan,
    making.transfer,
    making.whole_office,
    making.tasks,
    making.several,
    making.goals,
    making.monitoring,
]
HABITS = [making.wrong_dimension, making.wps, making.prefixed, making.as_text, making.uncalculated, making.lower]


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("make", LAYOUTS)
def test_every_layout_with_every_habit(make, habit):
    """However a table is written, it states the same, is checked and marked, and the copy reads back the same."""
    plain, data = pe.read(make()), habit(make())
    case = pe.read(data)
    unknown = {each.of for each in case.remarks if each.problem.code == "formula-uncalculated"}
    assert bool(unknown) == (habit is making.uncalculated and any(row.earned for row in _all_rows(plain)))
    assert _said(case) == _said(plain)
    after, evaluation = marks(data)
    again = pe.read(after)
    assert _said(again) == _said(plain)
    assert {each.code for each in evaluation.findings} >= ({"cell-unread"} if unknown else set())
    assert len(again.remarks) <= len(case.remarks)


def _all_rows(case: pe.Case) -> list[Any]:
    return [*case.rows, *(row for project in case.projects for row in project.rows)]


def _said(case: pe.Case) -> Any:
    """What a case says, apart from points earned: header, amounts, and of each row points, target, actual and reason."""

    def figures(record: Any, *names: str) -> Any:
        found = [getattr(record, name) for name in names]
        return [each if each is None or each.quantity is None else each.quantity for each in found]

    budgets = [each for each in (case.budget, *(project.budget for project in case.projects)) if each is not None]
    money = "initial", "adjusted", "whole_year", "spent", "forecast"
    return (
        case.office, case.year, case.title, case.goals, case.framework, [each.name for each in case.projects],
        [figures(each, *money) for budget in budgets for each in (budget, *budget.lines)],
        [(row.of, row.reason, row.likely, figures(row, "points", "forecast"), _target(row.target), _text(row.actual))
         for row in _all_rows(case)],
    )  # fmt: skip


def _text(figure: Any) -> Any:
    return figure if figure is None or figure.quantity is None else figure.quantity


def _target(target: Any) -> Any:
    return (target.sign, _text(target.figure)) if isinstance(target, pe.Compared) else target and target.text


@pytest.mark.parametrize("make", LAYOUTS)
@pytest.mark.parametrize("points", ["stated", "computed"])
def test_every_layout_reads_back(make, points):
    """The copy of each layout states the same case; only points and rates that were filled or corrected differ."""
    data = make()
    after, _ = marks(data, points=points)
    before, again = pe.read(data), pe.read(after)
    assert _without_points(again) == _without_points(before)


def _without_points(case: pe.Case) -> Any:
    def rows(table: Any) -> list[Any]:
        return [evolve(row, earned=None) for row in table.rows]

    def funds(budget: Any) -> Any:
        return (
            None
            if budget is None
            else evolve(budget, rate=None, lines=[evolve(each, rate=None) for each in budget.lines])
        )

    return (
        case.office, case.year, case.title, case.goals, rows(case), funds(case.budget),
        [(each.name, rows(each), funds(each.budget)) for each in case.projects],
    )  # fmt: skip


def test_read_again_the_case_has_the_filled_points():
    """The marked copy is the same case with the blanks filled, and nothing is left to fill."""
    data = making.national(blanks)
    after, evaluation = marks(data)
    again = pe.read(after)
    filled = {row.of: row.earned.quantity for row in again.rows if row.earned is not None}
    assert filled["产出指标/数量指标/清查行动"] == pe.Quantity(15, "分")
    assert len(filled) == len(again.rows)
    assert again.budget.rate.quantity == pe.Quantity(90, "%")
    assert pe.mark(pe.evaluate(again), after).filled == 0
    assert _without_points(again) == _without_points(evaluation.case)


# -- notes ----------------------------------------------------------------------------------------------


def test_findings_stand_on_their_cells():
    """Each finding is a note on the cell that it names."""
    after, evaluation = marks(making.national(blanks))
    sheet = sheet_of(after)
    for finding in evaluation.findings:
        for place in finding.places:
            note = sheet[place.cell.rpartition("!")[2]].comment
            assert finding.sentence() in note.text


def test_notes_that_are_there_stay():
    """The office's own notes keep their words; a cell that has one says both."""

    def noted(sheet: Worksheet) -> None:
        blanks(sheet)
        sheet["H13"].comment = Comment("待核（示例数据）", "示例")
        sheet["C3"].comment = Comment("全称（示例数据）", "示例")

    after, _ = marks(making.national(noted))
    sheet = sheet_of(after)
    assert sheet["C3"].comment.text == "全称（示例数据）"
    assert sheet["H13"].comment.text.startswith("待核（示例数据）\n空格填入核算的15分")
    assert sheet["H15"].comment.text.startswith("空格填入核算的10分")
    assert set(parts(after)) == set(parts(making.national(noted)))


def test_hostile_words_stay_words():
    """Names and targets that begin like formulas, or with markup in them, become no formula and break nothing."""

    def hostile(sheet: Worksheet) -> None:
        blanks(sheet)
        for row, word in ((13, '=HYPERLINK("x")&<b>'), (14, "+1+1"), (15, "@SUM(A1)"), (16, "-2+3")):
            sheet.cell(row, 4).value = word
            sheet.cell(row, 4).data_type = "s"
        sheet["I14"].value, sheet["I14"].data_type = "=1+1]]><x>", "s"

    after, evaluation = marks(making.national(hostile))
    assert "=HYPERLINK" in str([score.name for score in evaluation.score.walk()])
    assert {cell for _, cell in formulas(after)} == {"H6", "H8", "I6", "H13", "H15", "H19"}
    assert sheet_of(after)["I14"].data_type == "s"


# -- files ----------------------------------------------------------------------------------------------


def test_the_command_writes_the_copy_and_says_so(tmp_path: Path, capsys):
    """-o with .xlsx writes the copy of the workbook; what is there already stays, and so does the office's file."""
    source, out = tmp_path / "附件1.xlsx", tmp_path / "已核.xlsx"
    data = making.national(blanks)
    source.write_bytes(data)
    assert _run("evaluate", str(source), "-o", str(out)) in (0, 1)
    assert "填写空格6处" in capsys.readouterr().out
    first = out.read_bytes()
    assert set(parts(data)) <= set(parts(first))
    assert _run("evaluate", str(source), "-o", str(out), "--points", "computed") == 2
    assert out.read_bytes() == first
    assert _run("evaluate", str(source), "-o", str(source), "--force") == 2
    assert source.read_bytes() == data
    assert _run("evaluate", str(source), "-o", str(out), "--points", "computed", "--force") in (0, 1)
    assert "改正1处" in capsys.readouterr().out


def _run(*words: str) -> Any:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    return ended.value.code


def test_a_workbook_with_macros_is_refused():
    """It cannot stand under .xlsx: the message says how to save it first."""
    plain, macros = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    data = making.edit(making.national(blanks), {r"Content_Types": lambda part: part.replace(plain, macros)})
    with pytest.raises(OutputError) as raised:
        marks(data)
    assert raised.value.code == "marking-other-kind"


def test_other_sheets_or_none_are_refused():
    """A case that did not come from this workbook is not written into it."""
    data = making.national(blanks)
    evaluation = pe.evaluate(pe.read(data))
    with pytest.raises(OutputError) as raised:
        pe.mark(evaluation, making.sichuan())
    assert raised.value.code == "marking-source-changed"
    with pytest.raises(OutputError):
        pe.mark(pe.evaluate(evolve(evaluation.case, place=None)), data)


def test_a_formula_that_becomes_a_value_takes_the_order_of_calculation_along():
    """The stored order must not name a cell without a formula: then it is left out, with what names it."""

    def computed(sheet: Worksheet) -> None:
        blanks(sheet)
        sheet["F14"] = "19000栋次"
        sheet["H14"] = "=4+5"

    space = b"http://schemas.openxmlformats.org"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    chain = b'<calcChain xmlns="%b/spreadsheetml/2006/main"><c r="H14" i="1"/></calcChain>' % space
    relation = b'<Relationship Id="rId99" Type="%b/officeDocument/2006/relationships/calcChain" ' % space
    data = making.edit(
        making.national(computed),
        {
            r"sheet1\.xml$": lambda part: re.sub(rb"<f>4\+5</f><v(?:></v>| ?/>)", b"<f>4+5</f><v>9</v>", part),
            r"workbook\.xml\.rels": lambda part: part.replace(
                b"</Relationships>", relation + b'Target="calcChain.xml"/></Relationships>'
            ),
            r"Content_Types": lambda part: part.replace(
                b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="%b"/></Types>' % kind
            ),
        },
        {"xl/calcChain.xml": chain},
    )
    kept, _ = marks(data)
    assert parts(kept)["xl/calcChain.xml"] == chain
    after, _ = marks(data, points="computed")
    assert sheet_of(after)["H14"].value == 9.5
    assert not [name for name, part in parts(after).items() if b"calcChain" in part or "calcChain" in name]
