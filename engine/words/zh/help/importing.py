"""台账导入的命令行帮助。"""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.import": "导入已有台账，先预览，再写入",
    "help.import": (
        "导入单位原有的台账：xlsx、xls、ods、csv、docx 中的表格。认出各列，列出新立项的、已在库的、有误的和需要回答的；加 --commit 才写入。\n"
        "在办的按台账自己的时限继续，已过的督办节点不再补发，不通知任何人。同一份台账再导入一次，什么也不变。"
    ),
    "example.import": (
        "zg import 台账.xlsx\n"
        "zg import 台账.xlsx --map 落实部门=lead --answer leads=first --answer done-undated=2020-06-30 --commit\n"
        "zg import 省里问题清单.xlsx --source superior --batch 1 --json"
    ),
    "option.import.source": "全部事项的来源：{choices}；不写则看来源一列", "option.import.batch": "归入哪一批来文，如 B-2020-0001；编号在批内唯一",
    "option.import.maps": "某列是哪个字段，写 列名=字段；记住，下次不必再写", "option.import.sheets": "只导入这些工作表",
    "option.import.year": "台账的年份，用于没有写年份的日期", "option.import.hidden": "隐藏的行、列、工作表：一并导入或略过",
    "option.import.answers": "对一个问题的回答，对全部行有效", "option.import.commit": "写入；不写则只预览",
    "option.import.annotated": "写出一份复制件，有误的标红，末列是错误说明",
    "option.import.waive": "上次编号查不到的行也导入，并写明理由",
    "option.import.all_or_nothing": "有一行不能导入，就一行也不写入",
}
