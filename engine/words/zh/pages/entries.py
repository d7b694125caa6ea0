"""代录纸质件的页面。"""

from __future__ import annotations

TEXTS = {
    "page.entries.title": "代录：{act}", "page.entries.several": "代录纸质件",
    "page.entries.hint": "承办单位在纸上办的，由督办单位代录：按纸上的日期算，录入人记在案。",
    "page.entries.on": "纸质件日期", "page.entries.unit": "哪个单位的纸质件", "page.entries.basis": "代录依据",
    "page.entries.basis-hint": "如收文登记号",
}
