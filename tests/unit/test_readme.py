"""What the README shows is true."""

import re
import tomllib
from pathlib import Path

from qnetlab.marking.limits import WORDS, Limits

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_ten_lines_run(capsys):
    [code] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    exec(compile(code, "README.md", "exec"), {})
    theory, exact, shot = capsys.readouterr().out.split("\n")[:3]
    assert abs(float(theory) - float(exact.split()[0])) < 1e-6
    value, _, error = shot.partition(" ± ")
    assert abs(float(value) - float(theory)) < 5 * float(error)


def test_everything_it_names_exists():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links and all((ROOT / link).exists() for link in links)
    for folder in ("notebooks", "exercises", "qnetlab", "benchmarks"):
        assert f"`{folder}/`" in README and (ROOT / folder).is_dir()


def minutes() -> dict[str, str]:
    """Notebook -> how long it takes, as its first lines say."""
    return {path.stem: re.search(r"\*\*(?:About )?(\d+) minutes", path.read_text(encoding="utf-8"))[1]
            for path in (ROOT / "notebooks" / "src").glob("*.md")}


def test_it_names_every_notebook_with_its_minutes_and_so_does_the_first_one():
    assert dict(re.findall(r"^\| `(\w+)` \| (\d+) min \| ", README, flags=re.M)) == minutes()
    start = (ROOT / "notebooks" / "src" / "00_start_here.md").read_text(encoding="utf-8")
    listed = {name: time for name, link, time in re.findall(r"^- \[(\w+)\]\((\w+)\.ipynb\) \((\d+) min\)", start,
                                                            flags=re.M) if name == link}
    assert listed == {name: time for name, time in minutes().items() if name != "00_start_here"}
    assert list(listed) == sorted(listed)


def test_addresses_come_from_the_project_table():
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    where = urls["Repository"].removeprefix("https://github.com/")
    binder = re.findall(r"https://mybinder\.org/v2/gh/([^)\s]+?)/main", README)
    assert binder and set(binder) == {where}


def test_the_limits_of_a_graded_run_are_those_of_the_program():
    limits = Limits().to_dict()
    assert re.findall(r"^\| (\d+) \| (.+) \|$", README.partition("## Grading a class")[2].partition("\n## ")[0],
                      flags=re.M) == [(f"{limits[name]:g}", words) for name, words in WORDS.items()]
    assert set(WORDS) == set(limits)
