"""What readers of English and of traditional characters see: help, findings and reasons, in their language."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from perfeval.command.main import main, perfeval
from perfeval.engine.pipeline import evaluate
from perfeval.errors import Place, problem
from perfeval.formulas.build import rounded
from perfeval.formulas.nodes import number
from perfeval.formulas.wording import because
from perfeval.locales.messages import fill, say, translate
from perfeval.plugins.loading import checks
from perfeval.quantities.quantity import Quantity
from perfeval.reading.case import read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OFFICE, PROJECT = EXAMPLES / "yongping-2021" / "case.yaml", EXAMPLES / "chuzuwu-2021" / "case.yaml"
CHINESE = re.compile(r"[\u3001-\u301f\u4e00-\u9fff\uff01-\uff5e]")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」")
SIMPLIFIED = frozenset("这请写没给为从数绩评价预执实际项标额级层单读对档导险审规则显编号类别说据续")
"""Characters that traditional writing does not use, and that many messages have."""
COMMANDS = ([], *([name] for name in perfeval.commands))


def outside(text: str) -> str:
    """*text* without what stands in quotation marks: names and examples as files have them."""
    return QUOTED.sub("", " ".join(text.split()))


def foreign(text: str, locale: str) -> list[str]:
    """Characters of *text* that a reader of *locale* should not meet."""
    if locale == "en":
        return CHINESE.findall(outside(text))
    return [c for c in outside(text) if c in SIMPLIFIED]


@pytest.mark.parametrize("locale", ["en", "zh_Hant"])
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "perfeval")
def test_help(capsys: pytest.CaptureFixture[str], words: list[str], locale: str) -> None:
    """The help of every command is in the language asked for, but for quoted names."""
    with pytest.raises(SystemExit):
        main([*words, "--help", "--locale", locale])
    said = capsys.readouterr().out
    assert foreign(said, locale) == []
    assert {"en": "Options:", "zh_Hant": "選項："}[locale] in said


@pytest.mark.parametrize("locale", ["en", "zh_Hant"])
def test_findings(locale: str) -> None:
    """A finding's sentence and advice are in the language asked for, apart from the case's own words."""
    findings = evaluate(read(OFFICE)).findings
    assert len(findings) >= 5
    for finding in findings:
        frame = fill(translate(finding.template, locale), dict.fromkeys(dict(finding.values), "0"), locale)
        assert foreign(frame, locale) == [], frame
        assert foreign(finding.advice_in(locale), locale) == []
        assert translate(finding.advice, locale) != finding.advice


def test_findings_of_the_office_in_english() -> None:
    """Two findings of the street office's report, word for word."""
    findings = evaluate(read(OFFICE)).findings
    said = [finding.sentence("en") for finding in findings]
    start = "The points listed add up to 95 points of 100 points, 5 points are not named;"
    assert any(line.startswith(start) for line in said)
    assert "A problem with the execution rate is named, yet no stated rate is below 94.96%" in said
    assert "42.3 points is claimed, 2.7 points less than the 45 points available, and no reason is given" in said


def test_titles_and_advice_of_every_check() -> None:
    """What each check found and what to do about it has a translation of its own in English."""
    for check in checks():
        for text in (check.title, check.advice):
            assert foreign(translate(text, "en"), "en") == [], text
            assert translate(text, "en") != text


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("zh_Hans", "附件1!C5：“办结率”没有完成值；请填写实际完成值"),
        ("zh_Hant", "附件1!C5：“办结率”沒有完成值；請填寫實際完成值"),
        ("en", '附件1!C5: "办结率" has no actual value; enter it'),
    ],
)
def test_a_problem_with_its_place(locale: str, expected: str) -> None:
    """A problem is one sentence with its place before it; names stay as the file has them."""
    given = problem("x", "“{name}”没有完成值；请填写实际完成值", name="办结率", place=Place(cell="附件1!C5"))
    assert given.in_locale(locale) == expected


@pytest.mark.parametrize(
    ("locale", "expected"), [("zh_Hans", "第3行第7列"), ("zh_Hant", "第3行第7列"), ("en", "line 3, column 7")]
)
def test_a_line_and_a_column(locale: str, expected: str) -> None:
    """A place in a file is named in the reader's words."""
    assert Place(line=3, column=7).in_locale(locale) == expected


def test_a_calculation_has_the_brackets_of_the_language() -> None:
    """Brackets and the way of rounding in a reason follow the language; the figures are the same."""
    cut = rounded(number("10分") * (number("2") - number("1")) / number("3"), "0.1分", "舍去")
    assert because(cut, {}, Quantity("3.3", "分")) == "舍去（10分 × （2 - 1） ÷ 3，0.1分） = 3.3分"
    assert because(cut, {}, Quantity("3.3", "分"), "en") == (
        "(10 points × (2 - 1) ÷ 3, cut to a multiple of 0.1 points) = 3.3 points"
    )


def test_the_words_of_a_step_rule_are_translated() -> None:
    """The reason of a step rule names the step in English; the arguments stay as written."""
    scores = evaluate(read(PROJECT)).score.walk()
    lines = [score.in_locale("en") for score in scores if "每低" in score.because]
    assert len(lines) >= 1
    assert all("off for each" in line for line in lines)
    assert say("每低{每}扣{扣}，不满的不扣", "en", 每="1百分点", 扣="0.5分") == "0.5分 off for each full 1百分点 short"


def test_every_option_has_help_in_english() -> None:
    """No option is without words, and none has the Chinese ones in English."""
    for name, command in perfeval.commands.items():
        for option in command.params:
            if isinstance(option, click.Option) and option.help and "--help" not in option.opts:
                assert translate(option.help, "en") != option.help, (name, option.opts)


def test_a_comparison_and_a_trace_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    """A grade is headed Grade, what is open is open, and who chose a rule and its rounding are named."""
    with pytest.raises(SystemExit):
        main(["compare", str(OFFICE), str(PROJECT), "--locale", "en"])
    said = capsys.readouterr().out
    assert re.search(r"Rank +Case +Computed +Grade", said)
    assert re.search(r"Total +Computed +open +96\.20", said)
    score = next(each for each in evaluate(read(PROJECT)).score.walk() if each.name == "登记准确率")
    trace = "\n".join(score.trace_in("en"))
    assert "(set by: its own row)" in trace
    assert "Rounding: rounded half up to 2 decimals, once at this level" in trace
