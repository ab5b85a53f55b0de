"""Make the page to print, ``one_page.html``, from ``glossary.md`` (the words with a star) and ``units.md``.

The glossary itself gets a link for each notebook that is here.

    python notebooks/one_page.py

``notebooks/build.py`` does this, too. Needs markdown-it, which comes with jupytext and the test tools.
"""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
SECTIONS = ("Units", "Formulas of the foundations", "Landmarks", "Traps")
STAR = "★"
ALSO = re.compile(r" Also( called)?:? .*", re.S)  # other names of the same

# What Markdown writes in letters, in print as it is said.
PRINTED = (
    (r"10\^\(-dB/10\)", "10<sup>−dB/10</sup>"), (r"\bsqrt\(2\)", "√2"),
    (r"\bsqrt\(([^()]*\([^()]*\)[^()]*)\)", r"√(\1)"),
    (r"\^2", "²"), (r"\btheta\b", "θ"), (r"\beta\b", "η"), (r"\bmu\b", "μ"), (r"(?<=[ (])-(?=\d)", "−"),
)

STYLE = """
@page { size: A4; margin: 8mm }
* { box-sizing: border-box }
body { font: 7.2pt/1.13 "Liberation Sans", Arial, Helvetica, sans-serif; color: #000; background: #fff; margin: 0 }
main { columns: 2; column-gap: 5mm; column-fill: balance }
@media screen { body { max-width: 210mm; margin: 0 auto; padding: 9mm; font-size: 12px }
  main { columns: 1 } }
@media print { .hint { display: none } }
h1 { font-size: 13pt; margin: 0 0 1mm }
h2 { font-size: 9pt; margin: 1.4mm 0 0.5mm; border-bottom: 0.3mm solid #000; break-after: avoid }
p, ul { margin: 0 0 0.5mm } ul { padding-left: 3mm }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; padding: 0 1.2mm 0 0; border-bottom: 0.1mm solid #bbb }
tr { break-inside: avoid }
code { font: 6.6pt "Liberation Mono", Consolas, monospace }
sup { line-height: 0 }
a { color: inherit; text-decoration: none }
"""


def glossary(text: str) -> dict[str, str]:
    """Word with a star -> what it says, without the line that tells concept and notebook."""
    parts = re.split(r"^### +(.+?) *$", text, flags=re.M)
    bodies = {name: body.strip().partition("\n") for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    return {name: said.strip() for name, (where, _, said) in bodies.items() if STAR in where}


HINT = ("To print it: open this file in a browser tab of its own (in JupyterLab right-click it in the list of files, "
        "Open in New Browser Tab), then Ctrl+P. It is one sheet of A4.")


def linked(text: str) -> str:
    """The glossary with a link for each notebook that is here, and the bare name of each that is still to come."""
    def where(found: re.Match[str]) -> str:
        name = found[2] or found[3]
        link = f"[{name}]({name}.ipynb)" if (HERE / "src" / f"{name}.md").is_file() else name
        return f"*Concept {found[1]} · {link}{found[4] or ''}*"

    return re.sub(r"^\*Concept (\d+) · (?:\[(\w+)\]\([^)]*\)|(\w+))( · ★)?\*$", where, text, flags=re.M)


def section(text: str, name: str) -> str:
    """What stands under a second-level heading, without code; tables without their column of Python."""
    body = dict(zip(*[iter(re.split(r"^## +(.+?) *$", text, flags=re.M)[1:])] * 2, strict=True))[name]
    body = re.sub(r"Each line was computed.*?```\n(?=\n)", "", body, flags=re.S)
    if name == "Units":  # on paper nobody types
        body = re.sub(r"^(\|[^|]*\|[^|]*)\|[^|]*\|", r"\1|", body, flags=re.M)
    return re.sub(r"^(\|.*)\| *(?:`[^`]*`|Python|---) *\|$", r"\1|", body, flags=re.M) if "Python" in body else body


def build() -> str:
    """The whole page."""
    words = glossary((HERE / "glossary.md").read_text(encoding="utf-8"))
    units = (HERE / "units.md").read_text(encoding="utf-8")
    starred = "\n\n".join(f"**{name}**: {ALSO.sub('', said)}" for name, said in words.items())
    sections = "\n".join(f"## {name}\n{section(units, name)}" for name in SECTIONS)
    markdown = f"# The quantum internet on one page\n\n## Words\n\n{starred}\n\n{sections}"
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    for pattern, printed in PRINTED:
        html = re.sub(pattern, printed, html)
    html = re.sub(r'<a href="#[^>]*>(.*?)</a>', r"\1", html)
    return (f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width">\n<title>qnetlab on one page</title>\n'
            f"<style>{STYLE}</style>\n<p class='hint'>{HINT}</p>\n<main>\n{html}</main>\n</html>\n")


def stale(write: bool = False) -> list[str]:
    """The names of the pages that differ from what they should be, glossary first; written anew if wished."""
    found = []
    for name, make in (("glossary.md", lambda: linked((HERE / "glossary.md").read_text(encoding="utf-8"))),
                       ("one_page.html", build)):
        target, text = HERE / name, make()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            found.append(name)
            if write:
                target.write_text(text, encoding="utf-8", newline="\n")
    return found


if __name__ == "__main__":
    stale(write=True)
