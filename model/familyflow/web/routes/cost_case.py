"""To be written: cost_case."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
