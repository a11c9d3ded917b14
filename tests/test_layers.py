"""Each layer imports what the design allows it and nothing else. Import-linter adds what may not be reached indirectly.

Imports for type checkers only (under `if TYPE_CHECKING:`) are not made when the course runs, and do not count.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app import ROOT

NUMBERS = {"numpy", "torch", "pandas", "charset_normalizer", "engine"}
KIT = {"streamlit", "engine.records", "lessons.figures", "lessons.words", "lessons.kit"}
LESSON = {"engine.cached"} | KIT
SHELL = {"lessons.shell", "lessons.course.COURSE"} | LESSON
ALLOWED = {
    "engine/cached.py": {"streamlit", "engine"},
    "engine/records.py": {"numpy"},
    "engine/*.py": NUMBERS,
    "lessons/words.py": {"engine.records"},
    "lessons/figures/*.py": {"plotly", "numpy", "engine.records", "lessons.figures", "lessons.words"},
    "lessons/kit/scripts.py": {"numpy"},
    "lessons/kit/*.py": KIT,
    "lessons/scripts/*/*.py": {"torch", "plotly.graph_objects"},
    "lessons/course.py": {"lessons.kit.lesson"},
    "lessons/*.py": LESSON,
    "lessons/shell/your_data.py": {"pandas", "numpy"} | SHELL,
    "lessons/shell/downloads.py": {"nbformat", "numpy"} | SHELL,
    "lessons/shell/share.py": {"segno"} | SHELL,
    "lessons/shell/*.py": SHELL,
    "Home.py": {"pages.ahead"} | SHELL,
}
FILES = [path.relative_to(ROOT) for folder in ("engine", "lessons") for path in (ROOT / folder).rglob("*.py")]


def imported(code: str) -> Iterator[str]:
    """Every module or name that `code` imports when it runs, in full: `from a import b` is a.b."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strangers(file: Path, code: str) -> set[str]:
    """What `code` imports that a file in this place may not."""
    allowed = next(names for pattern, names in ALLOWED.items() if file.match(pattern))
    own = {name for name in imported(code) if name.partition(".")[0] not in sys.stdlib_module_names}
    return {name for name in own if not any(f"{name}.".startswith(f"{each}.") for each in allowed)}


@pytest.mark.parametrize("file", [*FILES, Path("Home.py")], ids=str)
def test_a_file_imports_only_what_its_layer_may(file: Path) -> None:
    assert not strangers(file, (ROOT / file).read_text())


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("engine/loss.py", "import streamlit"),
        ("engine/loss.py", "import plotly.data"),
        ("engine/cached.py", "import torch"),
        ("lessons/figures/curves.py", "from engine import cached"),
        ("lessons/figures/curves.py", "import pandas"),
        ("lessons/one_weight.py", "from lessons.shell.page import open_lesson"),
        ("lessons/one_weight.py", "from lessons import two_weights"),
        ("lessons/one_weight.py", "from engine import loss"),
        ("lessons/words.py", "from lessons import l2"),
        ("lessons/kit/stage.py", "from lessons.shell import page"),
        ("lessons/figures/curves.py", "from lessons.kit.stage import show"),
        ("lessons/shell/share.py", "from lessons import l2"),
        ("lessons/kit/controls.py", "from engine import cached"),
        ("Home.py", "import torch"),
    ],
)
def test_a_stranger_would_be_noticed(file: str, line: str) -> None:
    assert strangers(Path(file), line)


def test_the_engine_does_not_lean_on_its_own_facade() -> None:
    for file in (ROOT / "engine").glob("*.py"):
        assert "engine.cached" not in set(imported(file.read_text())), file


LESSONS = sorted(path.relative_to(ROOT) for path in (ROOT / "lessons").glob("*.py"))
FROM_STREAMLIT = {"markdown", "caption", "info", "code", "dataframe", "column_config", "button"}
"""What a lesson may name of Streamlit: words, formulas, tables, code, and a button. None of it says where it stands."""
LAYS_OUT = {"columns", "container", "tabs", "expander", "popover", "sidebar", "empty", "space", "form", "dialog"}
"""What says where something stands: not even of what the stage gives to a lesson."""


def laid_out(code: str) -> set[str]:
    """What `code` names that a lesson leaves to the stage: of Streamlit, of a place on the page, or of the stage."""
    tree = ast.parse(code)
    of_streamlit = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st"
    }
    methods = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LAYS_OUT
    }
    # By another name, nobody would know it here.
    others = {
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "streamlit" in ast.unparse(node)
        and ast.unparse(node) != "import streamlit as st"
    }
    from_stage = set(imported(code)) & {f"lessons.kit.stage.{name}" for name in ("draw", "lay_out", "put_up", "stage")}
    return (of_streamlit - FROM_STREAMLIT) | methods | others | from_stage


@pytest.mark.parametrize("file", LESSONS, ids=str)
def test_a_lesson_says_what_it_shows_and_never_where(file: Path) -> None:
    assert not laid_out((ROOT / file).read_text())


@pytest.mark.parametrize(
    "line",
    [
        "left, right = st.columns(2)",
        "with st.container(border=True): pass",
        "with st.expander('More'): pass",
        "st.sidebar.markdown('aside')",
        "place = st.empty()",
        "one, other = inside.tabs(['one', 'other'])",
        "with fold('More', 'code', 'more').container(): pass",
        "from streamlit import columns",
        "import streamlit",
        "import streamlit as web",
        "from streamlit import columns as st",
        "from lessons.kit.stage import draw",
    ],
)
def test_layout_in_a_lesson_would_be_noticed(line: str) -> None:
    assert laid_out(line)
