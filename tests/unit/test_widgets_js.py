"""The browser's side, as far as it needs no browser: one text out of many files, and the rules between controls."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

import qnetlab.widgets
from qnetlab.widgets._bundle import bundle, source
from qnetlab.widgets.teleportation import ANGLES
from tests.exact.test_js_twin import ask

FOLDER = files(qnetlab.widgets) / "js"
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.name.endswith(".js"))
TOP_LEVEL = re.compile(r"^(?:export (?:default )?)?(?:async )?(?:function|const|let|class) (\w+|\{[^}]*\}|\[[^\]]*\])",
                       re.MULTILINE)


ENTRIES = [file for file in NAMES if "\nexport default " in source(file)]


def parts(entry: str) -> list[str]:
    """The files of one explorer, in their order."""
    return re.findall(r"^// (\w+\.js)$", bundle(entry), re.MULTILINE)


@pytest.mark.parametrize("entry", ENTRIES)
def test_top_level_names_are_unique_over_the_files_of_an_explorer(entry):
    """They share one scope."""
    seen: dict[str, str] = {}
    for file in parts(entry):
        for found in TOP_LEVEL.findall(source(file)):
            for name in re.findall(r"\w+", found):
                assert name not in seen, f"{name} in {file} and {seen[name]}"
                seen[name] = file
    assert len(seen) > 40


def test_no_file_is_left_over():
    assert {file for entry in ENTRIES for file in parts(entry)} == set(NAMES)


def test_every_import_names_what_the_other_file_exports():
    for file in NAMES:
        for names, other in re.findall(r'^import \{([^}]*)\} from "\./([\w.]+)";', source(file), re.MULTILINE):
            exported = set(re.findall(r"^export (?:function|const|let|class) (\w+)", source(other), re.MULTILINE))
            assert {name.strip() for name in names.split(",") if name.strip()} <= exported, (file, other)
        rest = [line for line in source(file).splitlines() if line.startswith("import ") and '"./' not in line]
        assert all(line.endswith("{") for line in rest), (file, rest)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_bundle_holds_each_file_once_and_what_is_needed_first(entry):
    text, order = bundle(entry), parts(entry)
    assert order[-1] == entry and len(order) == len(set(order))
    for file in order:
        needed = re.findall(r'from "\./([\w.]+)";', source(file))
        assert all(order.index(other) < order.index(file) for other in needed)
    assert not re.search(r"^import\b", text, re.MULTILINE)
    assert re.findall(r"^export.*", text, re.MULTILINE) == ["export default makeExplorer(scene);"]
    assert "export" not in re.sub(r"//.*", "", bundle(entry, default_as="shown"))


def test_the_browser_is_asked_for_nothing_from_elsewhere():
    for file in [*NAMES, "theme.css"]:
        text = (FOLDER / file).read_text(encoding="utf-8")
        assert "://" not in text.replace("http://www.w3.org/2000/svg", ""), file
        assert not re.search(r"\b(eval|fetch|innerHTML|XMLHttpRequest|WebSocket|@import)\b", text), file


def test_closed_forms_are_functions_of_numbers_only():
    for file in NAMES:
        if file.startswith("theory_"):
            code = re.sub(r"//.*", "", source(file))
            assert not re.search(r"\b(document|window|model|html|svg)\b", code), file
            assert all(other.startswith("theory_") for other in re.findall(r'from "\./([\w.]+)"', code)), file


# ----------------------------------------------------------------------------------------- rules between controls


def run_js(expression: str, *questions: list) -> list:
    text = bundle("teleportation.js", default_as="shownExplorer")
    return ask(f"{text}\nfunction answer(...given) {{ {expression} }}", list(questions))


def after(state: dict, changed: str, value: object) -> list:
    """A question: the state after the reader changed one control."""
    return [{"angles": ANGLES, "snaps": ANGLES}, state, changed, value]


PLUS = {"message": "+", "theta_rad": ANGLES["+"][0], "phi_rad": ANGLES["+"][1]}
SETTLED = "const [config, before, name, value] = given; const next = { ...before, [name]: value };" \
          "settle(config, next, name, before, { angles: null }); return next;"


def test_angles_and_names_are_one_message():
    own = {"message": "angles", "theta_rad": 1.0, "phi_rad": ANGLES["+"][1]}
    chosen, moved, back, average = run_js(
        SETTLED, after(PLUS, "message", "-i"), after(PLUS, "theta_rad", 1.0),
        after(own, "theta_rad", ANGLES["+"][0]), after(PLUS, "message", "average"))
    assert (chosen["theta_rad"], chosen["phi_rad"]) == pytest.approx(ANGLES["-i"], abs=0)
    assert moved == own
    assert back == PLUS
    assert average == {**PLUS, "message": "average"}


def test_own_angles_come_back_when_the_reader_does():
    [back] = run_js("const [config, start] = given; const own = { angles: null };"
                    "const a = { ...start, message: '0' }; settle(config, a, 'message', start, own);"
                    "const b = { ...a, message: 'angles' }; settle(config, b, 'message', a, own); return b;",
                    [{"angles": ANGLES, "snaps": ANGLES}, {"message": "angles", "theta_rad": 0.3, "phi_rad": 1.2}])
    assert back == {"message": "angles", "theta_rad": 0.3, "phi_rad": 1.2}


def test_parameters_are_the_given_then_the_presets_then_the_controls():
    config = {"given": {"a": 1, "b": 2, "c": "inf"}, "preset_control": "link",
              "presets": {"p": {"parameters": {"b": 20}}},
              "groups": [{"controls": [{"name": "both", "writes": ["a", "b"]}, {"name": "step", "writes": []}]}]}
    settled = run_js("return JSON.stringify(parametersOf(...given), (k, v) => v === Infinity ? 'infinite' : v);",
                     [config, {"both": "given", "link": "given", "step": 1}],
                     [config, {"both": "given", "link": "p", "step": 1}],
                     [config, {"both": 7, "link": "p", "step": 1}])
    assert settled == ['{"a":1,"b":2,"c":"infinite"}', '{"a":1,"b":20,"c":"infinite"}', '{"a":7,"b":7,"c":"infinite"}']


@pytest.mark.parametrize(("value", "how", "unit", "text"), [
    (0.95, "fixed:3", "", "0.950"), (50, "plain", "km", "50 km"), (33.3, "plain", "km", "33.3 km"),
    (0.01, "si", "s", "10 ms"), (1.25e-4, "si", "s", "125 µs"), (3600, "si", "s", "3600 s"), ("inf", "si", "s", "∞"),
    ("given", "fixed:3", "", "as given"), (ANGLES["+"][0], "degrees", "", "90°"), (0, "si", "s", "0 s"),
])
def test_numbers_are_shown_as_one_would_write_them(value, how, unit, text):
    assert run_js("return shown(...given);", [value, how, unit]) == [text]


def test_waiting_times_are_shown_in_the_unit_people_use():
    seconds = [2.447e-3, 0.9999, 59, 60, 7200, 86400 * 2.5, 31557600 * 3000]
    shown = run_js("return duration(given[0]);", *[[s] for s in seconds])
    assert shown == ["2.45 ms", "1 s", "59 s", "1 minute", "2 hours", "2.5 days", "3000 years"]


SENTENCE = "const [state, p] = given; return sentenceFor(state, p, " \
           "{ arrows: [[0, 0, p.z]], fidelity_now: p.f, fidelity: p.end, average: p.average });"


def test_the_sentence_says_what_is_to_be_seen():
    final = {"step": 4, "message": "+"}
    said = run_js(SENTENCE, [final, {"corrections": "both", "z": 1, "f": 0.9336, "average": 0.9446}],
                  [final, {"corrections": "x", "z": 1, "f": 1.0, "average": 2 / 3}],
                  [final, {"corrections": "none", "z": 0, "f": 0.5, "average": 0.5}],
                  [{**final, "step": 2}, {"corrections": "both", "z": 0, "f": 0.5, "end": 0.93, "average": 0.9}],
                  [{**final, "step": 2}, {"corrections": "both", "z": 0.2, "f": 0.6, "end": 0.91, "average": 0.9}],
                  [{**final, "message": "average"}, {"corrections": "both", "z": 1, "f": 0.6, "average": 0.6}])
    assert said == [
        "Bob's qubit matches the message with F = 0.934. Mean of all messages: 0.945, better than measuring and "
        "phoning (0.667).",
        "Bob's qubit matches the message with F = 1.000. Mean of all messages: 0.667, no better than measuring and "
        "phoning.",
        "Without the bits Bob's arrow sits at the center for every message: F = 0.500, a coin toss.",
        "Until the bits arrive Bob's arrow sits at the center for every message: F = 0.500, a coin toss. "
        "After step 4: 0.930.",
        "Until the bits arrive Bob's arrow is the same for every message: F = 0.600. After step 4: 0.910.",
        "Averaged over all messages, Bob's qubit matches with F = 0.600: worse than measuring and phoning (0.667).",
    ]


def test_a_step_says_which_bits_bob_has():
    names = run_js("return [stepName(...given), storyText(given[0], { corrections: given[1] }, true)];",
                   *[[step, bits] for step in (2, 4) for bits in ("both", "x", "none")])
    assert [name for name, _ in names] == [None, None, None, None, "Bob has one bit", "Bob has no bits"]
    assert names[-1][1].startswith("Bob has no bits: he leaves his qubit as it is.")


@pytest.mark.parametrize(("here", "live", "silent", "text"), [
    ({"y": 0.93, "std_error": 0.012}, True, True, "0.930 ± 0.012"), (None, True, False, "running …"),
    (None, True, True, "no answer"), (None, False, False, "not in this page"),
])
def test_aers_number_says_what_is_missing(here, live, silent, text):
    assert run_js("return aerText(...given);", [here, live, silent]) == [text]
