"""Put the lecturer's pages of all exercises together, by concept: ``exercises/*/lecturer.md`` -> ``lecturer_pages.md``.

    python docs/lecturer_pages.py            write the page
    python docs/lecturer_pages.py --check    only say whether it is up to date (exit code 1 if not)

Python's standard library only. What a concept is called stands in the table of ``lecturers.md``.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGE = HERE / "lecturer_pages.md"
INTRODUCTION = """# Lecturer's pages

Made by `python docs/lecturer_pages.py` from the page beside each exercise; change it there. Minutes, three questions \
with the votes to expect, and what to say. Plans and reading: [lecturers.md](lecturers.md).

The concept test has no page here, or it would give its answers away: `concept_key` opens them, see \
[lecturers.md](lecturers.md#the-concept-test).
"""


def concepts() -> dict[int, str]:
    """Number -> name of each concept, out of the table of the lecturers' page."""
    text = (HERE / "lecturers.md").read_text(encoding="utf-8")
    return {int(number): name for number, name in re.findall(r"^\| (\d+) ([A-Z].*?) \| .*\?", text, flags=re.M)}


def pages() -> list[tuple[int, str, str]]:
    """(concept, exercise, its lecturer's page), in order."""
    found = []
    for folder in (path.parent for path in (ROOT / "exercises").glob("*/spec.toml")):
        concept = tomllib.loads((folder / "spec.toml").read_text(encoding="utf-8"))["concept"]
        found.append((concept, folder.name, (folder / "lecturer.md").read_text(encoding="utf-8").strip()))
    return sorted(found)


def build() -> str:
    """The whole page."""
    names, parts, last = concepts(), [INTRODUCTION], None
    for concept, name, text in pages():
        if concept != last:
            parts.append(f"## Concept {concept}: {names[concept]}\n")
            last = concept
        title, _, rest = text.partition("\n")
        title = title.removeprefix("# Lecturer's page: ")
        below = re.sub(r"^## ", "#### ", rest.strip(), flags=re.M)
        parts.append(f"### {title}\n\n[`{name}`](../exercises/{name}/exercise.md)\n\n{below}\n")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write the page, or only compare; the exit code."""
    text = build()
    same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
    if "--check" in arguments:
        print("up to date" if same else "differs; run: python docs/lecturer_pages.py")
        return 0 if same else 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
