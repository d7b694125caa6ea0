"""单位与账号各命令的帮助。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.unit.show": "一个单位的现状和历次名称", "short.unit.add": "新增单位", "short.unit.rename": "更名",
    "short.unit.merge": "并入另一个单位，移交在办事项", "short.unit.end": "终止",

    "help.unit.show": "显示一个单位：代码、历次名称、隶属关系、账号；已终止的也能查看。",
    "example.unit.show": "zg unit show 市发改委\nzg unit show FGW --json",
    "help.unit.add": "新增单位。代码永不重用；名称和别名只能指一个单位。",
    "example.unit.add": (
        "zg unit add DSJJ 市大数据管理局 --kind bureau --relation subordinate --alias 市大数据局\n"
        "zg unit add YXDSJ 叶县大数据中心 --kind institution --relation county --parent 叶县"
    ),
    "help.unit.rename": "更名。以前的记录仍显示当时的名称，旧名称仍能找到该单位。",
    "example.unit.rename": (
        "zg unit rename 市科技局 --to 市科学技术和外国专家局 --from 2020-09-01 --basis 市编办〔2020〕12号\n"
        "zg unit rename KJJ --to 市科学技术和外国专家局 --from 9月1日 --basis 机构改革方案 --dry-run"
    ),
    "help.unit.merge": "一个单位并入另一个：在办事项（牵头和配合的）逐件移交，期限不变，每件留一条记录；配合同一事项的两个单位合为一个。再运行一次，移交其后遗留的事项。方案中仍写着该单位的工作任务一并列出。",
    "example.unit.merge": (
        "zg unit merge 市工信局 --into 市科技局 --from 2020-09-01 --basis 市编办〔2020〕12号 --dry-run\n"
        "zg unit merge 市工信局 --into 市科技局 --from 2020-09-01 --basis 市编办〔2020〕12号 --with-accounts"
    ),
    "help.unit.end": "终止一个没有承接单位的单位；还有在办事项的不能终止。",
    "example.unit.end": "zg unit end 市工商联 --from 2020-09-01 --basis 撤销文件\nzg unit end GSL --from 2020-09-01 --basis 撤销文件 --dry-run",

    "option.unit.list.ended": "列出已终止的单位",
    "option.kind": "类别：{choices}",
    "option.relation": "隶属关系，决定用哪种文书：{choices}",
    "option.aliases": "别名，可写多个", "option.parent": "上级单位", "option.rank_group": "排名分组：{choices}",
    "option.since": "生效日期，今天或以前", "option.basis": "依据，如文号", "option.unit.rename.to": "新名称",
    "option.into": "承接单位", "option.with_accounts": "联络员账号一并转入承接单位",
}
