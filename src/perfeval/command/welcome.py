"""迎接: what `perfeval` alone prints — at most 25 lines, with commands that can be copied."""

from __future__ import annotations

from perfeval.locales.messages import message

WELCOME = message(
    "perfeval：预算绩效自评\n"
    "\n"
    "先看示例：\n"
    "  perfeval demo\n"
    "\n"
    "评价一个案例，列出每一分的理由和每一处矛盾：\n"
    "  perfeval evaluate 案例.yaml\n"
    "\n"
    "写出自评报告：\n"
    "  perfeval evaluate 案例.yaml -o 自评报告.docx\n"
    "\n"
    "查一个数怎么读、一条审核规则是什么意思：\n"
    "  perfeval figure 近30万元\n"
    "  perfeval explain points-sum\n"
    "\n"
    "全部命令：perfeval --help"
)
