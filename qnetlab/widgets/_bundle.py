"""One JavaScript module out of several: a widget can load one file only, and a saved page has none beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

_IMPORT = re.compile(r'^import\s+(?:[^"]*?\sfrom\s+)?"\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)
_DEFAULT = re.compile(r"^export default ", re.MULTILINE)


@lru_cache(maxsize=64)
def source(name: str) -> str:
    """The text of one file in ``js/``."""
    return (files(__package__) / "js" / name).read_text(encoding="utf-8")


def styles(entry: str) -> str:
    """The look of all explorers, and after it the explorer's own: the ``.css`` beside ``entry``, if there is one."""
    own = entry.replace(".js", ".css")
    return source("theme.css") + (source(own) if (files(__package__) / "js" / own).is_file() else "")


def bundle(entry: str, default_as: str | None = None) -> str:
    """The text of ``entry`` and of all that it imports by ``"./name.js"``, each file once, what is needed first.

    All files share one scope, so a name at the top level may occur once only. ``import`` lines and ``export`` are
    dropped, but for the ``export default`` of ``entry``; with ``default_as`` that too becomes a plain constant of
    this name, for a page in which nobody imports.

    >>> bundle("settings.js").count("import "), bundle("settings.js").count("export ")
    (0, 0)
    """
    seen: dict[str, str] = {}

    def follow(name: str) -> None:
        if name in seen:
            return
        seen[name] = ""  # a circle of imports ends here
        text = source(name)
        for needed in _IMPORT.findall(text):
            follow(needed)
        del seen[name]
        seen[name] = _EXPORT.sub("", _IMPORT.sub("", text))

    follow(entry)
    text = "\n".join(f"// {name}\n{text.strip()}\n" for name, text in seen.items())
    return _DEFAULT.sub(f"const {default_as} = ", text) if default_as else text
