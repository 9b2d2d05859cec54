"""网页: one offline file — structure, escaping, what it says, the same bytes; and as headless Chromium opens it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64encode
from fractions import Fraction
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from browser import Chromium

import perfeval as pe
from perfeval.papers.page import html
from perfeval.papers.page.charts import FULL, HATCHED, WIDE, Bar, BarGroup, chart, clipped

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "<script>alert(1)</script> | `x` *y* [z](javascript:0) &lt; \\ # $1$"
VOID = {"meta", "path", "rect", "line"}
KNOWN = set(
    "html head meta title style body header main footer section nav ul li a p h1 h2 h3 h4 b i small span dl div dt dd "
    "details summary article figure figcaption table caption thead tbody tr th td svg desc defs pattern line rect text "
    "path".split()
)
"""Every element that the page is made of."""


class Parsed(HTMLParser):
    """The page as a browser's parser meets it: elements with their attributes, headings, text."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.headings: list[int] = []
        self.style = ""
        self.feed(data.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1:]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.text.append(data)

    @property
    def all_text(self) -> str:
        """Everything that is read, blanks in a row as one."""
        return " ".join("".join(self.text).split())

    def all(self, name: str) -> list[str]:
        """Every value of one attribute."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def parsed(evaluation: Any, **how: str) -> Parsed:
    """The page of an evaluation, read."""
    return Parsed(pe.dump(evaluation, ".html", **how))


@pytest.fixture(scope="session")
def two() -> Any:
    """An office with a scored project of its own, a project over its budget, one without a budget and one unspent."""
    framework = pe.Framework("示例体系", [pe.Indicator("巡查", 100, "≥10次", strategy="正向")])
    case = pe.Case(
        "示例街道办事处",
        2021,
        framework=framework,
        rows=[pe.Row("巡查", actual="9次", earned="95", reason="示例原因")],
        projects=[
            pe.Project("示例项目", framework=framework, rows=[pe.Row("巡查", actual="7次", earned="70")]),
            pe.Project("超支项目", budget=pe.Budget(initial="100万元", spent="125万元")),
            pe.Project("无预算项目", budget=pe.Budget(initial="0万元", spent="5万元")),
            pe.Project("未执行项目", budget=pe.Budget(initial="30万元")),
        ],
    )
    return pe.evaluate(case)


@pytest.fixture(params=["yongping", "project", "hostile", "two"])
def read(request: pytest.FixtureRequest) -> Parsed:
    """The page of every case."""
    return parsed(request.getfixturevalue(request.param))


def test_it_is_well_formed_and_of_known_elements(read: Parsed) -> None:
    """Every element closes where it should, and no text has become one."""
    assert read.open == []
    assert {tag for tag, _ in read.elements} <= KNOWN


def test_nothing_comes_from_outside(read: Parsed) -> None:
    """No address, script, handler or style in an element; links stay on the page; the policy allows one style."""
    names = {name for _, attributes in read.elements for name in attributes}
    assert not names & {"src", "srcset", "action", "data", "style", "xlink:href"}
    assert not any(name.startswith("on") for name in names)
    ids = read.all("id")
    assert all(each.startswith("#") and each[1:] in ids for each in read.all("href"))
    assert all(each.startswith("url(#") for each in read.all("fill") if each.startswith("url"))
    assert "url(" not in read.style
    assert "@import" not in read.style
    digest = b64encode(sha256(read.style.encode()).digest()).decode()
    policy = next(each["content"] for _, each in read.elements if each.get("http-equiv"))
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")


def test_ids_are_unique_and_headings_in_order(read: Parsed) -> None:
    """A screen reader finds one h1, no level left out, and what each label points at."""
    ids = read.all("id")
    assert len(ids) == len(set(ids))
    assert all(each.isascii() for each in ids)
    assert read.headings[0] == 1
    assert read.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(read.headings))
    assert all(each in ids for labels in read.all("aria-labelledby") for each in labels.split())
    pictures = [attributes for tag, attributes in read.elements if tag == "svg"]
    assert all(each.get("aria-hidden") == "true" or "aria-labelledby" in each for each in pictures)


def test_hostile_words_stay_words(hostile: Any) -> None:
    """Names, reasons, goals and waivers that try to be markup are read as they were written."""
    read = parsed(hostile)
    assert read.all_text.count(" ".join(HOSTILE.split())) >= 5
    assert "script" not in {tag for tag, _ in read.elements}


@pytest.mark.parametrize(("locale", "lang"), [("zh_Hans", "zh-Hans"), ("zh_Hant", "zh-Hant"), ("en", "en")])
def test_the_language_is_said(project: Any, locale: str, lang: str) -> None:
    """The page names the language that it speaks."""
    assert parsed(project, locale=locale).elements[0] == ("html", {"lang": lang})


def test_the_same_evaluation_gives_the_same_bytes(project: Any) -> None:
    """Clock, order of sets and the console's locale change nothing."""
    script = (
        "import sys, perfeval as pe; from perfeval.command.inputs import example;"
        "sys.stdout.buffer.write(pe.dump(pe.evaluate(pe.read(example('chuzuwu-2021'))), 'html'))"
    )
    other = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=other).stdout
    assert made == pe.dump(project, ".html")


