"""办理流程。"""

from __future__ import annotations

TEXTS = {
    "page.workflows.title": "办理流程",
    "page.workflows.new": "另一版本",
    "page.workflows.check": "上传，先检查",
    "page.workflows.unsound": "不能使用",
    "page.workflows.same": "与现行版本相同。",
    "page.workflows.differs": "与现行版本的不同",
    "page.workflows.first": "首个版本",
    "page.workflows.load": "启用这一版",
    "page.workflows.from-now": "只用于今后立项的事项，在办的仍按原版本。",
}
