"""本类别的测试：契约、样例、示例案例。"""

from pathlib import Path

from perfeval_market import category

import perfeval as pe
from perfeval.testing import cases, contract, installed

HERE = Path(__file__).parent


def test_contract() -> None:
    """名称、编号、依据、计量单位、合计、上下限都合乎契约。"""
    contract(category)


def test_entry_point() -> None:
    """登记的就是本包的类别。"""
    assert installed("market") == category


def test_cases() -> None:
    """每个样例的审核意见与写明的一致。"""
    assert cases(category, HERE / "cases") == 9


def test_example() -> None:
    """示例案例的自评与核算一致，没有意见。"""
    evaluation = pe.evaluate(pe.read(HERE.parent / "examples" / "case.yaml"))
    assert [str(each) for each in evaluation.findings] == []
    assert str(evaluation.score.earned) == "90.59分"


def test_own_rule() -> None:
    """违规 5 宗：前 3 宗扣 3 分，后 2 宗扣 4 分，10 分剩 3 分。"""
    evaluation = pe.evaluate(pe.read(HERE.parent / "examples" / "case.yaml"))
    assert str(evaluation["违规查处"].earned) == "3分"
