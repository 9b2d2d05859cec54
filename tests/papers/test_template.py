"""The workbook for staff: what goes in comes back, headings are protected, choices and notes stand where they are needed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import test_unstructure
from attrs import evolve
from hypothesis import given, settings
from recalculating import converted

import perfeval as pe
from perfeval.conversion.field_specs import specs_of
from perfeval.engine.pipeline import evaluate
from perfeval.errors import OutputError
from perfeval.model.case import Budget, Case, Issue, Item, Mechanism, Profile, Project, Row
from perfeval.model.framework import Dimension, Framework, Indicator
from perfeval.plugins import loading
from perfeval.reading.case import read
from perfeval.reading.fill_in import layout, template, words
from perfeval.reading.fill_in.layout import DataTable, RecordForm, RecordTable, sheets
from perfeval.reading.fill_in.pages import inline
from perfeval.testing import whole_cases

ROOT = Path(__file__).parents[2]
EXAMPLES = {"yongping-2021": "baiyun/office-2021", "chuzuwu-2021": "national/project-2020"}


def example(name: str) -> tuple[Case, bytes]:
    """A shipped case, and its workbook."""
    case = read(ROOT / "examples" / name / "case.yaml")
    return case, template.to_xlsx(case, named={EXAMPLES[name]: loading.framework(EXAMPLES[name])})


def opened(data: bytes) -> Any:
    """The workbook as another program sees it."""
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_whole_case_comes_back(name: str) -> None:
    """Both shipped cases, with their projects, data, words and rules, are in the workbook whole; the bytes are the same."""
    case, data = example(name)
    assert read(data) == case
    assert example(name)[1] == data


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", EXAMPLES)
def test_saved_by_libreoffice(name: str) -> None:
    """Opened and saved by another program, it is the same case."""
    case, data = example(name)
    saved = converted(data, "xlsx")
    assert saved != data
    assert read(saved) == case


def holdable(case: Case) -> Case:
    """*case* without what a workbook cannot hold: empty records and items, backslashes, projects of one name."""
    projects = [
        evolve(each, name=f"{each.name}{at}", budget=filled(each.budget)) for at, each in enumerate(case.projects)
    ]
    rows = [clean(row) for row in case.rows]
    return evolve(
        case,
        profile=filled(case.profile),
        budget=filled(case.budget),
        projects=[evolve(each, rows=[clean(row) for row in each.rows]) for each in projects],
        rows=rows,
        reviewed=None
        if case.reviewed is None
        else evolve(case.reviewed, rows=[clean(row) for row in case.reviewed.rows]),
        data=items(case.data),
    )


def filled(record: Any) -> Any:
    """*record*, or None where nothing is written in it."""
    return None if record is not None and record == type(record)() else record


def clean(row: Row) -> Row:
    """*row* without backslashes in its evidence."""
    return evolve(row, evidence=[each.replace("\\", "/") for each in row.evidence])


def items(values: tuple[Item, ...]) -> tuple[Item, ...]:
    """Items that say something, themselves or below."""
    below = (evolve(each, items=items(each.items)) for each in values)
    return tuple(each for each in below if each.figures or each.items or each.period or each.as_of or each.note)


@settings(max_examples=60)
@given(test_unstructure.CASES.map(holdable))
def test_any_case_comes_back(case: Case) -> None:
    """Whatever a case states is equal after the way out and in, texts with signs of YAML and line ends included."""
    assert read(template.to_xlsx(case)) == case


@settings(max_examples=40)
@given(whole_cases())
def test_a_generated_case_comes_back_with_its_framework(case: Case) -> None:
    """A framework that nobody has installed comes along, and the points are the same."""
    back = read(template.to_xlsx(case))
    assert back == case
    assert evaluate(back).score.earned == evaluate(case).score.earned


@settings(max_examples=60)
@given(test_unstructure.CASES)
def test_nothing_is_lost_in_silence(case: Case) -> None:
    """A case comes back equal, or what the workbook cannot hold is named and nothing is made."""
    if case == holdable(case):
        assert read(template.to_xlsx(case)) == case
        return
    try:
        data = template.to_xlsx(case)
    except OutputError as error:
        codes = {each.code for each in error.problems}
    else:
        codes, back = set(), read(data)
    assert codes <= {"template-cannot-hold", "template-project-twice"}
    assert codes or back == case


@pytest.mark.parametrize(
    ("case", "named"),
    [
        (Case("甲", data=[Item("巡查")]), "data"),
        (Case("甲", profile=Profile()), "profile"),
        (Case("甲", rows=[Row(" 巡查")]), "rows.1.of"),
        (Case("甲", goals=["", "目标"]), "goals"),
        (Case("甲", projects=[Project("乙"), Project("乙")]), "乙"),
        (Case("甲", note="长" * 40_000), "长长长"),
    ],
)
def test_what_it_cannot_hold_is_named(case: Case, named: str) -> None:
    """Empty entries, spaces around names, two projects of one name, too long a text."""
    with pytest.raises(OutputError) as caught:
        template.to_xlsx(case)
    assert named in str(caught.value)


def test_every_field_has_one_place_and_a_note() -> None:
    """Each field that a file can carry is on exactly one sheet, with words on what to write."""
    found: list[tuple[tuple[str, ...], str]] = []
    for sheet in sheets():
        match sheet:
            case RecordForm() | RecordTable():
                found += [(sheet.path, slot.name) for slot in sheet.fields]
                told = [(sheet.record, slot) for slot in sheet.fields] + [
                    (Budget, slot) for slot in getattr(sheet, "flat", ())
                ]
                assert [slot.name for record, slot in told if not words.meaning(record, slot)] == []
            case DataTable():
                found.append((sheet.path[:-1], sheet.path[-1]))
    assert len(found) == len(set(found))
    assert set(found) == set(carried(Case, ()))
    assert set(layout.LEVELS[:3]) <= set(words.DATA)


def carried(record: type, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], str]]:
    """Every field of *record* and of what it holds, a project's own rows and funds apart."""
    result = []
    for slot in specs_of(record):
        if slot.kind == "remarks" or (record is Project and slot.name in ("rows", "budget")):
            continue
        if slot.holds is not None and slot.kind not in ("framework", "items"):
            result += carried(slot.holds, (*path, slot.name))
        else:
            result.append((path, slot.name))
    return result


