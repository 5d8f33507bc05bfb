"""Lines of requirements with the hash of each wheel, or a bill of materials without addresses.

python .ci/hashes.py WHEELS                     prints the lines for the wheels of a folder
python .ci/hashes.py --no-addresses FILE.json   takes out where packages were fetched from
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from pathlib import Path

HEAD = """\
# Every package of a release with its hash, by .ci/release on Python {python}, {machine}.
# pip install --require-hashes --only-binary :all: --no-deps -r requirements.txt
"""


def lines_of(folder: Path) -> str:
    """name==version --hash=sha256:... for each wheel, in the order of their names."""
    head = HEAD.format(
        python=".".join(platform.python_version_tuple()[:2]),
        machine=f"{platform.system()} {platform.machine()}",
    )
    return head + "".join(_line(wheel) for wheel in sorted(folder.glob("*.whl")))


def _line(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name.replace('_', '-').lower()}=={version} \\\n    --hash=sha256:{digest}\n"


def without_addresses(file: Path) -> None:
    """Take out of a bill of materials where this machine fetched packages from."""
    bill = json.loads(file.read_text(encoding="utf-8"))
    tools = bill["metadata"].get("tools", {})
    for one in [*bill.get("components", []), *tools.get("components", [])]:
        one.pop("externalReferences", None)
        one.pop("evidence", None)
    file.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "--no-addresses":
        without_addresses(Path(sys.argv[2]))
    else:
        sys.stdout.write(lines_of(Path(sys.argv[1])))
