"""To be written: answer."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
