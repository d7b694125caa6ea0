"""The document of the API: it is OpenAPI, says every call there is and no other, and makes a client that works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.errors import NotFound
from engine.web.api.openapi import codes, document
from engine.web.api.schema import Schemas
from engine.web.application import application
from engine.web.routes import API, ROWS
from tests.served import served
from tests.web.conftest import Office

DOCUMENT = document(API)


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, said in methods.items():
            yield method.upper(), path, said


def test_it_says_every_call_there_is_once_with_what_it_is_for() -> None:
    assert [(method, path) for method, path, _ in operations()] != []
    assert {(method, path) for method, path, _ in operations()} == {(row.method, row.path) for row in API}
    assert {row.path for row in ROWS if row.path.startswith("/api/")} == {row.path for row in API} | {"/api/v1/openapi.json"}
    names = [said["operationId"] for _, _, said in operations()]
    assert len(set(names)) == len(names) and all(said["summary"] for _, _, said in operations())


def test_every_reference_leads_somewhere_and_every_view_is_needed() -> None:
    text = json.dumps(DOCUMENT)
    assert set(re.findall(r"#/components/schemas/(\w+)", text)) == set(DOCUMENT["components"]["schemas"])


def test_it_says_how_a_call_may_be_refused() -> None:
    act = DOCUMENT["paths"]["/api/v1/tickets/{number}/{trigger}"]["post"]["responses"]
    assert {"200", "400", "401", "403", "404", "409", "412", "413", "422", "429", "503"} <= set(act)
    assert "ticket-not-found" in act["404"]["description"] and NotFound.code in codes(404) and "conflict" in codes(409)


def test_a_type_of_which_no_schema_is_known_is_no_silent_anything() -> None:
    with pytest.raises(TypeError):
        Schemas().of(set[str])


def test_the_document_is_handed_out_to_whoever_has_an_account_and_names_where_it_is_served(read_office: Office) -> None:
    browser = read_office.browser("scjgj")
    served = json.loads(browser.get("/api/v1/openapi.json"))
    assert served == DOCUMENT | {"servers": [{"url": "http://testserver"}]}


def test_it_is_openapi_3_1() -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is not installed")
    validator.validate(DOCUMENT)


ASKED = """
import io, json, sys
from zhenggai_client import AuthenticatedClient
from zhenggai_client.api.default import (
    others_today, several_several, tickets_act, tickets_can, tickets_index, tickets_log, tickets_one, tickets_open,
)
from zhenggai_client.models import Opened, SeveralSeveralFilesBody, TicketsActFilesBody, TicketsActJsonBody, TicketsIndexSort
from zhenggai_client.types import File

def with_file(kind, **texts):
    body = kind(file=[File(payload=io.BytesIO(b"%PDF-1.7 proof"), file_name="a.pdf", mime_type="application/pdf")])
    body.additional_properties.update(texts)
    return body

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2], raise_on_unexpected_status=True)
opened = tickets_open.sync(client=client, body=Opened(title="窗口排队超过一小时", source="visit", with_=["市公安局"]))
number = opened.ticket.number
body = TicketsActJsonBody()
body["lead"] = "市税务局"
done = tickets_act.sync(number, "assign", client=client, body=body)
refused = tickets_act.sync(number, "verify", client=client, body=TicketsActJsonBody())
noted = tickets_act.sync(number, "comment", client=client, body=with_file(TicketsActFilesBody, note="x"))
several = with_file(SeveralSeveralFilesBody, trigger="comment", note="x", each=json.dumps({number: {}, "1": {}}))
print(json.dumps({
    "files": len(noted.events[0].data["evidence"]),
    "several": [item.status for item in several_several.sync(client=client, body=several).results],
    "number": number, "state": done.ticket.state, "one": tickets_one.sync(number, client=client).lead, "code": refused.code,
    "found": [item.number for item in tickets_index.sync(client=client, limit=2, sort=TicketsIndexSort.NUMBER).tickets],
    "can": tickets_can.sync(number, client=client).state, "log": len(tickets_log.sync(number, client=client).events),
    "today": others_today.sync(client=client).as_,
}))
"""


def test_a_client_that_is_made_of_it_works(office: Office, tmp_path: Path) -> None:
    pytest.importorskip("openapi_python_client", reason="openapi-python-client is not installed")
    (tmp_path / "openapi.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    (tmp_path / "config.yml").write_text("post_hooks: []\npackage_name_override: zhenggai_client\n", encoding="utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json", "--config", "config.yml", "--meta", "none",
         "--output-path", "zhenggai_client"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )
    assert made.returncode == 0 and "Error" not in made.stdout + made.stderr, made.stdout + made.stderr
    token = office.zg.json("user", "token", "office", "--scope", "act")["token"]
    with served(application(office.settings)) as address:
        asked = subprocess.run([sys.executable, "-c", ASKED, address, token], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert asked.returncode == 0, asked.stderr[-2000:]
    assert json.loads(asked.stdout) == {
        "files": 1, "several": [200, 200],
        "number": "ZG-2020-0004", "state": "assigned", "one": "SHUIWJ", "code": "refused", "found": ["ZG-2020-0001", "ZG-2020-0002"],
        "can": "assigned", "log": 4, "today": "office",
    }
