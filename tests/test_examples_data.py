"""The shipped task categories and example cases as data: names, units, sentences, numbers as reported."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import yaml

import perfeval as pe
from perfeval.formulas.build import is_condition, names
from perfeval.formulas.parser import parse
from perfeval.formulas.units import check_units
from perfeval.model.operands import operand
from perfeval.model.target import Compared, target
from perfeval.quantities.dates import Day, Period
from perfeval.quantities.figure import Figure, Rank
from perfeval.quantities.notation import figure
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.unit import Unit
from perfeval.quantities.units import base_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfeval.formulas.nodes import Formula

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
KEYS = ("epidemic", "economy", "city", "livelihood", "safety", "party")
NOT_QUANTITIES = {"日期": "天", "名次": "名次", "文字": None}
RESERVED = {"is", "period", "as_of", "note"}


def load(path: Path) -> Any:
    """The file as mappings, sequences and text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def category(key: str) -> Any:
    """The category's file."""
    return load(ROOT / "src" / "perfeval" / "categories" / key / "category.yaml")


def items(group: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every figure of *group*: dotted name and text."""
    for name, value in group.items():
        if name in RESERVED:
            continue
        if isinstance(value, dict):
            stated = value.get("is", [])
            for text in [stated] if isinstance(stated, str) else stated:
                yield above + name, text
            yield from items(value, f"{above}{name}.")
        else:
            yield above + name, value


def dates(value: Any) -> Iterator[str]:
    """Every period and as_of below *value*."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name in ("period", "as_of"):
                yield each
            else:
                yield from dates(each)


def units(declared: dict[str, str]) -> dict[str, Unit | None]:
    """The declared unit of each name; None for words."""
    symbols = {name: NOT_QUANTITIES.get(unit, unit) for name, unit in declared.items()}
    return {name: None if symbol is None else base_units().get(symbol) for name, symbol in symbols.items()}


def place_name(finding: pe.Finding, evaluation: pe.Evaluation) -> str:
    """What a finding is of; the root, which bears the framework's name, is 总分."""
    return "总分" if finding.of == evaluation.score.name else finding.of


def findings(name: str) -> list[tuple[str, str, str]]:
    """Code, place and severity of everything found in an example."""
    evaluation = pe.evaluate(pe.read(EXAMPLES / name))
    return [(each.code, place_name(each, evaluation), str(each.severity.value)) for each in evaluation.findings]


YONGPING = load(EXAMPLES / "yongping-2021" / "case.yaml")


@pytest.mark.parametrize("key", KEYS)
class TestCategories:
    def test_every_declared_item_is_told_or_tested(self, key: str) -> None:
        """A declared item stands in a sentence or in an agreement; none is declared for nothing."""
        data = category(key)
        told = set(re.findall(r"\{([^{}]+)\}", " ".join(data["wording"].values())))
        told |= {f"{name}.同比" for name in told}  # a report writes the change behind its figure
        tested = {name for each in data["agreements"] for name in names(parse(each["holds"]))}
        assert set(data["data"]) - told - tested == set()

    def test_sentences_name_declared_items_only(self, key: str) -> None:
        """Every {…} of a sentence is a declared item."""
        data = category(key)
        assert set(re.findall(r"\{([^{}]+)\}", " ".join(data["wording"].values()))) <= set(data["data"])

    def test_agreements_are_conditions_whose_units_settle(self, key: str) -> None:
        """Every agreement is a condition over declared items, and its units fit before any number is known."""
        data = category(key)
        for each in data["agreements"]:
            formula: Formula = parse(each["holds"])
            assert set(names(formula)) <= set(data["data"])
            assert is_condition(formula)
            check_units(formula, units(data["data"]))  # raises where 人次 meets 人
            assert each["severity"] in ("错误", "疑点", "提示")
            assert each["basis"]

    def test_indicators_compare_like_with_like(self, key: str) -> None:
        """An indicator's 完成值 has the unit of its target; ≤ names its method, since two are in use."""
        data = category(key)
        for each in data["indicators"]:
            aim = target(each["target"]) if "target" in each else None
            if "actual" in each:
                unit = check_units(parse(each["actual"]), units(data["data"]))
                assert isinstance(unit, Unit)
                if isinstance(aim, Compared):
                    assert aim.figure.quantity is not None
                    assert unit.same_kind(aim.figure.quantity.unit)
            if isinstance(aim, Compared) and aim.sign in ("≤", "<"):
                assert each["strategy"]

    def test_the_case_states_declared_items_in_their_units(self, key: str) -> None:
        """Each figure of the Yongping case is an item that its category declares, readable in the declared unit."""
        data = category(key)
        for name, text in items(YONGPING["data"][data["title"]]):
            declared = data["data"][name]
            if declared == "文字":
                continue
            read: Figure = figure(text, strict=True)
            if declared == "日期":
                assert isinstance(read.value, Day), name
            elif declared == "名次":
                assert isinstance(read.value, Rank), name
            else:
                assert isinstance(read.value, Quantity), name
                assert read.value.unit.same_kind(base_units().get(declared)), name
                assert read.under(base_units().get(declared)).quantity == read.quantity

    def test_ready_made_indicators_score_from_the_figures(self, key: str) -> None:
        """An indicator placed by name in an open dimension computes its 完成值 from the case's own items."""
        data = category(key)
        given = dict(items(YONGPING["data"][data["title"]]))
        ready = [
            each
            for each in data["indicators"]
            if "target" in each and "actual" in each and set(names(parse(each["actual"]))) <= set(given)
        ]
        assert ready
        case = pe.read(EXAMPLES / "yongping-2021" / "case.yaml", framework="national/project-2020")
        rows = [pe.Row("产出指标/数量指标/" + each["name"], 10) for each in ready]
        evaluation = pe.evaluate(attrs.evolve(case, rows=rows))
        for each in ready:
            score = evaluation["产出指标/数量指标/" + each["name"]]
            assert score.earned is not None, (each["name"], score.because)
            assert 0 <= score.earned.number <= 10

    def test_no_two_categories_share_a_bare_name(self, key: str) -> None:
        """Item names are unique over all six, so that a formula of a framework may leave the group out."""
        own = set(category(key)["data"])
        for other in KEYS:
            if other != key:
                assert own.isdisjoint(category(other)["data"])


class TestYongping:
    def test_hazards_mended_is_88_percent(self) -> None:
        """2522 of 2854 is 88.37 %: against 95 % that earns 10 × 0.88367… ÷ 0.95 = 9.30 points."""
        case = pe.read(EXAMPLES / "yongping-2021" / "case.yaml", framework="national/project-2020")
        row = pe.Row("产出指标/质量指标/场所隐患整改率", 10)
        score = pe.evaluate(attrs.evolve(case, rows=[row]))["产出指标/质量指标/场所隐患整改率"]
        exact = Fraction(10) * Fraction(2522, 2854) / Fraction(95, 100)
        assert (
            score.earned
            == pe.Quantity(Fraction(int(exact * 100 + Fraction(1, 2)), 100), "分")
            == pe.Quantity("9.30", "分")
        )

    def test_about_180_quantities_and_30_dates(self) -> None:
        """All of the report's figures are there: some 180 quantities, 30 dates and more."""
        quantities, days = 0, 0
        for key in KEYS:
            data = category(key)
            for name, _ in items(YONGPING["data"][data["title"]]):
                quantities += data["data"][name] not in ("日期", "文字")
                days += data["data"][name] == "日期"
        records = [YONGPING["budget"], *YONGPING["rows"], *YONGPING["projects"]]
        beside = sum(figure(text, strict=False).quantity is not None for each in records for text in each.values())
        assert quantities + beside + len(("下属单位数", "内设机构数")) >= 175
        assert days + len(list(dates(YONGPING["data"]))) >= 30

    def test_dates_are_read_as_dates(self) -> None:
        """Every period and as_of is a day or a period, 2021年前三季度 and open ones too."""
        for text in dates(YONGPING["data"]):
            assert isinstance(figure(text).value, Day | Period), text

    @pytest.mark.parametrize(
        ("text", "mark"),
        [("近30万元", "近"), ("3000余人", "余"), ("2200余次", "余"), ("约18万平方米", "约"), ("近2000平方米", "近"),
         ("约6146平方米", "约"), ("10多个", "多"), ("达10亿元", "达"), ("超20亿元", "超"), ("近150吨", "近")],
    )  # fmt: skip
    def test_approximations_are_kept_as_reported(self, text: str, mark: str) -> None:
        """What the report gives as about is about here, with the same word."""
        stated = [each for group in YONGPING["data"].values() for _, each in items(group)]
        assert text in stated
        assert figure(text).mark == mark

    def test_falls_are_falls(self) -> None:
        """To a formula the five falls of the report are negative rates, the seven rises positive ones."""
        moved = [operand(figure(text)) for g in YONGPING["data"].values() for n, text in items(g) if n.endswith("同比")]
        falls = sorted(each.number for each in moved if isinstance(each, Quantity) and each.number < 0)
        assert falls == [Fraction(x) for x in ("-40.2", "-34.1", "-22.6", "-10", "-6.8")]
        assert len([each for each in moved if isinstance(each, Quantity) and each.number > 0]) == 7

    def test_lists_are_as_long_as_the_text_says(self) -> None:
        """5 subordinate units and 8 offices are named and listed; 4 offices have a second name."""
        profile = YONGPING["profile"]
        assert figure(profile["下属单位数"]).quantity == pe.Quantity(len(profile["下属单位"]), "个")
        assert figure(profile["内设机构数"]).quantity == pe.Quantity(len(profile["内设机构"]), "个")
        assert (len(profile["下属单位"]), len(profile["内设机构"])) == (5, 8)
        assert sum("（" in each for each in profile["内设机构"]) == 4

    def test_the_text_fits_a_gbk_console(self) -> None:
        """What is printed from the case and the categories can be printed where the console is GBK."""
        (EXAMPLES / "yongping-2021" / "case.yaml").read_text(encoding="utf-8").encode("gbk")
        for key in KEYS:
            (ROOT / "src/perfeval/categories" / key / "category.yaml").read_text(encoding="utf-8").encode("gbk")

    def test_findings(self) -> None:
        """What the report contradicts is found, once each, and nothing that only looks like it."""
        assert findings("yongping-2021/case.yaml") == [
            ("points-sum", "总分", "错误"),  # 45 + 50 of 100
            ("agreement-broken", "安全稳定.已整改隐患", "错误"),  # 332 of 2854 are left, without a word
            ("agreement-broken", "疫情防控.接种剂数", "疑点"),  # 190959 + 201536 is 392495, not 396889
            ("agreement-broken", "疫情防控.第二针", "疑点"),  # 10577 more second doses than first
            ("agreement-broken", "城市管理.达标创建率", "疑点"),  # 24 of nothing is 35.23 %
            ("agreement-broken", "党建引领.教育回访", "疑点"),  # 4 of 6, though all are said to be
            ("reason-missing", "管理效能", "疑点"),
            ("reason-missing", "履职效能", "疑点"),
            ("problem-without-loss", "存在的问题", "疑点"),  # low execution named, 94.96 % and more stated
        ]

    def test_growth_and_rates_that_agree(self) -> None:
        """Falls have a whole-number base, 228 of 270 is no contradiction: agreements judged, and held."""
        evaluation = pe.evaluate(pe.read(EXAMPLES / "yongping-2021" / "case.yaml"))
        judged = {each.name: each.holds for each in evaluation.judgements}
        for name in (
            "案件警情同比",
            "盗窃警情同比",
            "入室盗窃警情同比",
            "伤害警情同比",
            "面访不多于登记",
            "在管面访率",
        ):
            assert judged[name] == "yes"
        assert "unknown" not in judged.values()


class TestProject:
    def test_every_point_is_as_stated(self) -> None:
        """The complete case computes to what it states, by eleven strategies and more, and nothing is found."""
        evaluation = pe.evaluate(pe.read(EXAMPLES / "chuzuwu-2021" / "case.yaml"))
        leaves = [score for score in evaluation.score.walk() if not score.parts]
        for score in leaves:
            assert score.stated is not None
            assert score.earned == score.stated.quantity, score.path
        assert len({score.of.strategy.name for score in leaves if score.of.strategy is not None}) >= 15
        assert evaluation.score.earned == pe.Quantity("96.20", "分")
        assert findings("chuzuwu-2021/case.yaml") == []

    def test_points_and_scores_add_up(self) -> None:
        """Rows add up to their dimension and dimensions to the total, points and stated scores alike."""
        case = load(EXAMPLES / "chuzuwu-2021" / "case.yaml")
        rows = {row["of"]: row for row in case["rows"]}
        added = case["framework"]["parts"][0]["parts"][0]["parts"][0]
        rows["效益指标/生态效益指标/" + added["name"]]["points"] = added["points"]
        tops = [of for of in rows if "/" not in of and of != "总分"]
        for field in ("points", "earned"):
            value = {of: Fraction(row[field]) for of, row in rows.items()}
            assert sum(value[of] for of in tops) == value["总分"]
            for top in tops:
                below = [value[of] for of in rows if of.startswith(top + "/")]
                assert not below or sum(below) == value[top], (top, field)

    def test_lost_points_have_a_reason(self) -> None:
        """Every indicator that lost points says why, and what is invented is labelled."""
        case = load(EXAMPLES / "chuzuwu-2021" / "case.yaml")
        for row in case["rows"]:
            if "/" in row["of"]:
                assert "示例数据" in row["note"]
                points = row.get("points", "4")
                assert Fraction(row["earned"]) == Fraction(points) or row["reason"]


class TestSmall:
    @pytest.mark.parametrize("name", sorted(path.name for path in (EXAMPLES / "small").glob("*-*.yaml")))
    def test_the_finding_that_must_come_and_nothing_else(self, name: str) -> None:
        """Each small case gives just the findings written beside it: code, place, given, computed, severity."""
        evaluation = pe.evaluate(pe.read(EXAMPLES / "small" / name))
        found = [
            {
                "code": each.code,
                "of": place_name(each, evaluation),
                "given": "" if each.given is None else pe.text(each.given),
                "computed": "" if each.computed is None else pe.text(each.computed),
                "severity": str(each.severity.value),
            }
            for each in evaluation.findings
        ]
        expected = load(EXAMPLES / "small" / "expected.yaml")[name]
        assert [{key: one[key] for key in wanted} for one, wanted in zip(found, expected, strict=True)] == expected

    def test_every_small_case_says_what_must_come(self) -> None:
        """Each small case has an entry in expected.yaml, and each entry a case of 示例数据."""
        expected = load(EXAMPLES / "small" / "expected.yaml")
        files = {path.name for path in (EXAMPLES / "small").glob("*.yaml")} - {"expected.yaml"}
        assert set(expected) == files
        for name in files:
            assert "示例数据" in load(EXAMPLES / "small" / name)["office"]
            assert all({"code", "of", "severity"} <= set(each) for each in expected[name])
