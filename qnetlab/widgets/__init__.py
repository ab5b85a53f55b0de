"""Live explorers: Python state, views in the browser.

One file holds one explorer: ``teleportation.py`` gives ``TeleportationExplorer``. Nothing is imported before it is
used. A further explorer, say of dense coding, is three files and no change to any other:

- ``dense.py``: a ``DenseExplorer`` with its ``Panel`` (places in the protocol, controls) and its ``Chart``;
- ``js/theory_dense.js``: the closed form as functions of numbers only; a shared pair is in ``theory_pairs.js``;
- ``js/dense.js``: ``scene(config)``, the pictures; ends with ``export default makeExplorer(scene);``; and
  ``js/dense.css`` where the look of all explorers, ``js/theme.css``, is not enough.

The JavaScript files of one explorer are joined into one: a name at the top level occurs in one of them only.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .explorer import Explorer
    from .teleportation import TeleportationExplorer

    __all__ = ["Explorer", "TeleportationExplorer"]
else:

    def _homes():
        """Name of each explorer -> its file, read off the files: superdense.py holds SuperdenseExplorer."""
        files = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
        # Who has a digit is an abbreviation: bb84.py holds BB84Explorer.
        named = {"".join(word.upper() if any(map(str.isdigit, word)) else word.capitalize()
                         for word in file.split("_")): file for file in files}
        return {"Explorer" if word == "Explorer" else f"{word}Explorer": file for word, file in named.items()}

    __all__ = sorted(_homes())

    def __getattr__(name):
        home = _homes().get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{home}", __name__), name)

    def __dir__():
        return sorted(set(globals()) | set(__all__))
