"""The administrator's work parted in three, in a record: who makes accounts and who lets them act; `verify` asks the same again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.audit.verify import verify
from engine.errors import NotPermitted, NotPossible
from engine.record.directory import act_as
from engine.record.people import read_accounts
from engine.registry.accounts import NewAccount
from engine.registry.invitations import invite
from engine.registry.units import NewUnit
from engine.rules.plan import RELATIONS, UNIT_KINDS
from tests.registry.conftest import ADMIN, OFFICE, Town, enter_the_three, part

TOMORROW = datetime(2030, 1, 1, tzinfo=UTC)


def test_the_three_make_an_account_together_and_nobody_alone(town: Town) -> None:
    accounts = town.registry.accounts
    enter_the_three(town)
    with pytest.raises(NotPermitted):
        accounts.separate(OFFICE)
    with pytest.raises(NotPossible) as missing:
        accounts.separate(ADMIN)
    assert missing.value.values["roles"] == ["system", "security", "auditor"]
    assert part(town) == ("admin",)

    system, security, auditor, office = (
        act_as(town.database, name, "test", town.now) for name in ("xitong", "anquan", "auditor", "office")
    )
    for stranger in (ADMIN, OFFICE, office, auditor, security):
        with pytest.raises(NotPermitted):
            accounts.add(stranger, NewAccount("new", "新人", "contact", "SCJGJ"))
    accounts.add(system, NewAccount("new", "新人", "contact", "SCJGJ"))
    assert not next(account for account in read_accounts(town.database) if account.name == "new").active
    for alone in (system, office, auditor):
        with pytest.raises(NotPermitted):
            accounts.change(alone, "new", active=True)
    with pytest.raises(NotPermitted) as apart:
        accounts.change(system, "new", role="head")
    assert apart.value.values["reason"] == "account-parted", "there is no administrator any more to turn to"
    with pytest.raises(NotPossible):
        invite(town.registry, security, "new", town.now)
    accounts.change(security, "new", active=True)
    invite(town.registry, security, "new", town.now)
    with pytest.raises(NotPermitted):
        accounts.stand_in(system, "new", "scjgj-head", town.now, TOMORROW)
    accounts.stand_in(security, "new", "scjgj-head", town.now, TOMORROW)
    for changed in ({"role": "contact"}, {"unit": "SCJGJ"}, {"valid_to": TOMORROW}):
        with pytest.raises(NotPermitted) as own:
            accounts.change(security, "anquan", **changed)
        assert own.value.values["reason"] == "account-own-rights"
    accounts.disable(system, "new")
    for last in ("xitong", "anquan", "auditor"):
        with pytest.raises(NotPossible):
            accounts.disable(security, last)
    unit = NewUnit("XQJ", "新区局", UNIT_KINDS[0], RELATIONS[0])
    for other in (security, office, auditor):
        with pytest.raises(NotPermitted):
            town.registry.units.add(other, unit)
    town.registry.units.add(system, unit)
    with pytest.raises(NotPermitted):
        accounts.separate(act_as(town.database, "xitong", "test", town.now))
    assert [(finding.code, finding.stream, finding.seq, finding.why) for finding in verify(town.database)] == []
