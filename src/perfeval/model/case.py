"""自评案例: what an office hands in — budget, rows, projects, data and words, all as written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfeval.errors import Place, record_repr
from perfeval.model.budget import Budget as Budget, BudgetLine as BudgetLine
from perfeval.model.fields import (
    as_written,
    field_metadata,
    in_number,
    in_points,
    place_field,
    record_field,
    several,
    text_field,
    to_stated,
    to_year,
    whole_number_field,
)
from perfeval.model.framework import Framework, to_strategy
from perfeval.model.note import Note
from perfeval.model.target import Target, to_target
from perfeval.model.what_if import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from perfeval.model.category import Category
    from perfeval.quantities.figure import Figure


@frozen(repr=False)
class Office:
    """内设机构: an internal office; ``also`` is its second name (一套班子两块牌子)."""

    __repr__ = record_repr

    name: str = text_field("名称")
    also: str = text_field("加挂牌子", "又名")
    place: Place | None = place_field()


def offices_of(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Offices, each as a record or by its name."""
    return several(values, to_office)


@frozen(repr=False)
class Profile:
    """单位概况: subordinate units and internal offices, and how many the text says there are."""

    __repr__ = record_repr

    subordinate: tuple[str, ...] = field(
        default=(), converter=several, metadata=field_metadata("下属单位", kind="texts")
    )
    offices: tuple[Office, ...] = field(
        default=(), converter=offices_of, metadata=field_metadata("内设机构", kind="offices")
    )
    subordinate_count: Figure | None = field(
        default=None, converter=in_number, metadata=field_metadata("下属单位数", kind="figure", unit="个")
    )
    office_count: Figure | None = field(
        default=None, converter=in_number, metadata=field_metadata("内设机构数", kind="figure", unit="个")
    )
    place: Place | None = place_field()


def to_office(value: Any) -> Office:
    """An Office, or its name with the second name in brackets."""
    if isinstance(value, Office):
        return value
    if isinstance(value, str):
        name, bracket, also = value.partition("（")
        return Office(name, also.rstrip("）")) if bracket else Office(value)
    return Office(*value)


@frozen(repr=False)
class Mechanism:
    """绩效管理机制: the four stages 目标、监控、评价、应用 in the office's words, and the papers it follows."""

    __repr__ = record_repr

    goals: str = text_field("目标")
    monitoring: str = text_field("监控")
    evaluation: str = text_field("评价")
    application: str = text_field("应用")
    documents: tuple[str, ...] = field(default=(), converter=several, metadata=field_metadata("文件依据", kind="texts"))
    place: Place | None = place_field()


