"""The page of the API: what every call is for, asked of the document that the program itself hands out."""

from __future__ import annotations

from engine.web.api.openapi import document
from engine.web.routes import API

HEAD = """# The API

`/api/v1` does what the pages do, by the same calls: what an account may see and do here is what it may see and do everywhere. The document
(OpenAPI 3.1) is at `/api/v1/openapi.json`, for whoever has a token; `openapi-python-client generate --path openapi.json` makes a client of
it, and a test does. [中文见下](#接口)

```
zg user token fgw --name 政务平台 --scope act         # shown once; without --scope act it reads
curl -H "Authorization: Bearer $TOKEN" 'http://127.0.0.1:8600/api/v1/tickets?light=red&limit=50'
curl -H "Authorization: Bearer $TOKEN" -H 'If-Match: "7"' --json '{"note": "已改"}' http://127.0.0.1:8600/api/v1/tickets/1/submit
curl -H "Authorization: Bearer $TOKEN" -F note=已改 -F file=@记录.pdf http://127.0.0.1:8600/api/v1/tickets/1/submit
```

- **Tokens** are of an account: read, act (GET reads, POST acts) or intake (brings complaints, reviews and findings,
  nothing else). Each answers so many requests a minute (then 429 with `Retry-After`).
- **Values are typed as by people**: units by code, name or alias, dates as `2020-10-09` or `10月9日`, amounts as `5wd`. Which inputs an act
  takes, `can` says; what it does not take is refused.
- **Pages**: `limit` and `after`; `next` of the answer is the next `after`. **Languages**: `Accept-Language`; codes are never translated.
- **Versions**: a ticket comes with an `ETag`; `If-Match` holds an act to that version (412), `version` in the body is what was looked at.
- **Sent again**: every POST takes an `Idempotency-Key` (1 to 255 printable characters, a random one for each request). For 24 hours the
  same key of the same account with the same request gives the first answer (`Idempotency-Replayed: true`) and does nothing; with another
  request 422, while the first is at work 409. What passes by itself (429, 503 before anything was written) frees the key. A request that
  broke off in the middle, and an answer that was not kept (over 1 MB, beyond 64 MB of large ones of the account, or words were erased
  since), say so with 409. An account has at most 10,000.
- **Errors** are `application/problem+json`: `code` for programs, `title`, `detail`, `hint` (what to do next), `reasons` (everything that
  stands against it) and `needs` for people; of a conflict the `events` since.
- **Complaints and reviews**: `POST /api/v1/feedback/SENDER` with `messages`, each once by its `ref` and `version`; `…/outcomes` goes back.
  A sender that stands in `zg.toml` (`[senders.NAME]` with `secret_file` or `secret_env`) signs as Standard Webhooks say: `webhook-id`,
  `webhook-timestamp` within five minutes, `webhook-signature`. An unsigned one is refused (401), and a message that is sent again under its
  id is answered as the first time and taken in once.
- **Monitoring points** (监测点): `POST /api/v1/monitoring/SENDER` with `messages`, signed in the same way. Each has its `ref` and a
  `title`, and what is known of `detail`, `unit`, `measure`, `name` and `phone`. A `ref` opens one ticket, which the office assigns; with
  other words it is refused.
- **On paper**: `POST /api/v1/tickets/NO/TRIGGER/entry` enters what a unit did, with `on` (the date of the sheet), `basis`, and `for` where
  several units may have done it.
- **Monitoring**: `/healthz`, `/readyz` for everybody; `/metrics` (Prometheus) by the token of an account that sees everything, whoever asks
  from where: behind a proxy on the same machine everybody would come from there.
- **Several**: `POST /api/v1/acts` with `trigger` and `numbers` does one act to each by itself; 207 where some failed. `each` has, by
  the number of a ticket, what it takes otherwise than the others (its lead, its `version`); `dry_run` does nothing and says what would
  become of each. Sent as a form, with `each` as JSON, it brings its files to all of them.
- **The ledger as a file**: `POST /api/v1/export` with the filters of the list and `format` (xlsx, csv, jsonl, ics); filters under a
  name are `/api/v1/views`.
- **Imports**: the file to `/api/v1/imports`; the `upload` of the answer is looked at (`…/preview`) and entered, both with `kind`,
  `map` (head: field), `answers` (key: answer) and, of results, `subjects` (whom a name of `unclear_subjects` means, or `new`);
  `…/annotated` is the copy with what is wrong in red.
- **Types**: JSON of another type than the document says is refused (400), `true` for `"yes"` too. **What opens something** (a link,
  a token) is answered once: sent again under the same key it is 409, and nothing of it is kept.
- **What has no call**: signing in and what opens one's own account – a token that was stolen must not outlive itself, so that it makes no
  link and no other token to its account either –, the answer page of an enterprise, the wall screen, the week as a page. A test compares
  every page with the calls (`tests/web/test_api_twins.py`).

| Method | Path | What |
|---|---|---|
"""