def blank() -> tuple[Case, bytes]:
    """A workbook with nothing filled in, for a framework with a category."""
    framework = Framework(
        "示例数据",
        [
            Indicator("巡查", 40, "≥100 次"),
            Indicator("整改率", 20, "100 %", actual="整改数 ÷ 隐患数"),
            Indicator("按期公开", 10, "是"),
            Dimension("效益指标", 30, [Indicator("长效机制", 30, "健全", strategy="定性三档80/60")], open=True),
        ],
        data=[("整改数", "处"), ("隐患数", "处")],
        grades=[("优", 90), ("差", 0)],
    )
    case = Case("", framework=framework, categories=[loading.category("epidemic")])
    return case, template.to_xlsx(case)


def test_blank_lines_say_nothing() -> None:
    """The lines that the framework and the categories prepare are no rows and no data until they are filled."""
    case, data = blank()
    back = read(data)
    assert back == case
    assert back.rows == back.data == ()


def test_headings_are_protected_and_cells_open() -> None:
    """Every sheet is protected without a password; what is to be filled is open, down to lines far below."""
    book = opened(blank()[1])
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    rows = book["指标行"]
    heads = {cell.value: cell.column for cell in rows[4] if cell.value}
    assert all(rows.cell(4, column).protection.locked for column in heads.values())
    for row in (5, 12, 20):
        assert not rows.cell(row, heads["完成值"]).protection.locked
        assert rows.cell(row, heads["完成值"]).number_format == "@"
        assert rows.cell(row, heads["体系分值"]).protection.locked
    assert not rows.column_dimensions[openpyxl.utils.get_column_letter(heads["指标"])].protection.locked
    form = book["基本情况"]
    assert [form.cell(5, column).protection.locked for column in (1, 2, 3, 4)] == [True, False, True, True]
    assert form["A5"].value == "单位名称"


def choices(book: Any, sheet: str, cell: str) -> list[str]:
    """What the drop-down of a cell offers."""
    for each in book[sheet].data_validations.dataValidation:
        if cell in each.sqref:
            name, area = each.formula1.lstrip("'").split("!")
            return [row[0].value for row in book[name.strip("'")][area.replace("$", "")]]
    return []


def test_drop_downs() -> None:
    """Units, grades, directions, 是 and 否, judged words, methods and paths can be chosen; lists are out of sight."""
    book = opened(blank()[1])
    rows = book["指标行"]
    heads = {cell.value: cell.column_letter for cell in rows[4] if cell.value}
    line = {rows.cell(row, 2).value: row for row in range(5, 12)}
    assert choices(book, "指标行", f"{heads['完成值']}{line['按期公开']}") == ["是", "否"]
    assert "部分达成" in choices(book, "指标行", f"{heads['完成值']}{line['效益指标/长效机制']}")
    assert choices(book, "指标行", f"{heads['完成值']}{line['巡查']}") == []
    assert "反向递减" in choices(book, "指标行", f"{heads['评分方法']}900")
    assert choices(book, "指标行", f"{heads['指标']}5")[:2] == ["总分", "巡查"]
    assert "平方米" in choices(book, "指标行", f"{heads['计量单位']}5")
    data = {cell.value: cell.column_letter for cell in book["数据"][4] if cell.value}
    assert choices(book, "数据", f"{data['增减']}5") == ["增长", "下降", "持平"]
    assert choices(book, "数据", f"{data['计量单位']}5")[0] == "处"  # declared ones first
    assert choices(book, "数据", f"{data['一级名称']}5") == ["疫情防控"]
    grade = next(row for row in range(5, 20) if book["基本情况"].cell(row, 1).value == "评价等级")
    assert choices(book, "基本情况", f"B{grade}") == ["优", "差"]
    assert book["选项"].sheet_state == "hidden"
    owner = next(each for each in rows.data_validations.dataValidation if "A5" in each.sqref)
    assert owner.formula1 == "'项目'!$A$5:$A$2000"