def scores(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Figures of a column in 分."""
    return several(values, in_points)


def stated(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Figures of a data item, in their own units; what is no number stays as words."""
    return several(values, to_stated)


@frozen(repr=False)
class Row:
    """指标行: one line of the office's table, every cell as written.

    ``of`` is the path of a node (总分 is the root) or of an open dimension and a new name
    (产出指标/巡查); a bare third-level name that is unique will do. ``coefficient`` is 得分系数,
    ``judged`` the scores of several experts, ``reviewed`` the reviewer's 复核分. Part of a year on,
    ``forecast`` is what the office expects of the whole year and ``likely`` 确定能, 有可能 or 完全不可能.
    """

    __repr__ = record_repr

    of: str = text_field("指标", "三级指标", "指标名称")
    points: Figure | None = field(
        default=None, converter=in_points, metadata=field_metadata("分值", "权重", kind="figure", unit="分")
    )
    target: Target | None = field(
        default=None, converter=to_target, metadata=field_metadata("指标值", "年度指标值", kind="target")
    )
    actual: Figure | None = field(
        default=None, converter=as_written, metadata=field_metadata("完成值", "实际完成值", kind="figure")
    )
    earned: Figure | None = field(
        default=None, converter=in_points, metadata=field_metadata("得分", "自评得分", kind="figure", unit="分")
    )
    unit: str = text_field("计量单位", "单位", "度量单位", kw_only=True)
    reviewed: Figure | None = field(
        default=None, converter=in_points, metadata=field_metadata("复核分", kind="figure", unit="分")
    )
    strategy: Any = field(
        default=None,
        converter=to_strategy,
        metadata=field_metadata("评分方法", "评分标准", kind="strategy"),
        kw_only=True,
    )
    judged: tuple[Figure, ...] = field(
        default=(), converter=scores, metadata=field_metadata("专家评分", kind="figures"), kw_only=True
    )
    coefficient: Figure | None = field(
        default=None, converter=as_written, metadata=field_metadata("得分系数", kind="figure")
    )
    progress: Figure | None = field(default=None, converter=as_written, metadata=field_metadata("进度", kind="figure"))
    forecast: Figure | None = field(
        default=None,
        converter=as_written,
        metadata=field_metadata("全年预计完成情况", "全年预计完成值", kind="figure"),
        kw_only=True,
    )
    likely: str = text_field("完成目标可能性", kw_only=True)
    reason: str = text_field("偏差原因", "偏差原因分析及改进措施", kw_only=True)
    evidence: tuple[str, ...] = field(
        default=(), converter=several, metadata=field_metadata("佐证材料", "佐证", kind="texts"), kw_only=True
    )
    note: str = text_field("说明", "备注", kw_only=True)
    place: Place | None = place_field()
    blanks: tuple[tuple[str, Place], ...] | None = field(default=None, eq=False, repr=False, kw_only=True)
    """空格: which of its cells in a table are blank, by field; None where it stands in no table."""

    def gap(self, name: str) -> Place | None:
        """空着的格子: the cell to fill for the field *name*, where the row's table has one."""
        return dict(self.blanks or ()).get(name)


CHANGES = ("同比", "环比")
"""What every data item may state besides itself."""


@frozen(repr=False)
class Item:
    """数据项: a named Figure that may hold Items; a group is matched to its category by title or key.

    ``figures`` are all the places that state it: the first counts, the others must agree.
    """

    __repr__ = record_repr

    name: str = text_field("名称")
    figures: tuple[Figure, ...] = field(default=(), converter=stated, metadata=field_metadata("数值", kind="figures"))
    items: tuple[Item, ...] = field(default=(), converter=several, metadata=field_metadata("下级", kind="items"))
    period: Figure | None = field(default=None, converter=as_written, metadata=field_metadata("期间", kind="figure"))
    as_of: Figure | None = field(default=None, converter=as_written, metadata=field_metadata("截至", kind="figure"))
    note: str = text_field("说明", kw_only=True)
    place: Place | None = place_field()

    def walk(self, above: str = "") -> Iterator[tuple[str, Item]]:
        """This item and all below it, with dotted names."""
        path = f"{above}.{self.name}" if above else self.name
        yield path, self
        for item in self.items:
            yield from item.walk(path)


@frozen(repr=False)
class Project:
    """项目: one project of the office with its own budget, rows and perhaps framework."""

    __repr__ = record_repr

    name: str = text_field("项目名称", "名称")
    budget: Budget | None = record_field("资金", kind="record")
    framework: Framework | None = record_field("指标体系", kind="framework")
    rows: tuple[Row, ...] = field(
        default=(), converter=several, metadata=field_metadata("指标行", kind="rows"), kw_only=True
    )
    department: str = text_field("主管部门", kw_only=True)
    goals: str = text_field("年度总体目标", "预期目标", kw_only=True)
    achieved: str = text_field("实际完成情况", kw_only=True)
    grade: str = text_field("评价等级", "自评等级", kw_only=True)
    place: Place | None = place_field()


@frozen(repr=False)
class Issue:
    """存在的问题: in the office's words; ``about`` names what it concerns, ``measure`` what will be done."""

    __repr__ = record_repr

    text: str = text_field("问题", "内容")
    about: tuple[str, ...] = field(default=(), converter=several, metadata=field_metadata("涉及", kind="texts"))
    measure: str = text_field("改进措施", kw_only=True)
    place: Place | None = place_field()


@frozen(repr=False)
class Section:
    """章节: the office's own words for one section of the report."""

    __repr__ = record_repr

    title: str = text_field("标题")
    text: str = text_field("内容")
    place: Place | None = place_field()


@frozen(repr=False)
class Waiver:
    """豁免: a finding that is accepted, by its check's code, perhaps only at one path, and the reason why."""

    __repr__ = record_repr

    code: str = text_field("编号", "审核规则")
    reason: str = text_field("理由")
    of: str = text_field("位置", kw_only=True)
    place: Place | None = place_field()


@frozen(repr=False)
class Review:
    """复核: the reviewer's grade and rows, beside the office's own."""

    __repr__ = record_repr

    grade: str = text_field("等级")
    rows: tuple[Row, ...] = field(default=(), converter=several, metadata=field_metadata("指标行", kind="rows"))
    place: Place | None = place_field()


def sections_of(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Sections, each as a record or as (title, text)."""
    return several(values, to_section)


def issues_of(values: Iterable[Any] | None) -> tuple[Any, ...]:
    """Problems, each as a record or by its text."""
    return several(values, to_issue)


@frozen(repr=False)
class Case:
    """自评案例: everything an office states about one year, with framework and categories resolved.

    ``remarks`` are what its reader could not say in the fields: set, like the place, outside equality.
    """

    __repr__ = record_repr

    office: str = text_field("单位名称", "单位")
    year: int | None = whole_number_field("年度", converter=to_year)
    framework: Framework | None = record_field("指标体系", kind="framework")
    title: str = text_field("标题", kw_only=True)
    grade: str = text_field("评价等级", "自评等级", kw_only=True)
    profile: Profile | None = record_field("单位概况", kind="record", kw_only=True)
    mechanism: Mechanism | None = record_field("绩效管理", "绩效管理机制", kind="record", kw_only=True)
    goals: tuple[str, ...] = field(
        default=(), converter=several, metadata=field_metadata("年度总体目标", kind="texts"), kw_only=True
    )
    categories: tuple[Category, ...] = field(
        default=(), converter=several, metadata=field_metadata("任务类别", kind="categories"), kw_only=True
    )
    budget: Budget | None = record_field("资金", kind="record", kw_only=True)
    projects: tuple[Project, ...] = field(
        default=(), converter=several, metadata=field_metadata("项目", "重点项目", kind="projects"), kw_only=True
    )
    rows: tuple[Row, ...] = field(
        default=(), converter=several, metadata=field_metadata("指标行", kind="rows"), kw_only=True
    )
    data: tuple[Item, ...] = field(
        default=(), converter=several, metadata=field_metadata("数据", "数据项", kind="items"), kw_only=True
    )
    achievements: tuple[str, ...] = field(
        default=(), converter=several, metadata=field_metadata("主要成效", kind="texts"), kw_only=True
    )
    sections: tuple[Section, ...] = field(
        default=(), converter=sections_of, metadata=field_metadata("章节", kind="sections"), kw_only=True
    )
    problems: tuple[Issue, ...] = field(
        default=(), converter=issues_of, metadata=field_metadata("存在的问题", kind="issues"), kw_only=True
    )
    measures: tuple[str, ...] = field(
        default=(), converter=several, metadata=field_metadata("改进措施", kind="texts"), kw_only=True
    )
    reviewed: Review | None = record_field("复核", kind="record", kw_only=True)
    waivers: tuple[Waiver, ...] = field(
        default=(), converter=several, metadata=field_metadata("豁免", kind="waivers"), kw_only=True
    )
    sources: tuple[str, ...] = field(
        default=(), converter=several, metadata=field_metadata("来源", kind="texts"), kw_only=True
    )
    note: str = text_field("说明", kw_only=True)
    remarks: tuple[Note, ...] = field(
        default=(), eq=False, repr=False, metadata=field_metadata("读入说明", kind="remarks"), kw_only=True
    )
    place: Place | None = place_field()

    def change(self, changes: Mapping[str, Any]) -> Case:
        """What if: another case in which each named 完成值 or data item has the value given.

        Raises NotFoundError for a name nothing bears and InputError for a 完成值 that is computed,
        naming the items it comes from.
        """
        result = self
        for name, value in changes.items():
            result = changed(result, name, value)
        return result


def to_section(value: Any) -> Section:
    """A Section, or a pair (title, text)."""
    return value if isinstance(value, Section) else Section(*value)


def to_issue(value: Any) -> Issue:
    """An Issue, or its text."""
    return Issue(value) if isinstance(value, str) else value
