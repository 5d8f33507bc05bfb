"""To be written: evidence."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
