"""The page of who may do what: role × relation × trigger, asked of the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from engine.app import shipped
from engine.registry.workflow_file import load
from engine.rules import access
from engine.rules.access import Actor
from engine.rules.definition import Definition
from engine.rules.drawing import triggers_in_order
from engine.rules.ticket import Ticket

LEAD, COOPERATOR, OTHER = "LEAD", "COOPERATOR", "OTHER"

SEATS: Mapping[str, Actor] = {
    "supervisor": Actor("office", access.SUPERVISOR, None), "leader": Actor("leader", access.LEADER, None),
    "contact of the lead": Actor("lead", access.CONTACT, LEAD), "head of the lead": Actor("lead-head", access.HEAD, LEAD),
    "contact of a cooperator": Actor("cooperator", access.CONTACT, COOPERATOR),
    "head of a cooperator": Actor("cooperator-head", access.HEAD, COOPERATOR),
    "contact of another unit": Actor("other", access.CONTACT, OTHER), "head of another unit": Actor("other-head", access.HEAD, OTHER),
    "auditor": Actor("auditor", access.AUDITOR, None), "admin": Actor("admin", access.ADMIN, None),
    "system": Actor("system", access.SYSTEM, None, separated=True), "security": Actor("security", access.SECURITY, None, separated=True),
    "intake": Actor("hotline", access.INTAKE, None), "watch": Actor("watch", access.WATCH, None),
}
"""Every role in every relation it can have to a ticket."""

SEATS_ZH = (
    "督办单位", "分管市领导", "牵头单位联络员", "牵头单位负责人", "配合单位联络员", "配合单位负责人", "其他单位联络员", "其他单位负责人",
    "审计员", "系统管理员", "系统管理员（三员）", "安全管理员（三员）", "接入程序", "系统值守",
)

BESIDE: Mapping[str, tuple[str, str, Callable[[Actor, Ticket], bool]]] = {
    "see": ("see the ticket", "查看事项", lambda actor, ticket: access.may_see(actor, ticket, ())),
    "see-hidden": ("see it before it is assigned", "交办前查看", lambda actor, ticket: access.may_see(actor, ticket, (ticket.state,))),
    "open": ("open a ticket, amend, link", "立项、更正、关联", lambda actor, _: access.may_open(actor)),
    "administer": (
        "units, entering accounts, workflows, calendars", "单位、录入账号、流程、日历", lambda actor, _: access.may_administer(actor),
    ),
    "authorise": (
        "say what accounts may: roles, keys, stand-ins", "授权：账号的角色、链接和令牌、代理", lambda actor, _: access.may_authorise(actor),
    ),
    "redact": ("ask for words to be erased, or confirm", "申请或确认删除文字", lambda actor, _: access.may_redact(actor)),
    "read-secrets": ("read who complained, and sources of clues", "查看诉求人、线索来源", lambda actor, _: access.may_read_secrets(actor)),
    "receive": ("receive a letter, close its batch", "收文、来文批次办结", lambda actor, _: access.may_receive(actor)),
    "read-batches": ("read what came with which letter", "查看来文批次", lambda actor, _: access.may_read_batches(actor)),
    "evaluate": ("enter rounds of evaluation", "录入评价轮次", lambda actor, _: access.may_evaluate(actor)),
    "read-rounds": ("read rounds as a whole", "查看各轮评价", lambda actor, _: access.may_read_rounds(actor)),
    "visit": ("enter a visit, close it", "登记督查检查、办结", lambda actor, _: access.may_visit(actor)),
    "bring-feedback": (
        "take in complaints and reviews, a platform's program its own", "接收诉求评价（接入程序只限本平台）",
        lambda actor, _: access.may_bring_feedback(actor),
    ),
    "enter-feedback": ("enter answers to them, decide", "登记回访、决定是否重办", lambda actor, _: access.may_enter_feedback(actor)),
    "read-feedback": ("read complaints and reviews as they came", "查看诉求评价", lambda actor, _: access.may_read_feedback(actor)),
    "prove-reviews": (
        "read what became of each review, a unit of its own", "查看差评整改情况（单位只看本单位）",
        lambda actor, _: access.may_prove_reviews(actor),
    ),
    "read-visits": ("read where visits went", "查看督查检查", lambda actor, _: access.may_read_visits(actor)),
    "seal": ("take a seal", "存证", lambda actor, _: access.may_seal(actor)),
    "read-administration": (
        "read the administration's log", "查看管理记录", lambda actor, _: access.may_read_administration(actor),
    ),
}
"""What no workflow says: in English, in Chinese, and the rule that is asked."""

SAID = {
    "en": {
        "title": "# Who may do what",
        "intro": "Generated from the rules by `make docs`; a test states every cell. Access is one function over the actor, the role, the\n"
                 "relation to the ticket and the trigger; the command line, the web and the sweep all ask it.",
        "beside": "## Beside the workflows",
        "notes": "## What the tables cannot say\n\n"
                 "- Who verifies or rejects had no hand in this attempt and is of no unit that leads or cooperates: checked when it\n"
                 "  runs, and a workflow in which nobody could ever verify, or a unit closes its own work, is refused when it is loaded.\n"
                 "- A stand-in acts with the role and unit of whom it stands in for, only while that lasts and\n"
                 "  neither has another role or unit; the event says who for whom.\n"
                 "- A unit sees of a ticket what `docs/design.md` says under *What a unit sees*: its own time of it, and nothing whose\n"
                 "  audience is the office.\n"
                 "- A leader sees every ticket. The portfolio is a filter (`zg list --portfolio`) and decides who is told; it hides\n"
                 "  nothing.\n"
                 "- The auditor reads everything but who complained and sources of clues, the administration's log too, and writes\n"
                 "  nothing; it checks seals and takes none.\n"
                 "- Accounts of supervisors, leaders and administrators are made, changed and ended by the administrator only, and so\n"
                 "  are keys to them; their owners may change their own addresses, passwords and tokens. Whoever confirms\n"
                 "  an erasure had that role before it was asked for, and not from whoever asked.\n"
                 "- A unit reads how its own people are reached, and the telephone and e-mail of the account `office`; nothing of\n"
                 "  leaders, of supervisors in person or of other units.\n"
                 "- A platform's program (`intake`) brings what comes under the name of its own account, opens the tickets of that, and\n"
                 "  reads nothing at all, not even the list of units; whatever its token says.\n"
                 "- The administrator keeps accounts and workflows and does nothing to a ticket. Where that work is parted in three\n"
                 "  (`zg user separate`, for good) neither the administrator nor supervisors do it any more: `system` enters accounts,\n"
                 "  which act once `security` said what they may; `auditor` alone reads the administration's log.",
    },
    "zh": {
        "title": "# 谁能做什么",
        "intro": "由 `make docs` 从规则生成，每一格都有测试核对。权限由一个函数判断：人员、角色、与事项的关系、操作；\n"
                 "命令行、网页和系统值守都问同一个函数。",
        "beside": "## 流程之外",
        "notes": "## 表里说不出的\n\n"
                 "- 验收和退回的人没有参与本次整改，也不属于牵头或配合单位：办理时检查；谁都无法验收、或由单位自行办结的流程，\n"
                 "  载入时就不予采用。\n"
                 "- 代理人在代理期内以被代理人的角色和单位办理，记录写明谁代谁；任何一方角色或单位变动，代理即告终止。\n"
                 "- 单位只看到事项归自己期间的内容，看不到督办单位的内部备注、待签发的建议和不予签发的理由。\n"
                 "- 分管市领导能看到全部事项；分管单位只用于筛选（`zg list --portfolio`）和决定通知谁，不隐藏任何事项。\n"
                 "- 审计员可以查看除诉求人、线索来源以外的一切，包括管理记录，但不能写入，也不能存证，只能核对。\n"
                 "- 督办单位、分管市领导和系统管理员的账号及其密码、令牌只由系统管理员设立、变更和停用，\n"
                 "  本人可以修改自己的联系方式、密码和令牌；\n"
                 "  确认删除文字的人，须在申请之前就有这个角色，且不是由申请人设立。\n"
                 "- 承办单位能看到本单位人员和账号 `office` 的联系方式，看不到市领导、其他督办人员和其他单位的。\n"
                 "- 接入程序（`intake`）只报送以自己账号名为来源的诉求评价并由此立项，什么也看不到，连单位名单也不例外。\n"
                 "- 系统管理员维护账号和流程，不办理任何事项。实行三员分立（`zg user separate`，不能恢复）以后，\n"
                 "  督办单位和原系统管理员都不再管：\n"
                 "  `system` 录入账号，`security` 授权启用后才能用，只有 `auditor` 能看管理记录。",
    },
}


def page(language: str) -> str:
    """The whole page."""
    said = SAID[language]
    parts = [said["title"], said["intro"]]
    for definition in workflows().values():
        title = definition.title.in_language(language)
        rows = {
            f"{trigger.title.in_language(language)} `{trigger.name}`": may_fire(definition, trigger.name)
            for trigger in triggers_in_order(definition)
        }
        parts += [f"## {title} `{definition.name}`", _table(rows, language)]
    beside = {BESIDE[code][0 if language == "en" else 1]: may_beside(code) for code in BESIDE}
    parts += [said["beside"], _table(beside, language), said["notes"]]
    return "\n\n".join(parts) + "\n"


def workflows() -> Mapping[str, Definition]:
    """The shipped workflows, the main one first."""
    found = {path.stem: load(path) for path in shipped.workflow_files()}
    return {name: found[name] for name in sorted(found, key=lambda name: (name != "rectification", name))}


def may_fire(definition: Definition, trigger: str) -> frozenset[str]:
    """The seats that may fire the trigger, other conditions left aside."""
    ticket = example(definition)
    return frozenset(seat for seat, actor in SEATS.items() if access.may_act(actor, ticket, definition.triggers[trigger]))


def may_beside(code: str) -> frozenset[str]:
    ticket = example(workflows()["rectification"])
    return frozenset(seat for seat, actor in SEATS.items() if BESIDE[code][2](actor, ticket))


def example(definition: Definition, state: str | None = None) -> Ticket:
    """A ticket with a lead and a cooperator, in one of the states."""
    from engine.app.founding import china
    from engine.rules.acts.opening import Opening, open_ticket
    from engine.rules.event import Event
    from engine.rules.ticket import evolve

    event = open_ticket(
        definition, Opening("x", "visit", lead=LEAD, cooperators=(COOPERATOR,)), SEATS["supervisor"], datetime(2020, 9, 25, 1, tzinfo=UTC),
        china(), ticket=1, number="ZG-2020-0001", office="ZG", salt="x",
    )
    if not isinstance(event, Event):
        raise TypeError(event)
    return evolve(None, event)._replace(state=state or definition.initial)


def _table(rows: Mapping[str, frozenset[str]], language: str) -> str:
    seats = list(SEATS) if language == "en" else list(SEATS_ZH)
    lines = [f"| | {' | '.join(seats)} |", f"|---|{':-:|' * len(seats)}"]
    for name, may in rows.items():
        lines.append(f"| {name} | {' | '.join('✓' if seat in may else '' for seat in SEATS)} |")
    return "\n".join(lines)
