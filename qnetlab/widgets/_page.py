"""One self-contained page with a live explorer: no kernel, no network, opened straight from a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from string import Template
from typing import Any

from ._fallback import Reading, as_html

_PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<style>
$css
</style>
</head>
<body class="qnl-page">
<main>
<h1>$title</h1>
<div id="explorer"></div>
<noscript>$fallback</noscript>
<p>This page works by itself: the closed form is computed in your browser.$points Saved by qnetlab.</p>
</main>
<script type="application/json" id="values">$values</script>
<script type="module">
$js
const values = JSON.parse(document.getElementById("values").textContent);
const model = {
  get: (name) => values[name],
  set: (name, value) => { values[name] = value; },
  save_changes() {},
  on() {},
  off() {},
};
shownExplorer.render({ model, el: document.getElementById("explorer") });
</script>
</body>
</html>
""")

_POINTS = (" The points from Qiskit Aer were computed before it was saved; they turn hollow when you change what they "
           "were computed for.")


def page(*, title: str, css: str, js: str, values: Mapping[str, Any], reading: Reading) -> str:
    """The page's text. ``js`` defines ``shownExplorer``; ``values`` are what it would read from the kernel."""
    data = json.dumps(values, allow_nan=False, ensure_ascii=False).replace("<", "\\u003c")
    return _PAGE.substitute(title=escape(title), css=css, js=js, values=data, fallback=as_html(title, reading),
                            points=_POINTS if values["config"]["shoots"] else "")
