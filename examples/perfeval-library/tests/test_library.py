"""本类别的测试：契约、样例、示例案例。"""

from pathlib import Path

import perfeval as pe
from perfeval.testing import cases, contract, installed

HERE = Path(__file__).parent
CATEGORY = installed("library")


def test_contract() -> None:
    """名称、编号、依据、计量单位、合计、上下限都合乎契约。"""
    contract(CATEGORY)


def test_cases() -> None:
    """每个样例的审核意见与写明的一致。"""
    assert cases(CATEGORY, HERE / "cases") == 3


def test_example() -> None:
    """示例案例的自评与核算一致，没有意见。"""
    evaluation = pe.evaluate(pe.read(HERE.parent / "examples" / "case.yaml"))
    assert [str(each) for each in evaluation.findings] == []
    assert str(evaluation.score.earned) == "97.61分"
