"""关于。"""



from __future__ import annotations

TEXTS = {
    "page.about.title": "关于本系统",
    "page.about.version": "版本",
    "page.about.office": "编号前缀",
    "page.about.vendored": "界面使用 Tabler 1.0.0（MIT 许可）。",
}