def test_every_point_has_its_reason(project: Any) -> None:
    """Each node unfolds to its name, stated and computed points and the reason."""
    read = parsed(project)
    nodes = list(project.score.walk())
    assert [tag for tag, _ in read.elements].count("details") == len(nodes)
    for score in nodes:
        assert " ".join(score.because.split()) in read.all_text
    assert "巡查出租屋 分值 6 自报 5.99 核算 5.99 核算失分 0.01" in read.all_text
    assert "理由：6分 × 19951栋次 ÷ 20000栋次 ≈ 5.99分" in read.all_text


def test_stated_and_computed_are_always_said(yongping: Any, project: Any) -> None:
    """Both totals stand at the head with their names; which comes first is chosen; the undecided one says why."""
    text = parsed(yongping).all_text
    assert "自报得分91.3 满分100分核算得分未定 指标体系有5分未列明" in text
    assert "自报得分96.20 满分100分核算得分96.20 满分100分评价等级优 按核算得分" in parsed(project).all_text
    assert "核算得分96.20 满分100分自报得分96.20" in parsed(project, points="computed").all_text


def test_points_lost_are_added_up(yongping: Any, two: Any) -> None:
    """What the listed indicators do not explain of the total's loss is said; computed and stated apart."""
    text = parsed(yongping).all_text
    assert "自报：总分失8.7分，各项指标合计失3.7分，相差5分不在列出的指标里" in text  # 100 - 91.3; 2.7 + 1
    text = parsed(two).all_text
    assert "核算：总分失10分。" in text  # 100 × 9 ÷ 10 is 90
    assert "核算：总分失30分。" in text  # the project's own
    assert "巡查 核算失10分 自报失5分" in text
    assert "偏差原因：示例原因" in text


def test_findings_by_severity(yongping: Any, two: Any) -> None:
    """Errors stand before doubts, each under its word, with place, advice and basis, and linked from its node."""
    read = parsed(yongping)
    text = read.all_text
    assert text.index("错误（2条）") < text.index("错误：总分") < text.index("疑点（7条）")
    articles = [attributes["class"] for tag, attributes in read.elements if tag == "article"]
    assert articles == ["finding error"] * 2 + ["finding doubt"] * 7
    assert "190959剂次 + 201536剂次 ≠ 396889剂" in text
    assert "管理效能 审核意见1条" in text
    assert "没有发现矛盾" not in text
    linked = {each for each in read.all("href") if each.startswith("#finding-")}
    assert len(linked) == 3  # the whole and its two parts; the others are about data
    text = parsed(two).all_text
    assert text.count("巡查 审核意见1条") == 2  # the office's, stated too high, and the project's, without a reason
    assert "疑点：示例项目/巡查" in text


def test_the_waiver_stands_beside_what_it_accepts(hostile: Any) -> None:
    """A waived finding is still there, with the reason of the waiver."""
    assert f"已豁免{' '.join(HOSTILE.split())}" in parsed(hostile).all_text


def test_execution_by_project(yongping: Any, two: Any) -> None:
    """The quotient is written with its amounts, the stated rate beside it; what cannot be divided says so."""
    text = parsed(yongping).all_text
    assert "16045.66万元 ÷ 16898.11万元 ≈ 核算94.96% 自报94.96%" in text
    assert "908.18万元 ÷ 908.18万元 = 核算100.00% 自报100%" in text
    read = parsed(two)
    assert "125万元 ÷ 100万元 = 核算125.00%" in read.all_text
    assert "执行超过预算（斜纹）" in read.all_text
    assert "无预算项目 执行率算不出" in read.all_text
    assert "30万元 没有填全年执行数" in read.all_text


def test_task_categories(yongping: Any) -> None:
    """Each category has its sentences with the case's figures."""
    text = parsed(yongping).all_text
    for title in ("疫情防控", "经济发展", "城市管理", "民生福祉", "安全稳定", "党建引领"):
        assert f"{title} 一是" in text
    assert "累计接种疫苗396889剂" in text


