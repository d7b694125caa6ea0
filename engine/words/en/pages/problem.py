"""When something goes wrong."""



from __future__ import annotations

TEXTS = {
    "page.problem.title": "That did not work",
    "page.problem.unexpected": "Something went wrong; the log of the server says more.",
    "page.problem.home": "Back to the first page",
    "page.problem.form": "Back to the form",
    "page.problem.again": "Try again",
}
