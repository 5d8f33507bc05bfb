"""Files that are given out: always to be saved, under a name of plain letters."""

from __future__ import annotations

import re
from typing import Final

from fastapi.responses import Response

_PLAIN: Final = re.compile(r"[^A-Za-z0-9._-]+")


def attachment(content: bytes, name: str, kind: str) -> Response:
    """A response that the browser saves and never shows. kind: its media type."""
    safe = _PLAIN.sub("_", name).lstrip("._") or "file"
    return Response(
        content,
        media_type=kind,
        headers={"content-disposition": f'attachment; filename="{safe[:120]}"'},
    )
