"""A week in the supervision office, a contact's day, and the mistakes that people make, with each actor's own commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Zg

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
MONDAY = "2020-03-02T09:00"
POLICE, MARKET, TAX, COURT, POWER = "市公安局", "市市场监管局", "市税务局", "市中级法院", "平顶山供电公司"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of two people, on the Monday it begins."""
    path = tmp_path_factory.mktemp("walk") / "zg.db"
    zg = Zg(f"sqlite:///{path}")
    zg("init", "--seed", "pingdingshan-2020", "--sandbox", MONDAY)
    zg("--as", "admin", "user", "add", "wangfang", "--title", "王芳", "--role", "督办单位")
    return path


@pytest.fixture
def office(empty: Zg, founded: Path, tmp_path: Path) -> Zg:
    (tmp_path / "zg.db").write_bytes(founded.read_bytes())
    return empty


@pytest.fixture
def scan(tmp_path: Path) -> str:
    path = tmp_path / "扫描件.png"
    path.write_bytes(PNG)
    return str(path)


def sees(zg: Zg, unit: str) -> list[str]:
    return [ticket["number"][-4:] for ticket in zg.lines("--as", unit, "list")]


def finding(zg: Zg, title: str, *words: str) -> str:
    return str(zg.json("open", title, "--source", "暗访", *words)["number"])


def state(zg: Zg, number: str) -> str:
    return str(zg.json("show", number)["state"])


def test_a_week_in_the_supervision_office(office: Zg, scan: str) -> None:
    zg = office

    # Monday: an unannounced visit; nothing of it is seen before 交办, whoever it names
    police, tax, court = finding(zg, "窗口无人值守", "--lead", POLICE), finding(zg, "办税排队过长"), finding(zg, "立案材料反复提交")
    shared = finding(zg, "企业开办材料重复提交", "--lead", MARKET, "--with", f"{POLICE}、{TAX}")
    assert sees(zg, POLICE) == []
    zg("assign", police)
    zg("assign", shared)
    zg("assign", f"{tax}、{court}", "--lead", TAX)
    assert sees(zg, POLICE) == ["0001", "0004"] and sees(zg, TAX) == ["0002", "0003", "0004"]

    # Tuesday: units deny; the chain of denials stays, and after two only a ruling is left
    zg("clock", "set", "2020-03-03T09:00")
    zg("--as", TAX, "decline", court, "--reason", "不属于本单位职责", "--clause", "三定规定第五条", "--suggest", COURT)
    zg("assign", court, "--lead", POLICE)
    zg("--as", POLICE, "decline", court, "--reason", "不属于本单位职责")
    assert [item["unit"] for item in zg.json("show", court)["denials"]] == ["SHUIWJ", "GAJ"]
    assert zg.error("assign", court, "--lead", COURT, code=5)["reasons"][0]["code"] == "designate-only"
    zg("consent", court, "--by", "赵副市长", "--file", scan, "--about", "指定承办")
    zg("assign", court, "--lead", COURT, "--designate", "--basis", "会议纪要第3号")
    assert zg.error("--as", COURT, "decline", court, "--reason", "不属于本单位职责", code=5)["reasons"]
    zg("--as", COURT, "accept", court)

    # … a leader writes a sentence, on paper and in person, and it is answered
    zg("--as", POLICE, "accept", "第1号")
    zg("instruct", police, "--note", "三日内整改到位", "--by", "赵副市长", "--urgent")
    zg("--as", "leader", "instruct", police, "--note", "举一反三")
    zg("--as", POLICE, "report-back", police, "--note", "已增派人员")
    assert all(item["reported_at"] for item in zg.json("show", police)["instructions"])

    # Wednesday: a day off by a storm moves the dates, and what nobody signed is deemed accepted
    zg("clock", "set", "2020-03-04T09:00")
    before = zg.json("show", police)["promised_on"]
    zg("calendar", "add", "2020-03-06", "--rest", "--name", "暴雪停工")
    assert zg.json("show", police)["promised_on"] > before
    zg("sweep")
    assert state(zg, tax) == "rectifying"

    # Thursday: more time is asked for, another date is given; the second time a leader decides, and the answers go out in bulk
    zg("clock", "set", "2020-03-05T09:00")
    zg("amend", tax, "--grade", "Ｂ类", "--reason", "涉及多个部门")
    promised = zg.json("show", tax)["promised_on"]
    zg("--as", TAX, "request-extension", tax, "--to", "8wd", "--reason", "系统改造", "--approved-by", "张局长")
    zg("grant", tax, "--to", "5wd", "--note", "抓紧")
    assert zg.json("show", tax)["promised_on"] > promised
    zg("--as", TAX, "request-extension", tax, "--to", "3wd", "--reason", "设备未到货", "--approved-by", "张局长")
    assert zg.error("grant", tax, code=5)["reasons"][0]["code"] == "consent-missing"
    zg("--as", "leader", "consent", tax)
    zg("grant", "-", given=f"{tax}\n")

    # Friday of the next week: phone calls are counted, letters are signed or not; none is sent by the ladder itself
    zg("clock", "set", "2020-03-20T18:00")
    zg("urge", police, "--by", "电话", "--note", "约定周一报送")
    zg("sweep")
    letters = {letter["unit"]: letter["letter"] for letter in zg.lines("list", "--proposals")}
    assert letters["GAJ"] == letters["SCJGJ"] == "circular" and letters["ZJFY"] == "report-to-group", "a court is never named in public"
    assert zg.json("show", police)["acted_level"] == 1
    zg("issue", police, "--by", "督查室主任", "--rung", "督办")
    assert zg.error("issue", police, "--by", "督查室主任", code=5)["reasons"][0]["code"] == "consent-missing"
    zg("--as", "leader", "consent", police, "--note", "同意通报")
    zg("--as", "leader", "consent", court, "--refuse", "--note", "先当面沟通")
    zg("issue", police, "--by", "督查室主任")
    assert zg.error("issue", court, "--by", "督查室主任", "--rung", "通报", code=5)["reasons"][0]["code"] == "consent-refused"
    zg("waive", court, "--reason", "领导要求先当面沟通")
    assert [zg.json("show", number)["acted_level"] for number in (police, court)] == [3, 1]
    zg("audit", "verify")