CHINESE = """
## 接口

`/api/v1` 与网页调用同一段程序：一个账号在这里能看什么、能办什么，与在别处完全一样。接口文档（OpenAPI 3.1）在 `/api/v1/openapi.json`，凭令牌
才能看；用它可以生成客户端。

- **令牌**：`zg user token 账号 --scope act` 生成，只显示一次；不写 `--scope act` 的只能读，
  `--scope intake` 的只能报送诉求评价和监测发现的问题。每个令牌每分钟有限额，超过的返回 429。
- **填法与人一样**：单位写代码、名称或别名，日期写 `2020-10-09` 或 `10月9日`，时长写 `5wd`。每种办理要填什么，`can` 会说。
- **翻页**用 `limit`、`after`，答复里的 `next` 就是下一页的 `after`。**语言**看 `Accept-Language`。
- **版本**：事项带 `ETag`，办理时写 `If-Match`，版本变了返回 412，不办。
- **重发**：每个 POST 都可带 `Idempotency-Key`（1 至 255 个可见字符，每个请求一个随机的键）。24 小时内同一账号用同一个键重发同样的请求，
  返回第一次的答复（`Idempotency-Replayed: true`），不再办理；内容不同返回 422，第一次还在办返回 409。办到一半中断的、答复没有保留的，返回
  409 并说明。
- **出错**返回 `application/problem+json`：`code` 给程序，`title`、`detail`、`hint`（接下来怎么办）、
  `reasons`（全部原因）、`needs`（缺什么）给人。
- **诉求评价**：`POST /api/v1/feedback/来源` 写 `messages`，同一编号同一版本只收一次；办理结果在 `…/outcomes`。
  `zg.toml` 里登记了密钥的来源（`[senders.来源]`，`secret_file` 或 `secret_env`）要按 Standard Webhooks 签名：`webhook-id`、
  `webhook-timestamp`（相差不超过五分钟）、`webhook-signature`。没有签名的不收（401）；同一 `webhook-id` 重发只收一次，答复与第一次相同。
- **监测点**：`POST /api/v1/monitoring/来源` 写 `messages`，签名相同：每条有 `ref` 和 `title`，另可写 `detail`、
  `unit`、`measure`、`name`、`phone`；同一 `ref` 只立一件，由督办单位交办，内容变了的不收。
- **代录纸质件**：`POST /api/v1/tickets/编号/办理/entry`，写 `on`（纸质件日期）、`basis`，有几个单位可能办的写 `for`。
- **监控**：`/healthz`、`/readyz` 人人可看；`/metrics`（Prometheus）凭能看全局的账号的令牌。
- **多件**：`POST /api/v1/acts` 写 `trigger` 和 `numbers`，逐件办理，逐件答复；各件不同的写在 `each` 里（编号对应各自的填写内容），
  `dry_run` 只看不办。用表单发（`each` 写成 JSON）时，附件给每一件。
- **导出**：`POST /api/v1/export`，筛选条件与列表相同，`format` 为 xlsx、csv、jsonl、ics；保存的筛选在 `/api/v1/views`。
- **导入**：文件发到 `/api/v1/imports`，用返回的 `upload` 先看（`…/preview`）后写入；列的含义写在 `map`，问题的答复写在
  `answers`，评价结果里 `unclear_subjects` 的名称是谁写在 `subjects`（或 `new`）；
  `…/annotated` 是标红的副本。
- **类型**：JSON 的类型与文档不符的不收（400）。链接、令牌只答复一次，不保留。
- **没有接口的**：登录和本人的密码、两步验证（令牌也不能给自己的账号再发链接和令牌），企业答复页，大屏，一周情况。
  每个页面都与接口逐一对照（`tests/web/test_api_twins.py`）。
"""


def page() -> str:
    rows = [
        f"| {method.upper()} | `{path}` | {said['summary']} |\n"
        for path, methods in document(API)["paths"].items() for method, said in methods.items()
    ]
    return HEAD + "".join(rows) + CHINESE