def test_notes_say_what_to_write() -> None:
    """Headings carry notes, forms say it beside; what the framework knows of a row stands in grey cells."""
    book = opened(blank()[1])
    rows = book["指标行"]
    heads = {cell.value: cell for cell in rows[4] if cell.value}
    assert "≥160次" in heads["指标值"].comment.text
    assert all(heads[word].comment for word in heads if word not in layout.GIVEN)
    line = {rows.cell(row, 2).value: row for row in range(5, 12)}
    assert rows.cell(line["巡查"], heads["体系分值"].column).value == "40"
    assert rows.cell(line["巡查"], heads["体系指标值"].column).value == "≥100 次"
    assert rows.cell(line["整改率"], heads["怎样填"].column).value == "完成值由数据算出：整改数 ÷ 隐患数"
    money = next(row for row in book["资金"].iter_rows(min_row=5, values_only=True) if row[0] == "全年执行数")
    assert money[2] == "万元"
    assert "万元" in money[3]


def test_data_stand_apart_as_direction_number_and_unit() -> None:
    """增长6.2% stands as 增长, 6.2 and %; words and marks are left as they are."""
    book = opened(example("yongping-2021")[1])
    found = {tuple(row[:3]): row[3:6] for row in book["数据"].iter_rows(min_row=5, values_only=True) if row[0]}
    assert found["经济发展", "财政收入", "同比"] == ("增长", "6.2", "%")
    assert found["疫情防控", "核查线索", None] == (None, "10340", "条")
    assert found["安全稳定", "挽回损失", None] == (None, "近30万元", None)


def test_a_text_is_never_a_formula() -> None:
    """What begins with = stays the text that it is."""
    case = Case("=1+1", rows=[Row("甲", note="=HYPERLINK(0)")], problems=[Issue("@甲")], mechanism=Mechanism("-1"))
    data = template.to_xlsx(case)
    assert read(data) == case
    assert opened(data)["基本情况"]["B5"].data_type == "s"


def test_rules_come_along() -> None:
    """A framework of the case's own is in the workbook, with the method that it defines; nothing else is needed."""
    case, data = blank()
    book = opened(data)
    assert book["规则"]["A2"].value == "perfeval: framework/1"
    assert read(data).framework == case.framework
    clashing = evolve(case, projects=[Project("乙", framework=Framework("示例数据", [Indicator("丙", 1)]))])
    with pytest.raises(OutputError, match="示例数据"):
        template.to_xlsx(clashing)


@pytest.mark.parametrize(
    "value",
    [{"分档": {"第1—5名": "满分", "其余": "-1 分"}}, {"a: b": {"{": '"'}}, {"区间分档": {"±10 百分点": "4 分"}}],
)
def test_arguments_stand_as_a_case_writes_them(value: Any) -> None:
    """A method with its arguments is read back from the words of its cell."""
    assert (
        read(template.to_xlsx(Case("甲", rows=[Row("乙", strategy=value)]))).rows[0].strategy
        == Row("乙", strategy=value).strategy
    )
    assert inline({"分档": {"≥100 %": "-0.5 分"}}) == "{分档: {≥100 %: -0.5 分}}"


def test_hidden_digits_stay_hidden_and_kept(tmp_path: Path) -> None:
    """What a cell showed with fewer digits than it stored (示例数据) is shown so again, and stored in full."""
    text = (
        "perfeval: case/1\noffice: 示例街道\nyear: 2021\nframework: national/project-2020\n"
        "budget: {全年预算数: {shown: 10.0万元, stored: 9.996万元}}\n"
        "rows:\n- {of: 登记率, target: ≥95%, actual: {shown: 95.0%, stored: 94.96%}}\n"
    )
    case = read(text.encode())
    path = template.write(case, tmp_path / "填报.xlsx")
    back = read(path)
    for found in (case, back):
        figure = found.rows[0].actual
        assert (figure.text, str(figure.quantity), str(figure.shown)) == ("95.0%", "94.96%", "95%")
        assert str(found.budget.whole_year.quantity) == "9.996万元"


def test_a_case_written_as_a_workbook_reads_back(tmp_path: Path) -> None:
    """The ending alone says it: a case written as .xlsx is its workbook; a framework has none."""
    case = Case("示例街道办事处", 2021, pe.Framework("示例", [pe.Indicator("养护", 100, "≥20 次")]))
    assert read(pe.write(case, tmp_path / "填报.xlsx")) == case
    with pytest.raises(pe.OutputError) as raised:
        pe.write(case.framework, tmp_path / "体系.xlsx")
    assert raised.value.code == "source-unknown"
