"""Workflows on pages: what is in force; a file is sent in, checked, compared and put in force."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import Office, shown

SHIPPED = Path("workflows/rectification.yaml")


def test_a_version_is_checked_compared_and_put_in_force(office: Office) -> None:
    browser = office.browser("admin")
    assert "rectification" in browser.get("/workflows") and "整改中" in browser.get("/workflows/rectification")
    text = SHIPPED.read_text(encoding="utf-8")
    same = browser.post("/workflows", files=[("rectification.yaml", text.encode())])
    assert "与现行版本相同" in shown(browser.get(same))
    changed = browser.post("/workflows", files=[("r.yaml", text.replace("zh: 整改中", "zh: 正在整改").encode())])
    assert "正在整改" in shown(browser.get(changed))
    assert browser.post(changed) == "/workflows/rectification?done=loaded"
    assert "正在整改" in browser.get("/workflows/rectification")
    broken = browser.post("/workflows", files=[("b.yaml", b"name: [")])
    assert "不能使用" in shown(browser.get(broken)) and "b.yaml:1: " in shown(browser.get(broken)), "the name, and no folder of ours"
    told = browser.client.get(broken.replace("/workflows", "/api/v1/workflows"), headers=browser.heads).text + browser.post(broken, 422)
    assert "b.yaml" in told and "uploads" not in told
    office.browser("gaj").post("/workflows", 403)