def test_a_contacts_day(office: Zg, scan: str) -> None:
    zg = office
    number = finding(zg, "接电时间过长", "--grade", "B", "--lead", POWER, "--with", MARKET)
    other = finding(zg, "报装资料重复", "--lead", POWER)
    zg("assign", number, other)

    # the message says what, by when; the list is by urgency; both are signed in one go
    assert {line["number"][-4:] for line in zg.lines("--as", POWER, "notices")} == {"0001", "0002"}
    assert sees(zg, POWER) == ["0002", "0001"], "the simple one is due first"
    zg("--as", POWER, "accept", "1、2")
    assert sees(zg, MARKET) == ["0001"]

    # what is written over days; the cooperator's part; what the head signs, on paper
    zg("--as", POWER, "progress", number, "--note", "已完成排查")
    error = zg.error("--as", POWER, "submit", number, "--note", "已整改", "--file", scan, code=5)
    assert {reason["code"] for reason in error["reasons"]} == {"sign-off-missing", "endorsement-missing"}
    zg("--as", MARKET, "sign-off", number)
    zg("--as", POWER, "endorse", number, "--file", scan)
    zg("--as", POWER, "submit", number, "--note", "平均接电4.6个工作日", "--file", scan)
    zg("--as", POWER, "submit", other, "--note", "已取消重复资料", "--file", scan)
    assert [state(zg, item) for item in (number, other)] == ["submitted"] * 2

    # rejected once, mended, verified by somebody who had no hand in it
    zg("reject", other, "--reason", "县区仍收纸质资料")
    zg("--as", POWER, "submit", other, "--note", "县区已停收", "--file", scan)
    zg("--as", "王芳", "verify", "-", "--note", "抽查无误", given=f"{number}\n{other}\n")
    assert [state(zg, item) for item in (number, other)] == ["verified"] * 2

    # a contact on leave: the colleague stands in, and the log says for whom
    zg("--as", "admin", "user", "add", "gdgs2", "--title", "供电第二联络员", "--role", "contact", "--unit", POWER)
    zg("user", "stand-in", "gdgs", "--by", "gdgs2", "--from", "2020-03-02", "--until", "2020-03-10")
    third = finding(zg, "停电未提前告知", "--lead", POWER)
    zg("assign", third)
    zg("--as", "gdgs2/gdgs", "accept", third)
    assert zg.lines("log", third)[-1]["data"]["for"] == "gdgs"
    zg("audit", "verify")


