"""The page of every address there is: its rule, and the function that answers it, asked of the site map itself."""

from __future__ import annotations

from engine.web.routes import ROWS

HEAD = """# Every address

Who is asked for: PUBLIC nobody · LINK a secret in the path · OWN an account, and the answer is about it alone · SEEN an account, and the
desk says what it may see (else 404) and do (else 403, or 422 with every reason). Made from `engine/web/routes.py`, which registers every
route; a test walks them as every role.

| Method | Path | Rule | Answered by |
|---|---|---|---|
"""


def page() -> str:
    rows = []
    for row in ROWS:
        module, name = row.handler.__module__.rpartition(".")[2], row.handler.__name__
        rule = f"{row.rule.name} ({row.rule.kind})" if row.rule.kind else row.rule.name
        rows.append(f"| {row.method} | `{row.path}` | {rule} | `{module}.{name}` |\n")
    return HEAD + "".join(rows)
