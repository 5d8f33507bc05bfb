"""Whether the tags of a template have torn the part of the document that they stand in."""

from __future__ import annotations

from typing import Any, Final

from jinja2 import TemplateRuntimeError
from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

# What may hold text of what the format's main family has: all else holds elements alone.
_HOLD_TEXT: Final = frozenset(("t", "delText", "instrText", "delInstrText", "fldData", "binData"))
_MAIN: Final = "/wordprocessingml/"  # in the name of that family, the older and the stricter


def check_not_torn(made: str) -> None:
    """Refuse a part that Word would call damaged. Raises TemplateRuntimeError."""
    try:
        root = etree.fromstring(made.encode("utf-8"))
    except etree.XMLSyntaxError as error:
        raise TemplateRuntimeError(
            "the tags tear the document: {%tr for ... %} and {%tr endfor %} stand each in a "
            "row of their own, {%p if ... %} and {%p endif %} in paragraphs of their own"
        ) from error
    if any(map(_has_stray_text, root.iter(etree.Element))):
        raise TemplateRuntimeError(
            "the tags tear the document: a text stands outside of the paragraphs' own texts; "
            "write {{ title }}, neither {{p title }} nor {{r title }}"
        )


def _has_stray_text(element: Any) -> bool:
    name = etree.QName(element)
    if _MAIN not in (name.namespace or "") or name.localname in _HOLD_TEXT:
        return False
    texts = (element.text, *(child.tail for child in element))
    return any(text and not text.isspace() for text in texts)
