"""Makes the pictures of the papers that the pages show: each paper is written, opened by a real program, and printed.

LibreOffice starts once for all workbooks and reports, Chromium once a page. Where a program is missing the page gets
a line that says so instead; where CI is set that is an error.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HERE = Path(__file__).parent
TOOLS = ("soffice", "pdftoppm", "chromium")
PATIENCE = 240
"""Seconds that LibreOffice may take for all papers together."""


class Picture(NamedTuple):
    """One picture: file and page of its PDF (None for a screenshot), what it shows, how wide it stands, cut where."""

    name: str
    file: str
    page: int | None
    shows: str
    width: str = "100%"
    high: int = 0
    dark: bool = False


REPORT = "永平街道整体支出自评报告（LibreOffice 打印，本机没有的字体用近似的代替）"
SHOWN: Mapping[str, tuple[Picture, ...]] = {
    "table": (Picture("table", "自评表.xlsx", 1, "自评表.xlsx：出租屋管理专项（示例数据），得分和执行率是公式"),),
    "report": (
        Picture("report-1", "自评报告.docx", 1, f"{REPORT}：标题和第一节", "49%"),
        Picture("report-2", "自评报告.docx", -3, f"{REPORT}：表、问题与措施", "49%"),
        Picture("report-3", "自评报告.docx", -2, f"{REPORT}：盖章和成文日期的位置", "49%"),
        Picture(
            "annex",
            "项目自评报告.docx",
            -2,
            "出租屋管理专项（示例数据）自评报告的附件：每一分的理由，表头逐页重复",
            "49%",
        ),
    ),
    "page": (
        Picture("page-light", "自评.html", None, "网页：出租屋管理专项（示例数据）"),
        Picture("page-dark", "自评.html", None, "同一网页，系统设为深色时", dark=True),
        Picture("page-print", "自评.pdf", 1, "同一网页，打印时：白底，得分树全部展开", "60%"),
    ),
    "last": (Picture("last", "次年.html", None, "网页的“与上年比较”（示例数据）：斜纹是上年，实心是今年", high=760),),
    "marking": (
        Picture(
            "marked",
            "已核.xlsx",
            1,
            "填好的原表（示例数据）：空格填上了公式；批注平时点到单元格才显示，这里全部打开，移到表下",
            high=380,
        ),
    ),
    "template": (
        Picture("template-1", "填报.xlsx", 1, "填报工作簿的第一张表：填写说明", "49%"),
        Picture("template-2", "填报.xlsx", 12, "“指标行”：体系的指标已列出，灰色的供对照，白色的格子填写", "49%"),
    ),
    "compare": (
        Picture("compare", "比较.html", None, "几个街道的比较（示例数据）：得分相同的名次相同", high=1000),
        Picture("changes", "两年.html", None, "同一单位的两年（示例数据）：得分变了多少、为什么", high=1000),
    ),
    "forms": (
        Picture("goals", "目标申报表.xlsx", 1, "项目支出绩效目标申报表（示例数据）", "49%"),
        Picture("monitoring", "运行监控表.xlsx", 1, "项目支出绩效运行监控表（示例数据）", "49%"),
    ),
}
"""The pictures of each page by the key under which the page includes them."""


def blocks_of(page: str, folder: Path) -> dict[str, Any]:
    """Run a page's own examples in *folder*, so that the picture is of what the page says; gives their names."""
    text = (HERE / page).read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    with contextlib.chdir(folder), contextlib.redirect_stdout(None):
        for code in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            exec(compile(code, page, "exec"), names)
    return names


def papers(folder: Path) -> None:
    """Write every paper that is shown into *folder*."""
    import perfeval as pe
    from perfeval.command.inputs import example
    from perfeval.papers.analysis.comparison import write as write_comparison

    office, case = (pe.evaluate(pe.read(example(name))) for name in ("yongping-2021", "chuzuwu-2021"))
    pe.write(case, folder / "自评表.xlsx")
    pe.write(case, folder / "自评.html")
    pe.write(case, folder / "项目自评报告.docx")
    pe.write(office, folder / "自评报告.docx")
    pe.write(case, folder / "目标申报表.xlsx", template="项目支出绩效目标申报表")
    pe.write(case, folder / "运行监控表.xlsx", template="项目支出绩效运行监控表")
    page = pe.dump(_following(), ".html").decode()  # of this page only the one section that the other lacks
    last = re.search(r'<section aria-labelledby="last">.*?</section>', page, re.DOTALL)
    (folder / "次年.html").write_text(re.sub(r"(?s)<header>.*</main>", last[0], page), encoding="utf-8")

    made = [sys.executable, "-m", "perfeval", "template", "national/project-2020", str(folder / "填报.xlsx")]
    _run(made, dict(os.environ))
    blocks_of("howto/marking.md", folder)
    notes_opened(folder / "已核.xlsx")
    compared = blocks_of("howto/compare.md", folder)
    write_comparison(compared["district"], folder / "比较.html")
    write_comparison(compared["years"], folder / "两年.html")