def test_a_category_without_words_is_a_mark() -> None:
    """What the case does not say is marked and not invented."""
    case = pe.read(b"perfeval: case/1\noffice: \xe7\x94\xb2\nyear: 2021\ncategories: [epidemic]\n")
    assert "【待填写：疫情防控】" in parsed(pe.evaluate(case)).all_text


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    """Half of the most is half as long; more than the whole is cut at it; the smallest is still seen."""
    bars = (Bar(Fraction(1, 2)), Bar(Fraction(3, 2), HATCHED), Bar(Fraction(1, 10**6)), Bar(Fraction(0)))
    drawn = chart("key", "名", "述", [BarGroup("甲", "乙", bars)], [(FULL, "实心")])
    assert [box.wide for box in drawn.boxes[1:]] == [WIDE // 2, WIDE, 2]
    assert [box.fill for box in drawn.boxes] == [FULL, FULL, HATCHED, FULL]
    assert drawn.high > max(box.y + box.high for box in drawn.boxes)


def test_long_names_are_clipped_in_pictures() -> None:
    """A name longer than its room ends in an ellipsis; one that fits is whole."""
    assert clipped("示例" * 5, 140) == "示例" * 5  # ten characters of fourteen pixels
    assert clipped("示例" * 6, 140) == "示例" * 4 + "示…"


def test_without_jinja2_it_says_what_to_install(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the command."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    html.environment.cache_clear()
    with pytest.raises(pe.OutputError, match=r"pip install perfeval\[html\]"):
        pe.dump(project, ".html")


def test_it_is_written_by_its_ending(project: Any, tmp_path: Path) -> None:
    """-o 自评.html writes it; an existing file is left alone."""
    path = pe.write(project, tmp_path / "自评.html")
    assert path.read_bytes() == pe.dump(project, "html")
    with pytest.raises(pe.OutputError):
        pe.write(project, path)


# -- as a browser opens it --------------------------------------------------------------------------

COUNT = "document.querySelectorAll('details:not([open])').length"
HIDDEN = (
    "[...document.querySelectorAll('.why')].filter(each => !each.checkVisibility({contentVisibilityAuto: true})).length"
)


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("name", ["yongping", "project", "hostile"])
def test_chromium_opens_it_quietly(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """No message on the console, no request but the file itself, the style applies, and it becomes a picture."""
    path = pe.write(request.getfixturevalue(name), tmp_path / "page.html")
    with Chromium(tmp_path / "profile") as browser:
        browser.open(path)
        assert browser.ask("document.readyState") == "complete"
        assert browser.ask("getComputedStyle(document.querySelector('.cards')).display") == "grid"
        assert browser.ask("document.scripts.length") == 0
        assert browser.picture().startswith(b"\x89PNG")
        assert browser.messages == []
        assert browser.requests == [path.as_uri()]


@pytest.mark.needs("chromium")
def test_the_keyboard_unfolds_a_reason(project: Any, tmp_path: Path) -> None:
    """Tab goes to each row, Enter opens and closes it."""
    path = pe.write(project, tmp_path / "page.html")
    with Chromium(tmp_path / "profile") as browser:
        browser.open(path)
        closed = browser.ask(COUNT)
        for _ in range(40):
            browser.press("Tab")
            if browser.ask("document.activeElement.matches('.leaf > summary')"):
                break
        assert browser.ask("document.activeElement.textContent.includes('预算执行率')")
        assert browser.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        browser.press("Enter")
        assert browser.ask(COUNT) == closed - 1
        browser.press("Enter")
        assert browser.ask(COUNT) == closed


@pytest.mark.needs("chromium")
def test_dark_and_print(project: Any, tmp_path: Path) -> None:
    """In the dark the paper is dark and the words bright; in print everything is unfolded, dark words on white."""
    path = pe.write(project, tmp_path / "page.html")
    ground, ink = "getComputedStyle(document.body).backgroundColor", "getComputedStyle(document.body).color"
    with Chromium(tmp_path / "profile") as browser:
        browser.open(path)
        assert _bright(browser.ask(ground)) > 240 > 60 > _bright(browser.ask(ink))
        assert browser.ask(HIDDEN) > 0
        browser.media(scheme="dark")
        assert _bright(browser.ask(ground)) < 40 < 200 < _bright(browser.ask(ink))
        browser.media("print", scheme="dark")
        assert _bright(browser.ask(ground)) > 240 > 60 > _bright(browser.ask(ink))
        assert browser.ask(HIDDEN) == 0


@pytest.mark.needs("chromium")
def test_a_narrow_window_needs_no_sideways_scrolling(yongping: Any, tmp_path: Path) -> None:
    """On a telephone the page is as wide as the window; wide tables and charts scroll in themselves."""
    path = pe.write(yongping, tmp_path / "page.html")
    with Chromium(tmp_path / "profile") as browser:
        browser.open(path, wide=390)
        assert browser.ask("document.documentElement.scrollWidth") <= 390


def _bright(colour: str) -> float:
    """The mean of red, green and blue."""
    return sum(json.loads(f"[{colour[colour.index('(') + 1 : -1]}]")[:3]) / 3
