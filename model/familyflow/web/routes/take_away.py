"""To be written: take_away."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