def _following() -> Any:
    """The second of two years of an invented office, carried over from the first."""
    from attrs import evolve

    import perfeval as pe
    from perfeval.analysis.rollover import rolled_over

    def year(points: str, rate: str, spent: str, trained: str) -> Any:
        framework = pe.Framework("示例体系", [pe.Indicator("履职效能", 60), pe.Indicator("管理效能", 40)])
        return pe.Case(
            "某街道办事处（示例数据）", 2021, framework, rows=[pe.Row("履职效能", earned=points), pe.Row("管理效能", earned="37")],
            budget=pe.Budget(whole_year="100万元", spent=spent, rate=rate),
            data=[pe.Item("民生福祉", items=[pe.Item("培训", [trained]), pe.Item("走访", ["近300户"])])],
        )  # fmt: skip

    before, after = year("52.3", "94.96%", "94.96万元", "525人"), year("56", "97.06%", "97.06万元", "500人")
    following = rolled_over(before)
    return pe.evaluate(evolve(following, budget=after.budget, rows=after.rows, data=(*following.data, *after.data)))


def notes_opened(path: Path) -> None:
    """Show the notes of a workbook, which are hidden until somebody points at their cells, below its table."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode("utf-8", "surrogateescape") for name in book.namelist()}
    places = count()
    for name, part in parts.items():
        if name.endswith(".vml"):
            shown = part.replace("visibility:hidden", "visibility:visible")
            parts[name] = re.sub(r"<x:Anchor>.*?<", lambda _: f"<x:Anchor>{_below(next(places))}<", shown)
        elif name.startswith("xl/worksheets/sheet"):
            parts[name] = part.replace("<pageSetup ", '<pageSetup cellComments="asDisplayed" ')
    with zipfile.ZipFile(path, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part.encode("utf-8", "surrogateescape"))


def _below(place: int) -> str:
    """Where a note stands: two a row below the eighth row, each seven rows high."""
    column, row = (0, 4)[place % 2], 9 + place // 2 * 8
    return f"{column}, 0, {row}, 0, {column + 3}, 0, {row + 7}, 0"


def printed(folder: Path) -> None:
    """Every workbook and report as PDF, with one start of LibreOffice; the page as a browser prints it."""
    from perfeval.papers.docx.pdf import environment

    office = [str(path) for path in sorted(folder.iterdir()) if path.suffix in (".xlsx", ".docx")]
    command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--norestore"]
    _run([*command, "--convert-to", "pdf", "--outdir", str(folder), *office], environment(folder))
    _browse(folder, "--no-pdf-header-footer", f"--print-to-pdf={folder / '自评.pdf'}", page="自评.html")


def _browse(folder: Path, *options: str, page: str) -> None:
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
    ]
    _run([*command, f"--user-data-dir={folder / 'browser'}", *options, (folder / page).as_uri()], dict(os.environ))


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-500:]}")


def pictured(picture: Picture, folder: Path, into: Path) -> None:
    """The picture as PNG in *into*."""
    path = into / f"{picture.name}.png"
    if picture.page is None:
        dark = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if picture.dark else []
        _browse(folder, *dark, f"--window-size=1000,{picture.high or 1150}", f"--screenshot={path}", page=picture.file)
        return
    source = (folder / picture.file).with_suffix(".pdf")
    page = picture.page if picture.page > 0 else _pages(source) + 1 + picture.page
    wide = ["-scale-to-x", "900", "-scale-to-y", "-1", *(["-H", str(picture.high)] if picture.high else [])]
    _run(
        ["pdftoppm", "-png", "-singlefile", "-f", str(page), *wide, str(source), str(path.with_suffix(""))],
        dict(os.environ),
    )


def _pages(source: Path) -> int:
    told = subprocess.run(["pdfinfo", str(source)], capture_output=True, check=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", told)[1])


def missing() -> list[str]:
    """The programs that are not installed."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def in_ci() -> bool:
    """Whether nothing may be left out."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def write_pictures(into: Path, *, make: Callable[[Path], None] | None = None) -> None:
    """Write the pictures and, for each page, the lines that show them; without the programs, a line that says so."""
    into.mkdir(parents=True, exist_ok=True)
    lacking = missing()
    if lacking and in_ci():
        raise RuntimeError(f"no pictures without {', '.join(lacking)}")
    if not lacking and not _fresh(into):
        with TemporaryDirectory(prefix="perfeval-") as place:
            folder = Path(place)
            (make or papers)(folder)
            printed(folder)
            for picture in (each for group in SHOWN.values() for each in group):
                pictured(picture, folder, into)
    for key, group in SHOWN.items():
        (into / f"{key}.md").write_text(_lines(group, lacking), encoding="utf-8")


def _lines(group: tuple[Picture, ...], lacking: list[str]) -> str:
    if lacking:
        return f"（这里的图由文档的构建生成；这台电脑上没有 {'、'.join(lacking)}，所以没有图。）\n"
    return "\n".join(
        f"```{{figure}} /pictures/{each.name}.png\n:alt: {each.shows}\n:figwidth: {each.width}\n:figclass: paper\n\n{each.shows}\n```\n"
        for each in group
    )


def _fresh(into: Path) -> bool:
    """Whether every picture is newer than everything that it is made from."""
    made = [into / f"{each.name}.png" for group in SHOWN.values() for each in group]
    if not all(path.exists() for path in made):
        return False
    roots = (HERE.parent / "src" / "perfeval", HERE.parent / "examples", HERE / "howto")
    sources = [path for root in roots for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return min(path.stat().st_mtime for path in made) > max(path.stat().st_mtime for path in [*sources, Path(__file__)])
