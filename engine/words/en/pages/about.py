"""What this is."""



from __future__ import annotations

TEXTS = {
    "page.about.title": "About",
    "page.about.version": "Version",
    "page.about.office": "Prefix of numbers",
    "page.about.vendored": "The look is Tabler 1.0.0 (MIT licence).",
}
