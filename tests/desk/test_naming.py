"""What still names an account that is to be disabled."""

from __future__ import annotations

import pytest

from engine.desk.naming import naming_account
from engine.registry.accounts import NewAccount
from engine.rules.access import Actor
from tests.registry.conftest import ADMIN, Town

SECOND = NewAccount("fgw2", "第二联络员", "contact", "FGW")


@pytest.mark.parametrize(("second", "alone"), [(SECOND, None), (None, "FGW")])
def test_a_unit_is_named_as_left_without_a_contact_only_where_nobody_else_is_one(
    town: Town, second: NewAccount | None, alone: str | None,
) -> None:
    if second is not None:
        town.registry.accounts.add(ADMIN, second)
    town.registry.accounts.disable(ADMIN, "fgw")
    assert naming_account(town.at("2020-09-25T10:00").desk, Actor("admin", "admin", None, "test"), "fgw").unit == alone
