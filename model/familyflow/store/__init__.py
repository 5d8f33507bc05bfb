"""Keeps what runs leave: fingerprints, files written whole or not at all, and their proofs."""

from familyflow.store.atomic import file_hash, write_file, write_files
from familyflow.store.canonical import canonical_json, content_hash, json_text, run_id, slug
from familyflow.store.lookup import find
from familyflow.store.manifest import (
    MANIFEST,
    Made,
    Manifest,
    identity,
    read_manifest,
    what_is_wrong,
)
from familyflow.store.passing import sweep_passing
from familyflow.store.run_folder import RunFolder, find_run, list_runs, open_run, sweep

__all__ = [
    "MANIFEST",
    "Made",
    "Manifest",
    "RunFolder",
    "canonical_json",
    "content_hash",
    "file_hash",
    "find",
    "find_run",
    "identity",
    "json_text",
    "list_runs",
    "open_run",
    "read_manifest",
    "run_id",
    "slug",
    "sweep",
    "sweep_passing",
    "what_is_wrong",
    "write_file",
    "write_files",
]
