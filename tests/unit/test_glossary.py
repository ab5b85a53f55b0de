"""The glossary holds each word once, the units sheet computes what it prints, and every notebook links both."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

import lab

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
spec = importlib.util.spec_from_file_location("one_page", NOTEBOOKS / "one_page.py")
one_page = importlib.util.module_from_spec(spec)
spec.loader.exec_module(one_page)
PAGES = ("glossary.md", "units.md", "one_page.html")
GLOSSARY = (NOTEBOOKS / "glossary.md").read_text(encoding="utf-8")
UNITS = (NOTEBOOKS / "units.md").read_text(encoding="utf-8")
WHERE = re.compile(r"\*Concept (\d+) · (?:\[(\w+)\]\((\w+)\.ipynb\)|(\w+))( · ★)?\*")

# Notebook -> the technical words that it uses. Each must be a word of the glossary, under its own name or another.
WORDS = {
    "00_start_here": ("protocol", "fidelity", "entangled", "closed form", "explorer", "fiber", "memory"),
    "00b_concept_test": ("qubit", "prediction"),
    "01_qubits_and_copies": (
        "decibel", "attenuation", "transmittance", "loss", "photon", "shot", "standard error", "qubit", "superposition",
        "basis", "measurement", "amplitude", "phase", "mixture", "coin", "Bloch sphere", "gate", "contrast",
        "no-cloning", "CNOT", "universal cloner", "measure-and-resend", "Pauli states", "repeater"),
    "02_entanglement": (
        "Bell pair", "Bell states", "correlator", "entangled", "no-signalling", "CHSH", "deterministic strategy",
        "hidden variables", "Tsirelson", "readout error", "fidelity", "Werner state", "white noise", "dephasing",
        "amplitude damping", "visibility", "QBER", "concurrence", "pure state", "mixed state", "density matrix"),
    "03_teleportation": (
        "qubit", "Bell pair", "Bell measurement", "Bell state", "correction", "fidelity", "herald", "link", "memory",
        "readout", "inversion", "unconfirmed", "feed-forward", "average fidelity", "loss", "gate", "standard error"),
    "03b_superdense_coding": (
        "superdense coding", "capacity", "Werner", "dephasing", "white noise", "Bell pair", "readout", "gate", "link"),
    "04_photons_in_fiber": (
        "photon", "fiber", "PLOB", "dark count", "dead time", "afterpulse", "jitter", "efficiency", "click",
        "mean photon number", "single-photon source", "brightness", "g2", "misalignment", "double click", "gain"),
    "05_bb84": ("BB84", "key", "sifting", "Eve", "intercept-resend", "QBER", "public channel", "secret", "six-state"),
    "06_from_clicks_to_key": (
        "parameter estimation", "error correction", "Cascade", "parity", "leakage", "verification", "Toeplitz",
        "privacy amplification", "authentication", "epsilon", "finite key", "binary entropy", "one-time pad", "abort",
        "threshold", "key rate"),
    "06b_key_rates": (
        "key", "key rate", "decoy state", "epsilon", "dark count", "dead time", "afterpulse", "efficiency",
        "misalignment", "PLOB", "twin-field", "sifting", "error correction", "finite key", "QBER"),
    "07_eves_toolbox": (
        "photon-number splitting", "multiphoton pulse", "decoy state", "yield", "blinding", "faked state",
        "man in the middle", "authentication"),
    "08_entanglement_qkd": ("BBM92", "E91", "entanglement-based", "device-independent", "CHSH", "visibility"),
    "09_memories": (
        "memory", "herald", "coherence", "dephasing", "relaxation", "T1", "T2", "mode", "retrieval", "loss", "link",
        "standard error", "unconfirmed"),
    "09b_heralded_links": (
        "herald", "bright population", "single click", "two clicks", "overlap", "beam splitter", "station", "memory",
        "mode", "dark count", "phase noise", "inversion", "Bell measurement"),
    "10_swapping": (
        "entanglement swapping", "station", "Bell measurement", "Pauli frame", "visibility", "Werner state", "herald",
        "feed-forward", "readout error", "unconfirmed", "inversion"),
    "11_purification": (
        "purification", "BBPSSW", "DEJMPS", "entanglement pumping", "recurrence", "raw pair", "twirl", "Werner state",
        "dephasing", "CNOT"),
    "14_satellites": (
        "free space", "divergence", "diffraction", "pointing error", "link budget", "elevation", "pass", "downlink",
        "background light", "availability", "turbulence", "finite key", "decoy state", "inversion", "unconfirmed"),
    "15_backbone": (
        "trusted relay", "backbone", "XOR", "one-time pad", "disjoint paths", "maximum flow", "key management entity",
        "SAE", "key ID", "repeater", "authentication"),
    "13_networks": (
        "GHZ state", "coherence", "populations", "tomography", "bias", "route", "time slot", "herald", "visibility",
        "entanglement swapping", "inversion", "unconfirmed", "standard error", "repeater"),
    "12_repeaters": (
        "repeater", "station", "memory", "link", "herald", "entanglement swapping", "visibility", "PLOB", "key rate",
        "dephasing", "cutoff", "twin-field", "inversion", "standard error"),
}

# Words that a reader cannot be expected to know. Wherever a notebook uses one, the glossary explains it.
TECHNICAL = re.findall(r"\S+", """
    abort afterpuls amplitude attenuation authenticat basis Bell.measurement Bell.pair Bell.state Bloch Breidbart
    brightness Cascade Choi CHSH CNOT coherence concurrence correlator cutoff dark.count dead.time decibel decoy
    density.matri dephasing depolariz deterministic.strateg device-independent double.click eigenstate ensemble
    entropy epsilon ergodic fidelity finite.key g2 gate.window GHZ GLLP herald Hermitian hidden.variable HOM
    intercept.resend jitter Kraus leakage leftover.hash man.in.the.middle measure.and.resend min.entropy
    misalignment multiphoton nats no-cloning no-signalling observable one-time.pad parity partial.trace Pauli
    phase.randomi photon.number.splitting PLOB Poisson polariz post-select POVM privacy.amplification projector
    purification purity QBER readout.error relative.phase repeater Schmidt sift stabilizer stochastic superdense
    superposition swapping syndrome teleport Toeplitz tomograph trace.distance transmittance trusted.node
    Tsirelson twin-field unitary universal.hash visibility wave.plate Werner white.noise yield
