"""Writes the parts of the reference that the library itself knows: strategies, units, checks, commands, files, categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meanings import HOW, MEANING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cell(value: Any) -> str:
    """Text that stands in one cell of a Markdown table."""
    return str(value).replace("|", "\\|").replace("\n", " ") or "—"


def table(head: list[str], rows: list[list[Any]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines) + "\n"


def strategies() -> str:
    """Every built-in scoring strategy: formula, parameters, basis."""
    from perfeval.strategies.built_in import BUILT_IN

    parts = []
    for name, strategy in BUILT_IN.items():
        lines = [f"## {name}\n", f"{strategy.note}\n" if strategy.note else ""]
        lines.append(f"类别：{strategy.kind}。依据：{strategy.basis}。\n")
        if strategy.aliases:
            lines.append(f"又名：{'、'.join(strategy.aliases)}。\n")
        if strategy.formula is not None:
            lines.append(f"```text\n{strategy.formula}\n```\n")
        if strategy.rows:
            lines.append(f"逐行写明：{strategy.rows}。\n")
        if strategy.parameters:
            rows = [
                [p.name, p.kind, "必填" if p.default is None else p.default or "空", p.note]
                for p in strategy.parameters
            ]
            lines.append(table(["参数", "种类", "不写时", "说明"], rows))
        parts.append("\n".join(line for line in lines if line))
    return "\n".join(parts)


def units() -> str:
    """Every unit of the base table and what it counts."""
    from perfeval.quantities.units import base_units

    known = base_units()
    return table(["计量单位", "含义"], [[symbol, known.describe(symbol)] for symbol in known.names])


def commands() -> str:
    """Every command with its own help text."""
    import click

    from perfeval.command.main import perfeval

    parts = []
    for name, command in sorted(perfeval.commands.items()):
        with click.Context(command, info_name=f"perfeval {name}", terminal_width=100) as context:
            parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def checks() -> str:
    """Every built-in check: its code, which leads to a page of its own."""
    from perfeval.engine.checks.built_in import own_checks

    rows = [[f"[{c.code}](check/{c.code}.md)", c.title, c.severity] for c in own_checks()]
    return table(["编号", "名称", "最高等级"], rows)


def check_pages() -> Iterator[tuple[str, str]]:
    """A page for each built-in check, from its own documentation."""
    from perfeval.engine.checks.built_in import own_checks

    for each in own_checks():
        parts = [f"# {each.code} {each.title}\n"]
        parts.append(f"最高等级：{each.severity}。依据：{each.basis}。建议：{each.advice}\n")
        parts += [f"## {heading}\n\n{text}\n" for heading, text in each.doc]
        yield each.code, "\n".join(parts)


def frameworks() -> str:
    """Every framework that comes with the library: where it is from and how its points stand."""
    from perfeval.plugins import entry_points, loading

    parts = []
    for entry in entry_points.entries():
        for name in loading.frameworks(entry.key) if entry.distribution == "perfeval" else ():
            framework = loading.framework(f"{entry.key}/{name}")
            parts.append(f"## {entry.key}/{name}\n\n{framework.name}\n")
            parts.append(f"依据：{framework.basis}。{framework.note}\n")
            parts.append(table(["指标", "分值", "指标值"], list(tree(framework.parts, 0))))
    return "\n".join(parts)


def tree(parts: Any, depth: int) -> Iterator[list[Any]]:
    """The rows of a framework's tree, indented by level."""
    for part in parts:
        target = getattr(part, "target", None)
        yield ["　" * depth + part.name, part.points or "", getattr(target, "text", target) or ""]
        yield from tree(getattr(part, "parts", ()), depth + 1)


