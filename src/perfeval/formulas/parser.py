"""算式文字: a formula's text and back; ``parse(show(f)) == f`` for every formula.

From loose to tight: 若…则…；否则…, 或, 且, one comparison, + -, × ÷, a sign before a number. Keywords are
whole words (规则 stays a name), names that are no plain word stand in 「」, dots lead down, a unit
follows its number. Every message says at which character, and what to write instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from perfeval.errors import FormulaError, PerfevalError, problem
from perfeval.formulas.nodes import (
    Binary,
    Choice,
    Compare,
    Counted,
    Extreme,
    Formula,
    Logic,
    Name,
    Number,
    Rounded,
    Text,
    digits,
    show,
    written,
)
from perfeval.formulas.tokens import (
    CALLS,
    COMPARE,
    EXAMPLE,
    KEYWORDS,
    LONGEST,
    NESTED,
    Token,
    TokenReader,
)
from perfeval.quantities.quantity import Quantity
from perfeval.quantities.units import Units, base_units

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["KEYWORDS", "digits", "parse", "show", "written"]


def parse(text: str, *, units: Units | None = None) -> Formula:
    """Read *text* as a formula (算式); *units* are the units known (those of the library where None).

    Raises FormulaError with the character of what cannot be read; every unknown unit is named at once.
    """
    if len(text) > LONGEST:
        raise FormulaError(
            problem("formula-too-long", "算式长达{length}个字，超过{most}个字", length=len(text), most=LONGEST)
        )
    parser = _Parser(text, base_units() if units is None else units)
    formula = parser.formula()
    if parser.token.kind != "end":
        raise parser.unexpected()
    if parser.problems:
        raise FormulaError(*parser.problems)
    return formula


class _Parser(TokenReader):
    """Reads the formula that a text is."""

    def formula(self) -> Formula:
        """A whole formula: a choice, or conditions joined by 或."""
        if self.depth >= NESTED:
            raise self.wrong(
                problem("formula-too-deep", "算式嵌套超过{most}层；请分成几个指标或数据项来写", most=NESTED)
            )
        self.depth += 1
        made = self.choice() if self.token[:2] == ("key", "若") else self.either()
        self.depth -= 1
        return made

    def choice(self) -> Formula:
        """若 甲 则 乙；否则 丙, or …；若 丁 则 戊；否则 己."""
        at = self.next().at + 1
        condition = self.either()
        if self.token.text == ",":
            self.next()
        self.expect("则", problem("formula-choice", "“若”后面要有“则”（前后空一格）：若 甲 ≥ 乙 则 丙；否则 丁"))
        then = self.either()
        parted = self.token.text == ";"
        if parted or (self.token.text == "," and self.text[self.end :].lstrip().startswith("否则")):
            self.next()
        if parted and self.token[:2] == ("key", "若"):
            return Choice(condition, then, self.formula(), at=at)
        self.expect("否则", problem("formula-choice", "“若…则…”后面要写明“；否则 …”"))
        return Choice(condition, then, self.formula(), at=at)

    def either(self) -> Formula:
        """Conditions joined by 或."""
        return self.joined("或", self.both)

    def both(self) -> Formula:
        """Conditions joined by 且."""
        return self.joined("且", self.comparison)

    def joined(self, op: Literal["且", "或"], inner: Any) -> Formula:
        """One level of 且 or 或."""
        first: Formula = inner()
        if self.token[:2] != ("key", op):
            return first
        at, those = self.token.at + 1, [first]
        while self.token[:2] == ("key", op):
            self.next()
            those.append(inner())
        return Logic(op, tuple(those), at=at)

    def comparison(self) -> Formula:
        """At most one comparison."""
        left = self.sum()
        if self.token.kind != "compare":
            return left
        sign = self.next()
        right = self.sum()
        if self.token.kind == "compare":
            raise self.wrong(problem("formula-chain", "不能连写比较；请写成“甲 ≤ 乙 且 乙 ≤ 丙”"))
        return Compare(cast("Any", COMPARE[sign.text]), left, right, at=sign.at + 1)

    def sum(self) -> Formula:
        """Terms joined by + and -."""
        made = self.product()
        while self.token.kind == "op" and self.token.text in "+-":
            sign = self.next()
            made = self.binary(sign, made, self.product())
        return made

    def product(self) -> Formula:
        """Factors joined by × and ÷."""
        made = self.signed()
        while self.token.kind == "op" and self.token.text in "×÷*":
            sign = self.next()
            made = self.binary(sign, made, self.signed())
        return made

    def binary(self, sign: Token, left: Formula, right: Formula) -> Formula:
        """A node whose depth is checked at its own character."""
        try:
            return Binary(cast("Any", "×" if sign.text == "*" else sign.text), left, right, at=sign.at + 1)
        except FormulaError as error:
            raise self.wrong(error.problems[0], sign.at) from None

    def signed(self) -> Formula:
        """A factor; -5 is a number, -甲 is 0 - 甲."""
        if self.token.kind != "op" or self.token.text not in "+-":
            return self.primary()
        sign = self.next()
        if self.token.kind == "number":
            return self.number(sign)
        inner = self.primary()
        return inner if sign.text == "+" else Binary("-", Number(Quantity(0), at=sign.at + 1), inner, at=sign.at + 1)

    def primary(self) -> Formula:
        """A number, word, name, call or bracket."""
        kind, text, at = self.token
        if kind == "number":
            return self.number(None)
        if kind in ("word", "quoted"):
            return self.name()
        if kind == "text":
            self.next()
            return self.made(lambda: Text(text[1:-1], at=at + 1), at)
        if kind == "key" and text in CALLS:
            return self.call()
        if text == "(" and kind == "mark":
            self.next()
            inner = self.formula()
            self.expect(")", problem("formula-bracket", "缺少右括号（从第{at}个字的左括号算起）", at=at + 1))
            return inner
        if kind == "key" and text == "若":
            raise self.wrong(problem("formula-choice", "算式中间的“若…则…；否则…”要放进括号"))
        if kind in ("op", "compare") or text in ("且", "或"):
            raise self.wrong(
                problem("formula-two-operators", "“{text}”前面缺少数或名称", text=self.given[at : at + len(text)])
            )
        if text == ")":
            raise self.wrong(problem("formula-bracket", "右括号前面缺少数或名称，或多了一个右括号"))
        raise self.unexpected()

    def made(self, make: Callable[[], Formula], at: int) -> Formula:
        """What *make* gives; its own problems get this place."""
        try:
            return make()
        except PerfevalError as error:
            raise self.wrong(error.problems[0], at) from None

    def number(self, sign: Token | None) -> Formula:
        """A number and the unit behind it."""
        at = self.token.at if sign is None else sign.at
        return Number(self.quantity(sign), at=at + 1)

    def name(self) -> Formula:
        """A name: plain words or 「」, joined by dots."""
        at, steps = self.token.at, [self.step()]
        while self.token[:2] == ("mark", "."):
            self.next()
            if self.token.kind not in ("word", "quoted", "key"):
                raise self.wrong(problem("formula-dot", "点号后面缺少名称；数字开头的名称请写在「」里"))
            steps.append(self.step())
        if self.token[:2] == ("mark", "("):
            raise self.wrong(
                problem(
                    "formula-unknown-call",
                    "没有“{name}（…）”这种算法；可用：{known}",
                    name=steps[-1],
                    known=tuple(sorted(CALLS)),
                )
            )
        return self.made(lambda: Name(".".join(steps), at=at + 1), at)

    def step(self) -> str:
        """One step of a name."""
        taken = self.next()
        return taken.text[1:-1] if taken.kind == "quoted" else taken.text

    def call(self) -> Formula:
        """取小（甲，乙） 四舍五入（甲，0.01） 计作（甲，剂，“理由”）."""
        word = self.next()
        self.expect(
            "(",
            problem("formula-call", "“{word}”后面要有括号，如 {example}", word=word.text, example=EXAMPLE[word.text]),
        )
        self.calls += 1
        first = self.formula()
        made = self.arguments(word, first)
        self.calls -= 1
        self.expect(")", problem("formula-bracket", "“{word}（”缺少右括号", word=word.text))
        return made

    def comma(self, word: Token) -> None:
        """The comma before the next argument."""
        self.expect(
            ",", problem("formula-call", "“{word}”请写成 {example}", word=word.text, example=EXAMPLE[word.text])
        )

    def arguments(self, word: Token, first: Formula) -> Formula:
        """What follows the first argument of *word*."""
        self_at = word.at + 1
        if word.text in ("取小", "取大"):
            those = [first]
            if self.token.text != ",":
                self.comma(word)
            while self.token[:2] == ("mark", ","):
                self.next()
                those.append(self.formula())
            return Extreme(cast("Any", word.text), tuple(those), at=self_at)
        if word.text == "计作":
            unit = self.unit_behind() if self.token[:2] == ("mark", ",") else None
            if unit is None:
                raise self.wrong(
                    problem("formula-call", "“{word}”请写成 {example}", word="计作", example=EXAMPLE["计作"])
                )
            known = self.unit(unit)
            self.comma(word)
            if self.token.kind != "text":
                raise self.wrong(
                    problem("formula-reason", "计作要写明理由，放在引号里：{example}", example=EXAMPLE["计作"])
                )
            reason = self.next()
            return self.made(lambda: Counted(first, known, reason.text[1:-1], at=self_at), reason.at)
        self.comma(word)
        if self.token.kind != "number":
            raise self.wrong(problem("formula-step", "取整的步长要写成数，如 {example}", example=EXAMPLE[word.text]))
        at = self.token.at
        step = cast("Number", self.number(None))
        return self.made(lambda: Rounded(cast("Any", word.text), first, step.value, at=self_at), at)
