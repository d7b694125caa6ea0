"""Help of the command that serves the pages."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "short.serve": "the pages",
    "help.serve": "Serves the pages: what waits today, the ledger, every act; with the watch in the same process unless told. Where the port is taken it is the next free one. Where nobody has a password it prints a one-time link for the first administrator. --behind names the reverse proxies whose word about the sender is taken. --workers has several processes answer, over PostgreSQL alone; one watch beside them, and one that dies is replaced.",
    "example.serve": "zg serve\nzg serve --host 0.0.0.0 --port 8600 --behind 10.0.0.5\nzg serve --workers 4",
    "option.demo.served": "then serve the pages, with a link for each of six people", "option.demo.port": "the port, or the next free one",
    "option.serve.host": "the address to listen at", "option.serve.port": "the port, or the next free one; 0 for any", "option.serve.watched": "with the watch, or without",
    "option.root_path": "the path under which a portal serves it", "option.trusted": "addresses of reverse proxies, with commas between",
    "option.workers": "so many processes answer; over PostgreSQL",
}
