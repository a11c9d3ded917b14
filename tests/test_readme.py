"""The README leads to files that are there, and to all that stand around a step."""

from __future__ import annotations

import re

import pytest

from tests.app import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FOLDERS = "engine|lessons|pages|tests|docs|deploy"
NAMED = sorted(
    set(re.findall(rf"(?:{FOLDERS})/[\w./*-]*|[\w-]+\.(?:py|txt|toml)\b", README))
    | set(re.findall(r"\]\(([\w./]+)\)", README))
)
MODULES = sorted(set(re.findall(r"python -m ([\w.]+)", README)) - {"venv"})


@pytest.mark.parametrize("path", NAMED)
def test_a_path_that_the_readme_names_is_there(path: str) -> None:
    assert list(ROOT.glob(path.rstrip("."))), path


@pytest.mark.parametrize("module", MODULES)
def test_a_module_that_the_readme_runs_is_there(module: str) -> None:
    path = ROOT / module.replace(".", "/")
    assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()


def test_the_readme_names_every_file_of_the_kit_and_the_shell_that_one_might_look_for() -> None:
    # Those are found from a neighbour: what a lesson is made of, and what has been done.
    neighbours = {"lessons/kit/lesson.py", "lessons/kit/progress.py"}
    files = {
        f"lessons/{layer}/{path.name}"
        for layer in ("kit", "shell", "figures")
        for path in (ROOT / "lessons" / layer).glob("*.py")
        if path.name not in ("__init__.py", "tables.py")
    }
    assert files - neighbours <= set(NAMED)


def test_the_map_comes_before_the_middle_of_the_readme() -> None:
    assert README.index("## Find your way") < len(README) / 2