def categories() -> str:
    """Every task category that comes with the library: what it declares, demands and says."""
    from perfeval.plugins import entry_points, loading

    parts = []
    for entry in entry_points.entries():
        category = loading.category(entry.key)
        if entry.distribution == "perfeval" and category.data:
            parts.append(f"## {entry.key} {category.title}\n\n{category.note}\n")
            parts.append(table(["数据项", "计量单位"], [[datum.name, datum.unit] for datum in category.data]))
            if category.indicators:
                rows = [
                    [i.name, getattr(i.target, "text", ""), "" if i.actual is None else i.actual]
                    for i in category.indicators
                ]
                parts.append(table(["指标", "指标值", "完成值"], rows))
            if category.agreements:
                rows = [[a.name, a.holds, a.severity, a.basis] for a in category.agreements]
                parts.append(table(["勾稽关系", "应有", "最高等级", "依据"], rows))
            if category.wording:
                parts.append(table(["措辞", "句子"], [list(pair) for pair in category.wording]))
    return "\n".join(parts)


def fields() -> str:
    """The keys of every record that a file can hold: English, Chinese, unit, how it is written and what it is for."""
    import perfeval as pe

    kinds = (
        pe.Category, pe.Datum, pe.Indicator, pe.Agreement, pe.Framework,
        pe.Dimension, pe.Rounding, pe.Adjustment, pe.Case, pe.Profile, pe.Office, pe.Mechanism,
        pe.Budget, pe.BudgetLine, pe.Row, pe.Project, pe.Item, pe.Section, pe.Issue, pe.Review, pe.Waiver,
    )  # fmt: skip
    parts = []
    for kind in kinds:
        official = (kind.__doc__ or "").strip().partition(":")[0]
        meanings, rows = MEANING[kind.__name__], []
        for field in kind.__attrs_attrs__:
            if field.metadata.get("perfeval_term"):
                terms = (field.metadata["perfeval_term"], *field.metadata.get("perfeval_other_terms", ()))
                unit, how = field.metadata.get("perfeval_unit"), HOW[field.metadata["perfeval_kind"]]
                rows.append([f"`{field.name}`", "、".join(terms), unit or "—", how, meanings[field.name]])
        parts.append(f"## {official}\n\n{table(['键', '中文键', '单位', '写法', '含义'], rows)}")
    return "\n".join(parts)


def category_file() -> str:
    """A category's and a framework's file field by field: key, how it is written, whether it must be, what it is for."""
    from perfeval import Agreement, Basis, Category, Datum, Dimension, Framework, Grade, Indicator, Rounding
    from perfeval.conversion.field_specs import specs_of
    from perfeval.conversion.record import REQUIRED

    heads = {
        Category: "任务类别（category/1）",
        Datum: "数据项（data）",
        Indicator: "指标（indicators、parts）",
        Agreement: "勾稽关系（agreements）",
        Framework: "指标体系（framework/1）",
        Dimension: "一、二级指标（parts）",
        Grade: "评价等级（grades）",
        Rounding: "取位（rounding）",
        Basis: "依据（basis）",
    }
    parts = []
    for kind, head in heads.items():
        meanings = MEANING[kind.__name__]
        rows = [
            [
                f"`{slot.name}`、{slot.term}",
                HOW[slot.kind],
                "必填" if slot.name in REQUIRED.get(kind, ()) else "",
                meanings[slot.name],
            ]
            for slot in specs_of(kind)
        ]
        parts.append(f"## {head}\n\n{table(['键', '写法', '必填', '含义'], rows)}")
    return "\n".join(parts)


PAGES = {
    "category_file": category_file,
    "strategies": strategies,
    "units": units,
    "commands": commands,
    "checks": checks,
    "frameworks": frameworks,
    "categories": categories,
    "fields": fields,
}


def pages() -> Iterator[tuple[str, str]]:
    """Each generated page by name."""
    for name, page in PAGES.items():
        yield name, page()


def write_reference(folder: Path) -> None:
    """Write every generated page into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    own = folder.parent / "check"
    own.mkdir(exist_ok=True)
    for code, text in check_pages():
        (own / f"{code}.md").write_text(text, encoding="utf-8")
