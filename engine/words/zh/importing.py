"""台账导入。"""

from __future__ import annotations

TEXTS = {
    "import-state": "该办理流程没有“{state}”这一环节", "hint.import-state": "环节为：{known}",
    "import-undated": "“{state}”的事项没有办结日期", "hint.import-undated": "在台账中写明整改完成日期，或用 --answer 统一回答",
    "import-disordered": "日期前后颠倒：{before} 在 {after} 之后", "hint.import-disordered": "核对台账中这一行的日期",
    "import-ahead": "{date} 还没有到，不会已经发生", "hint.import-ahead": "核对台账中这一行的日期和年份",
    "log.origin": "原台账：{sheet}第{row}行，编号 {number}", "log.origin-unnumbered": "原台账：{sheet}第{row}行",
    "input.sheet": "工作表", "input.number": "编号",
}
