"""To be written: uploads."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
