"""Make the notebooks from their reviewed text: ``notebooks/src/NAME.md`` -> ``notebooks/NAME.ipynb``, no outputs.

The first cell of each ends with links to the glossary, the units and the page to print. They lie beside the notebooks,
so that the links hold in a reader's own copy, on Binder and on the repository's page alike.

    python notebooks/build.py            write them
    python notebooks/build.py --check    only say which do not match (exit code 1)

Needs jupytext, which stands among the test tools. ``{{binder}}`` and ``{{repository}}`` are filled in from
``[project.urls]``, so that a fork changes them in one place.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import jupytext

HERE = Path(__file__).resolve().parent
HELP = "Words: [glossary](glossary.md). Numbers: [units and formulas](units.md). To print: [one page](one_page.html)."


def urls(name: str) -> dict[str, str]:
    """Where this project lives, and where Binder opens one notebook of it."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    repository = project["urls"]["Repository"]
    where = repository.removeprefix("https://github.com/")
    return {
        "repository": repository,
        "binder": f"https://mybinder.org/v2/gh/{where}/main?urlpath=lab/tree/notebooks/{name}.ipynb",
    }


def build(source: Path) -> str:
    """The text of the notebook; the same source always gives the same text."""
    text = source.read_text(encoding="utf-8")
    for key, url in urls(source.stem).items():
        text = text.replace("{{" + key + "}}", url)
    # The empty header keeps jupytext from reading a title such as "Superdense coding: ..." as an encoding declaration.
    made = jupytext.reads(f"---\njupyter:\n  language_info:\n    name: python\n---\n\n{text}", fmt="md")
    made.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    made.nbformat, made.nbformat_minor = 4, 5
    made.cells[0]["source"] += f"\n\n{HELP}"
    for index, cell in enumerate(made.cells):
        cell["id"] = f"cell-{index:02d}"
        cell.metadata.pop("lines_to_next_cell", None)
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write every notebook, or only compare; the exit code."""
    stale = []
    for source in sorted((HERE / "src").glob("*.md")):
        target = HERE / f"{source.stem}.ipynb"
        text = build(source)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            stale.append(target.name)
            if "--check" not in arguments:
                target.write_text(text, encoding="utf-8", newline="\n")
    import one_page  # beside this file, where Python looks first when this is the program

    stale += one_page.stale(write="--check" not in arguments)
    print(f"{'differ' if '--check' in arguments else 'written'}: {', '.join(stale) or 'none'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