""")


def entries() -> list[tuple[str, str]]:
    """(heading, body) of each entry."""
    parts = re.split(r"^### +(.+?) *$", GLOSSARY, flags=re.M)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def names(heading: str, body: str) -> list[str]:
    """The word and, after "Also", what else it is called; in small letters."""
    other = re.search(r"\bAlso:? (?:called )?(.+)", body, flags=re.S)
    return [heading.lower(), *([other[1].lower()] if other else [])]


def defined(word: str) -> list[str]:
    """The headings under which a word is found: first where it is the heading itself, else where it is part of one."""
    word = word.lower()
    called = {heading: names(heading, body) for heading, body in entries()}
    same = [heading for heading, known in called.items() if known[0].removesuffix("s") == word.removesuffix("s")]
    return same or [heading for heading, known in called.items() if any(word in name for name in known)]


def test_each_word_stands_once_in_the_order_of_the_alphabet():
    headings = [heading for heading, _ in entries()]
    assert len(headings) >= 90
    assert len({heading.lower() for heading in headings}) == len(headings)
    assert headings == sorted(headings, key=lambda heading: re.sub(r"\W", "", heading.lower()))


@pytest.mark.parametrize(("heading", "body"), entries(), ids=lambda value: value.partition("\n")[0])
def test_an_entry_says_where_it_is_met_and_what_it_means_in_few_words(heading, body):
    where, _, said = body.strip().partition("\n")
    found = WHERE.fullmatch(where)
    assert found, where
    assert 0 <= int(found[1]) <= 24
    assert found[2] == found[3]
    assert 15 < len(said.strip()) < 420
    assert said.strip().endswith(".")
    assert not re.search(r"instantly|percent right", said)


def test_a_word_is_met_where_the_glossary_says():
    """Each notebook that is here is linked."""
    assert one_page.linked(GLOSSARY) == GLOSSARY, "run: python notebooks/build.py"
    for _, body in entries():
        found = WHERE.match(body.strip())
        assert (found[2] or found[4]) in WORDS


@pytest.mark.parametrize("name", WORDS)
def test_the_words_of_a_notebook_are_explained(name):
    missing = [word for word in WORDS[name] if not defined(word)]
    assert not missing


def unexplained(text: str) -> list[str]:
    """The technical words in a notebook's prose that are no word of the glossary."""
    prose = re.sub(r"```.*?```|`[^`]*`|\[[^\]]*\]\([^)]*\)|\*\*References\.\*\*.*", " ", text, flags=re.S)
    called = "\n".join(name for heading, body in entries() for name in names(heading, body))
    signs = [word.replace(".", "[ -]") for word in TECHNICAL]
    return [sign for sign in signs if re.search(rf"\b(?:{sign})", prose) and not re.search(f"(?i){sign}", called)]


