"""To be written: about."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
