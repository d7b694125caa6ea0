"""Text as it is compared in a search: `Ⅱ类`, `ⅱ类` and `ＩＩ类` are one, and so are `Ａ级` and `a级`."""

from __future__ import annotations

import unicodedata


def searchable(text: str) -> str:
    """The text with compatible characters made one (Unicode NFKC) and in small letters. Folding what is folded changes nothing."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
