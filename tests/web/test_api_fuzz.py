"""Every call of the API with what no person types, made from its own document: nothing breaks, and every answer is as the document says."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from engine.web.routes import API
from engine.web.row import Row
from tests.web.conftest import Office, served

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed: pip install schemathesis")

pytestmark = [pytest.mark.torture, pytest.mark.filterwarnings("default")]
EXAMPLES = 40
LEFT_OUT = ("positive_data_acceptance", "ignored_auth")
"""What is typed as a person types it may be refused though it is a text: a date that is none, a unit that nobody knows. And a token is
sent with every call here; what a stranger is answered stands in other tests.
"""


@pytest.fixture(scope="module")
def fuzzed(web_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    path = tmp_path_factory.mktemp("fuzz") / "zg.db"
    shutil.copyfile(web_template, path)
    with served(f"sqlite:///{path}") as office:
        return office


@pytest.fixture(scope="module")
def api(fuzzed: Office) -> Any:
    token = fuzzed.zg.json("user", "token", "office", "--scope", "act", "--per-minute", "60000")["token"]
    heads = {"authorization": f"Bearer {token}"}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", fuzzed.stranger.client.app, headers=heads)
    schema.config.update(headers=heads)
    return schema


@pytest.mark.parametrize("row", API, ids=lambda row: f"{row.method} {row.path}")
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_no_call_breaks_and_every_answer_is_as_the_document_says(api: Any, row: Row, mode: Any) -> None:
    left_out = [check for name in LEFT_OUT for check in schemathesis.checks.CHECKS.get_by_names([name])]

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=api[row.path][row.method].as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        case.call_and_validate(excluded_checks=left_out)

    try:
        asked()
    except Unsatisfiable:
        pytest.skip("nothing can be wrong with this call")