@pytest.mark.parametrize("path", sorted((NOTEBOOKS / "src").glob("*.md")), ids=lambda path: path.stem)
def test_no_notebook_uses_a_technical_word_that_is_not_explained(path):
    assert not unexplained(path.read_text(encoding="utf-8"))


def test_a_word_that_is_not_explained_is_noticed():
    assert unexplained("The purity of a Werner state.\n```python\ntomography()\n```\n") == ["purity"]


def test_every_notebook_has_its_words_listed():
    assert {path.stem for path in NOTEBOOKS.glob("*.ipynb")} <= set(WORDS)


def test_links_inside_the_pages_hold():
    """JupyterLab keeps capitals in the anchor of a heading, the repository's page does not: only small letters work."""
    anchors = {heading.replace(" ", "-") for heading, _ in entries() if re.fullmatch(r"[a-z0-9 -]+", heading)}
    for text in (GLOSSARY, UNITS):
        for target in re.findall(r"\]\(([^)]+)\)", text):
            page, _, anchor = target.partition("#")
            assert not page or (NOTEBOOKS / page).is_file(), target
            assert not anchor or anchor in anchors, target


# ----------------------------------------------------------------------------------------------------- the units


def rows() -> list[tuple[str, str]]:
    """(what is printed, the Python that computes it) of each line of a table that has some."""
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in UNITS.splitlines()
             if line.startswith("|")]
    return [(row[-2], row[-1].strip("` |")) for row in cells if re.fullmatch(r"`.*`( \|)?", row[-1])]


def test_every_landmark_has_its_python():
    assert len(rows()) >= 35


@pytest.mark.parametrize(("printed", "python"), rows(), ids=lambda value: value)
def test_a_landmark_is_what_the_package_computes(printed, python):
    [code] = re.findall(r"```python\n(.*?)```", UNITS, flags=re.DOTALL)
    known: dict = {}
    exec(code, known)
    number = re.search(r"-?\d[\d.]*(e-?\d+)?", re.sub(r".*[:=]", "", printed))[0]
    digits = len(number.partition("e")[0].replace(".", "").lstrip("0"))
    assert float(f"{eval(python, known):.{digits}g}") == float(number)


# ----------------------------------------------------------------------------------------------------- the links


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_links_glossary_and_units_and_each_link_leads_somewhere(path, tmp_path):
    """In the repository, which is also what Binder opens, and in a reader's own copy."""
    lab.hand_out(str(NOTEBOOKS), str(tmp_path))
    cells = ["".join(cell["source"]) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
             if cell["cell_type"] == "markdown"]
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", "\n".join(cells))
    assert set(PAGES) <= set(re.findall(r"\]\(([^)]+)\)", cells[0]))
    for link in links:
        for folder in (NOTEBOOKS, tmp_path):
            assert (folder / link).is_file(), f"{folder.name}/{link}"


def test_the_page_to_print_is_made_from_both():
    page = (NOTEBOOKS / "one_page.html").read_text(encoding="utf-8")
    assert page == one_page.build(), "run: python notebooks/build.py"
    stars = [heading for heading, body in entries() if WHERE.match(body.strip())[5]]
    assert 20 <= len(stars) <= 40
    assert page.count("<strong>") >= len(stars)
    assert not re.search(r"https?:", page)  # prints without a network
