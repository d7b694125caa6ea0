"""Help of the commands for units and accounts."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.unit.show": "one unit, and what it was called", "short.unit.add": "a new unit", "short.unit.rename": "another name",
    "short.unit.merge": "into another unit, with its open tickets", "short.unit.end": "a unit is no more",

    "help.unit.show": "Shows a unit: code, names in time, relation, accounts; also one that ended.",
    "example.unit.show": "zg unit show 市发改委\nzg unit show FGW --json",
    "help.unit.add": "Adds a unit. Codes are never used again; a name or alias means one unit only.",
    "example.unit.add": (
        "zg unit add DSJJ 市大数据管理局 --kind bureau --relation subordinate --alias 市大数据局\n"
        "zg unit add YXDSJ 叶县大数据中心 --kind institution --relation county --parent 叶县"
    ),
    "help.unit.rename": "Gives a unit another name. Earlier events keep showing the name of their time, and the old name still finds the unit.",
    "example.unit.rename": (
        "zg unit rename 市科技局 --to 市科学技术和外国专家局 --from 2020-09-01 --basis 市编办〔2020〕12号\n"
        "zg unit rename KJJ --to 市科学技术和外国专家局 --from 2020-09-01 --basis 机构改革方案 --dry-run"
    ),
    "help.unit.merge": "Merges a unit into another: open tickets it leads or cooperates in are handed over, one event each; dates stay, two cooperators of one ticket become one. Run again, it hands over what was left. Names the measures of the plan that still name the unit.",
    "example.unit.merge": (
        "zg unit merge 市工信局 --into 市科技局 --from 2020-09-01 --basis 市编办〔2020〕12号 --dry-run\n"
        "zg unit merge 市工信局 --into 市科技局 --from 2020-09-01 --basis 市编办〔2020〕12号 --with-accounts"
    ),
    "help.unit.end": "Ends a unit that nobody succeeds; not possible while tickets of it are open.",
    "example.unit.end": "zg unit end 市工商联 --from 2020-09-01 --basis 撤销文件\nzg unit end GSL --from 2020-09-01 --basis 撤销文件 --dry-run",

    "option.unit.list.ended": "the units that ended",
    "option.kind": "kind: {choices}",
    "option.relation": "relation to the city, which decides the letters: {choices}",
    "option.aliases": "another name, any number of times", "option.parent": "the unit above it", "option.rank_group": "ranked among: {choices}",
    "option.since": "the day it takes effect, up to today", "option.basis": "on what basis, for example a document number", "option.unit.rename.to": "the new name",
    "option.into": "the successor", "option.with_accounts": "the contacts' accounts follow into the successor",
}