def test_every_mistake_can_be_mended(office: Zg, scan: str) -> None:
    zg = office
    kept = finding(zg, "窗口无人值守", "--lead", POLICE)
    zg("assign", kept)
    zg("--as", POLICE, "accept", kept)

    # the same thing twice
    double = finding(zg, "办事窗口没有人", "--lead", POLICE)
    zg("assign", double)
    zg("withdraw", double, "--reason", "与1号相同", "--as", "重复", "--of", "第1号")
    assert zg.json("show", double)["closed_as"] == "duplicate"

    # the wrong unit: nothing sticks to it
    wrong = finding(zg, "发票申领需跑两次", "--lead", POLICE)
    zg("assign", wrong)
    zg("reassign", wrong, "--lead", TAX, "--reason", "交办单位有误")
    assert zg.json("show", wrong)["lead"] == "SHUIWJ" and "0003" not in sees(zg, POLICE)

    # a date mistyped: what it rang is void, and it is no extension
    typed = finding(zg, "标志牌缺失", "--lead", MARKET)
    zg("assign", typed, "--due", "2020-03-03")
    zg("clock", "set", "2020-03-04T09:00")
    zg("sweep")
    assert zg.json("show", typed)["light"] == "red"
    mended = zg.json("amend", typed, "--due", "2020-03-13", "--reason", "日期录入有误")
    assert (mended["light"], mended["level"], mended["acted_level"]) == ("green", 0, 0)

    # what should never have been one, and what was withdrawn by mistake
    none = finding(zg, "无此问题")
    zg("withdraw", none, "--reason", "核实不存在", "--as", "不构成问题")
    before = zg.json("show", kept)
    zg("withdraw", kept, "--reason", "核实不存在", "--as", "不构成问题")
    back = zg.json("reinstate", kept, "--reason", "撤错了编号")
    assert {name: back[name] for name in ("number", "state", "promised_on")} == {
        name: before[name] for name in ("number", "state", "promised_on")
    }

    # an informer's name typed where units read: two people erase it, and the chain holds
    zg("comment", kept, "--note", "举报人张某，电话138")
    seq = str(zg.lines("log", kept)[-1]["seq"])
    zg("redact", kept, "--seq", seq, "--reason", "含举报人信息")
    zg("--as", "admin", "redact", kept, "--seq", seq, "--confirm")
    assert zg.lines("log", kept)[int(seq) - 1]["words"] is None

    # a report that lay in a tray, entered as of its date; then verified too early
    zg("clock", "set", "2020-03-16T10:00")
    zg("sweep")
    assert zg.json("show", wrong)["light"] == "red"
    entered = zg.json("submit", wrong, "--note", "已并入一表", "--file", scan, "--on", "3月9日", "--basis", "收文登记第12号")
    assert (entered["state"], entered["level"], entered["late_days"]) == ("submitted", 0, 0)
    zg("--as", "王芳", "verify", wrong, "--note", "核验通过")
    zg("reopen", wrong, "--reason", "销号有误", "--as", "更正")
    assert state(zg, wrong) == "rectifying"

    # units merge, people leave: the work belongs to the unit
    zg("unit", "merge", MARKET, "--into", TAX, "--from", "2020-03-10", "--basis", "市编办〔2020〕12号")
    assert zg.json("show", typed)["lead"] == "SHUIWJ"
    zg("--as", "admin", "user", "add", "leader2", "--title", "孙副市长", "--role", "leader")
    zg("--as", "admin", "user", "hand-over", "leader", "--to", "leader2")
    zg("--as", "admin", "user", "disable", "leader", "--reason", "调离")
    zg("--as", "孙副市长", "instruct", wrong, "--note", "不得再退")
    assert zg.json("audit", "verify")["redacted"] == 1
