"""A leader says yes or no (同意/不同意) before a circular is issued or a second extension granted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.errors import Reason
from engine.rules.acts import consent
from engine.rules.acts.command import Refusal
from engine.rules.acts.decide import assess
from engine.rules.definition import Guard
from engine.rules.ticket_facts import Evidence
from tests.rules.conftest import LEAD, LEADER, OFFICE, Matter, local

SCAN = Evidence("b" * 64, 10, "image/png")


def reason(matter: Matter, trigger: str, **said: str) -> Reason:
    outcome = matter.attempt(trigger, **said)
    assert isinstance(outcome, Refusal) and len(outcome.reasons) == 1, outcome
    return outcome.reasons[0]


@pytest.fixture
def late(rectifying: Matter) -> Matter:
    """督办 and 通报 are proposed."""
    rectifying.at("2020-10-19T19:00").sweep()
    assert [item.rung for item in rectifying.ticket.proposals] == ["supervision-letter", "circular"]
    return rectifying


@pytest.fixture
def extended(matter: Callable[..., Matter]) -> Matter:
    """A second extension is asked for."""
    found = matter().open(grade="B").do("assign", lead="SCJGJ").do("accept", LEAD)
    for to in ("2020-10-27T18:00", "2020-10-30T18:00"):
        found.do("request-extension", LEAD, {"reason": "设备未到货", "approved_by": "李四"}, to=local(to))
        if not found.ticket.grants:
            found.do("grant")
    return found


def test_a_circular_needs_a_leader_and_a_supervision_letter_does_not(late: Matter) -> None:
    assert reason(late, "issue", by="张三") == Reason(
        "consent-missing", {"rung": "circular", "others": ("supervision-letter",)}, needs=("rung",),
    )
    late.do("issue", by="张三", rung="supervision-letter")
    assert reason(late, "issue", by="张三") == Reason("consent-missing", {"rung": "circular"})
    late.do("consent", LEADER).do("issue", by="张三")
    assert late.ticket.acted_level == 3


def test_what_a_leader_said_is_the_offices_and_moves_nothing(late: Matter) -> None:
    before = late.ticket
    late.do("consent", LEADER, {"note": "同意通报"})
    event, said = late.events[-1], late.ticket.consents
    assert [(item.about, item.by, item.agreed) for item in said] == [("rectify/1/circular", "leader", True)]
    assert [consent.name_of(item) for item in said] == ["circular"]
    assert event.data["audience"] == "office" and (event.data["about"], event.data["leader"], event.data["agreed"]) == (
        "circular", "leader", True,
    )
    assert before._replace(version=late.ticket.version, consents=said) == late.ticket


def test_the_office_writes_down_what_a_leader_signed_with_name_and_scan(late: Matter) -> None:
    assert late.reasons("consent") == {"leader-missing", "consent-scan-missing"}
    assert late.reasons("consent", by="王副市长") == {"consent-scan-missing"}
    late.do("consent", evidence=(SCAN,), by="王副市长")
    assert late.ticket.consents[0].by == "王副市长"
    assert late.reasons("consent", LEADER, by="another") == {"instructs-in-person"}
    assert late.reasons("consent", LEAD) >= {"not-yours"}


def test_a_refusal_stands_until_the_leader_says_otherwise(late: Matter) -> None:
    late.do("consent", LEADER, refuse=True)
    assert reason(late, "issue", by="张三", rung="circular") == Reason("consent-refused", {"rung": "circular", "leader": "leader"})
    assert "instead_of" not in late.events[-1].data
    late.do("consent", LEADER)
    assert [item.agreed for item in late.ticket.consents] == [True]
    assert late.events[-1].data["instead_of"] == {"leader": "leader", "agreed": False}
    assert "instead_of" not in late.do("consent", LEADER).events[-1].data
    late.do("issue", by="张三")


def test_a_consent_holds_for_what_it_was_given_to(late: Matter) -> None:
    late.do("consent", LEADER)
    late.amend(reason="日期有误", due=local("2020-10-23T18:00"))
    late.at("2020-11-03T19:00").sweep()
    assert [item.rung for item in late.ticket.proposals] == ["supervision-letter", "circular"]
    assert reason(late, "issue", by="张三", rung="circular").code == "consent-missing"


def test_the_highest_letter_is_meant_unless_another_is_named(late: Matter) -> None:
    late.at("2020-10-28T19:00").sweep()
    late.do("consent", LEADER)
    assert [item.about for item in late.ticket.consents] == ["rectify/1/interview"]
    late.do("consent", LEADER, about="通报")
    assert [item.about for item in late.ticket.consents] == ["rectify/1/interview", "rectify/1/circular"]
    assert late.reasons("consent", LEADER, about="催办") == {"consent-unknown"}


def test_the_second_extension_needs_a_leader(extended: Matter) -> None:
    assert reason(extended, "grant") == Reason("consent-missing", {"rung": "extension"})
    extended.do("consent", LEADER)
    assert consent.name_of(extended.ticket.consents[0]) == "extension"
    extended.do("grant")
    assert len(extended.ticket.grants) == 2


def test_the_first_extension_does_not(rectifying: Matter) -> None:
    assert "nothing-for-leader" in rectifying.reasons("consent", LEADER)
    rectifying.do("request-extension", LEAD, {"reason": "设备未到货"}, to=local("2020-10-14T18:00")).do("grant")


def test_of_several_kinds_that_wait_one_is_named(extended: Matter) -> None:
    """A request on our desk holds the ladder, but what was proposed before it still waits."""
    extended.ticket = extended.ticket._replace(proposals=_circular(extended))
    assert extended.reasons("consent", LEADER) == {"consent-of-which"}
    assert assess(extended.situation(LEADER), extended.definition.triggers["consent"]).needs == ("about",)
    extended.do("consent", LEADER, about="extension")
    assert extended.ticket.consents[0].about.startswith("extension/")


def _circular(matter: Matter) -> tuple[consent.Proposal, ...]:
    return (consent.Proposal("circular", 3, "rectify", 1, matter.now, 3, matter.now),)


def test_a_workflow_may_ask_for_consent_to_a_designation(matter: Callable[..., Matter]) -> None:
    found = matter().open(lead="SCJGJ")
    assign = found.definition.triggers["assign"]
    guarded = assign._replace(guards=(*assign.guards, Guard("designation-agreed")))
    found.definition = replace(found.definition, triggers={**found.definition.triggers, "assign": guarded})
    found.do("assign").do("decline", LEAD, {"reason": "不属本单位", "clause": "三定规定"})
    said = {"lead": "SCJGJ", "designate": True, "words": {"basis": "会议纪要第3号"}}
    assert found.reasons("assign", **said) == {"consent-missing"}
    found.do("consent", LEADER)
    assert consent.name_of(found.ticket.consents[0]) == "designation"
    found.do("assign", OFFICE, **said)
    assert "nothing-for-leader" in found.reasons("consent", LEADER), "it is assigned"


def test_without_a_decline_nobody_is_asked_about_a_designation(matter: Callable[..., Matter]) -> None:
    found = matter().open(lead="SCJGJ")
    assign = found.definition.triggers["assign"]
    guarded = assign._replace(guards=(*assign.guards, Guard("designation-agreed")))
    found.definition = replace(found.definition, triggers={**found.definition.triggers, "assign": guarded})
    found.do("assign", OFFICE, {"basis": "会议纪要第3号"}, designate=True)


def test_an_effect_without_its_guards_is_loud(rectifying: Matter) -> None:
    trigger = rectifying.definition.triggers["consent"]._replace(guards=())
    rectifying.definition = replace(rectifying.definition, triggers={**rectifying.definition.triggers, "consent": trigger})
    with pytest.raises(ValueError, match="consent of nobody"):
        rectifying.do("consent", LEADER)
