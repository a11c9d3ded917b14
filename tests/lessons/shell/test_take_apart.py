"""What a step gives away: scripts that run elsewhere and print the page's numbers, and a ledger that can turn red."""

from __future__ import annotations

import ast
import contextlib
import csv
import inspect
import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import plotly.graph_objects as go
import pytest
import streamlit
import torch
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from engine import data, loss
from engine.records import Entry, Source
from lessons.course import COURSE
from lessons.kit import scripts
from lessons.kit.lesson import slug
from lessons.shell import downloads
from lessons.words import num
from tests.app import ROOT, healthy, move_all, offered, open_page, reveal, text
from tests.lessons.declared import MOMENTS, Moment
from tests.lessons.shell.test_your_data import GOOD, ODD, own

RUFF = Path(sys.executable).with_name("ruff")
NAMES = sorted(f"{path.parent.name}/{path.stem}" for path in scripts.SCRIPTS.glob("*/*.py"))
TAKEN = [moment for moment in MOMENTS if moment.script]


def unfolded(app: AppTest, script: str) -> AppTest:
    """The page with everything behind the step laid open, and the answer revealed where there is one."""
    reveal(app)
    app.session_state[f"behind {script}"] = True
    app.run()
    healthy(app)
    return app


def given_away(app: AppTest) -> tuple[str, str]:
    """The lines that the page says the script ends with, and the script."""
    told, script = [code.value for code in app.code if code.language != "python" or code.value.startswith('"""')][-2:]
    return told, script


def run(*parts: str) -> str:
    """What the code prints, run part by part as a notebook would."""
    out = io.StringIO()
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out):
        patch.setattr(go.Figure, "show", lambda figure: print(end=""))
        for part in parts:
            exec(compile(part, "script", "exec"), names)
    return out.getvalue()


def same_numbers(printed: str, told: str) -> None:
    """The last lines printed are those told, their numbers to 1e-9, or to 1e-12 of the largest of all."""
    lines = told.splitlines()
    size = max(abs(float(word)) for word in told.split() if is_number(word) and np.isfinite(float(word)))
    for here, there in zip(printed.splitlines()[-len(lines) :], lines, strict=True):
        words = [[word for word in line.split() if not is_number(word)] for line in (here, there)]
        assert words[0] == words[1]
        numbers = [[float(word) for word in line.split() if is_number(word)] for line in (here, there)]
        assert numbers[1]
        np.testing.assert_allclose(numbers[0], numbers[1], rtol=1e-9, atol=1e-12 * size)


def is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("moment", "kind"), [(moment, kind) for moment in TAKEN for kind in offered(moment.lesson.weights)], ids=str
)
def test_script_and_notebook_print_the_numbers_of_the_page(moment: Moment, kind: str, tmp_path: Path) -> None:
    app = open_page(moment.lesson.name, data=kind, **moment.link)
    move_all(app)
    if "The question is not asked" in text(app):
        # The data move, too, where they are drawn at random.
        app = open_page(moment.lesson.name, data=kind, **moment.link)
    told, code = given_away(unfolded(app, moment.script))
    same_numbers(run(code), told)
    book = nbformat.reads(downloads.notebook(code), 4)
    nbformat.validate(book)
    same_numbers(run(*(cell["source"] for cell in book["cells"] if cell["cell_type"] == "code")), told)
    (tmp_path / "script.py").write_text(code + "\n")  # the page shows it without its last line end
    lint = [str(part) for part in (RUFF, "check", "--config", ROOT / "pyproject.toml", tmp_path)]
    done = subprocess.run(lint, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_script_belongs_to_a_step_or_a_prediction_or_is_named_by_its_lesson() -> None:
    rest = set(NAMES) - {moment.script for moment in TAKEN}
    for name in rest:
        lesson = ROOT / "lessons" / f"{name.partition('/')[0]}.py"
        assert f'"{name}"' in lesson.read_text(), name
    for moment in MOMENTS:
        assert not moment.prediction or moment.script == moment.prediction.script


BLOCKED = """
import sys
sys.modules |= dict.fromkeys(["streamlit", "pandas", "numpy", "sklearn", "nbformat", "engine", "lessons"])
import plotly.graph_objects as go
go.Figure.show = lambda figure: print(len(figure.to_json()) > 1000)
for name in sys.argv[1:]:
    exec(compile(open(name, encoding="utf-8").read(), name, "exec"), {})
"""


def test_every_script_runs_as_it_is_with_torch_and_plotly_alone(tmp_path: Path) -> None:
    files = [str(scripts.SCRIPTS / f"{name}.py") for name in NAMES]
    done = subprocess.run([sys.executable, "-I", "-c", BLOCKED, *files], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    drawing = [name for name in NAMES if "figure.show()" in scripts.script(name, {})]
    assert done.stdout.count("True") == len(drawing) >= len(TAKEN) / 2
    assert "False" not in done.stdout


values = st.one_of(
    st.text(),
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.text(max_size=60), max_size=20).map(tuple),
)


@given(values)
def test_whatever_a_value_is_it_comes_in_as_itself_and_not_as_code(value: object) -> None:
    names: dict[str, object] = {}
    exec(scripts.filled("# é\nbefore, it, after = 1, 'é', 3\n", {"it": value}), names)
    assert names["it"] == value
    assert (names["before"], names["after"]) == (1, 3)


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(finite, min_size=3, max_size=3), min_size=1))
def test_points_come_in_to_the_last_digit(rows: list[list[float]]) -> None:
    code = scripts.filled("X = torch.tensor([[1.0]])\ny = 2\n", {"X": np.array(rows)})
    assert max(map(len, code.splitlines())) <= 120
    names: dict[str, Any] = {"torch": torch}
    exec(code, names)
    np.testing.assert_array_equal(names["X"].numpy(), rows)


HOSTILE = ["'); import os; os._exit(3) #", '"""', "\\", "{0}", "\n# %% x", "\u202e", "=cmd|' /C calc'!A0", "+1", "@x"]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_stay_text_in_every_script(name: str) -> None:
    code = scripts.script(name, {"features": tuple(HOSTILE), "target": HOSTILE[0]})
    original = scripts.script(name, {})
    assert ast.dump(without_names(code)) == ast.dump(without_names(original))
    assert [heading for heading, _ in scripts.cells(code)] == [heading for heading, _ in scripts.cells(original)]


def without_names(code: str) -> ast.Module:
    """The code with nothing in place of the names of features and target."""
    tree = ast.parse(code)
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "(features, target)":
            node.value = ast.Constant(0)
    return tree


def test_no_cell_of_the_table_is_a_formula() -> None:
    found = replace(data.load(Source("article", 2)), features=("=cmd|x", "\t@y"), target="-z")
    rows = list(csv.reader(io.StringIO(downloads.table(found))))
    assert rows[0] == ["cmd|x", "y", "z"]
    np.testing.assert_array_equal([[float(cell) for cell in row] for row in rows[1:]], np.c_[found.X, found.y])


def test_the_chart_as_a_page_asks_the_network_for_nothing() -> None:
    page = downloads.page(go.Figure(go.Scatter(x=[1, 2], y=[3, 4])))
    assert not re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", page)
    assert len(page) > 1e6


def test_the_engines_code_is_that_of_the_functions_the_step_asked_for() -> None:
    app = unfolded(open_page("one_weight", step="the-slope"), "one_weight/the_slope")
    chosen = app.selectbox(key="engine function")
    assert chosen.options == ["mse", "reach", "fit_at", "minimum", "slopes", "spectrum", "curve", "quadratic"]
    chosen.set_value("slopes").run()
    assert app.code[-1].value == inspect.getsource(loss.slopes).strip()


def test_the_proof_shows_every_route_and_turns_red_when_one_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    app = unfolded(open_page("l2", step="two-landscapes", data="tips", lam="3"), "l2/two_landscapes")
    proofs = [frame for frame in app.dataframe if " routes. Their largest" in frame.proto.alt]
    said = ["The loss", "The gradient", "The minimum", "The curvature", "The condition number"]
    assert [frame.proto.alt.split(" by")[0] for frame in proofs] == said
    assert all(len(frame.value) >= 3 for frame in proofs)
    right = loss.gradient
    monkeypatch.setattr(loss, "gradient", lambda *args: right(*args) * (1 + 1e-6))
    streamlit.cache_data.clear()
    app.slider(key="pin1").set_value(0.25)
    app.run()
    assert "One of them is wrong" in app.error[0].value
    streamlit.cache_data.clear()


@pytest.mark.parametrize("name", ["two_weights/sample_the_plane", "two_weights/read_the_rings"])
def test_what_the_page_around_a_step_asked_for_is_not_among_what_the_step_did(name: str) -> None:
    step = name.partition("/")[2].replace("_", "-")
    theirs, mine = (
        unfolded(app, name).selectbox(key="engine function").options
        for app in (open_page("two_weights", step=step), own("two_weights", GOOD, step=step))
    )
    assert mine == theirs


def test_the_proof_is_of_the_penalised_loss() -> None:
    app = unfolded(open_page("l2", step="two-landscapes", data="line", lam="3"), "l2/two_landscapes")
    (found,) = [frame.value for frame in app.dataframe if frame.proto.alt.startswith("The minimum by")]
    X, y = np.array([[1, 1], [2, 1], [3, 1], [4, 1]]), np.array([2, 4, 5, 4])
    w = np.linalg.solve(X.T @ X + 4 * 3 * np.eye(2), X.T @ y)
    for j in (1, 2):
        np.testing.assert_allclose(found[f"minimum {j}"].astype(float), w[j - 1], rtol=1e-9)


@pytest.mark.parametrize("mine", [False, True])
def test_whose_points_are_in_the_script_is_said(mine: bool) -> None:
    app = own("one_weight", GOOD) if mine else open_page("one_weight")
    said = text(unfolded(app, "one_weight/one_guess"))
    assert ("Your points and values are in it." in said) == mine
    assert ("These points and values are in it." in said) == (not mine)


def test_a_notebook_begins_with_the_scripts_title_and_has_each_of_its_parts() -> None:
    code = scripts.script("one_weight/one_guess", {})
    title = ast.get_docstring(ast.parse(code))
    first, *rest = nbformat.reads(downloads.notebook(code), 4)["cells"]
    assert first["source"] == f"# {title}\n\nNeeds `pip install torch plotly`."
    headings = [cell["source"].removeprefix("## ") for cell in rest if cell["cell_type"] == "markdown"]
    assert headings == re.findall(r"^# %% (.*)$", code, re.MULTILINE)


def a_proof() -> None:
    import streamlit as st

    from lessons.shell.take_apart import prove

    prove(st.session_state["entry"])


@pytest.mark.parametrize(
    ("second", "allowed", "tiny", "says"),
    [
        (1.0, 1e-9, 1e-9, "They agree to 16 digits: the largest disagreement is 0, and rounding alone may take them"),
        (
            1 + 2**-30,
            1e-2,
            0.0,
            "They agree to 9 digits: the largest disagreement is 9.3×10⁻¹⁰, and rounding alone may",
        ),
        (1.001, np.inf, np.inf, "they share 3 digits. On these data rounding alone could have decided what they find."),
        (1.001, 0.01, 0.01, "they share 3 digits. On these data rounding alone may take them 0.01 apart."),
        (1.001, 2.0, 2.0, "All are zero but for rounding, which may make 2."),
        (1.001, 0.0005, 0.0005, "The routes disagree by 0.001, more than rounding explains."),
    ],
)
def test_a_proof_says_whether_its_routes_agree_part_or_are_zero_or_wrong(
    second: float, allowed: float, tiny: float, says: str
) -> None:
    app = AppTest.from_function(a_proof)
    values = np.array([[1.0], [second]])
    app.session_state["entry"] = Entry("minimum", ("one", "other"), values, np.array([allowed]), tiny)
    app.run()
    assert not app.exception
    boxes = [*app.markdown[1:], *app.warning, *app.error]
    assert len(boxes) == 1
    assert says in boxes[0].value
    (alt,) = [frame.proto.alt for frame in app.dataframe]
    assert alt == f"The minimum by 2 routes. Their largest disagreement is {num(second - 1, 2)}."


@pytest.mark.parametrize("moment", [moment for moment in MOMENTS if moment.prediction], ids=str)
def test_before_an_answer_is_revealed_nothing_behind_it_is_shown(moment: Moment) -> None:
    app = open_page(moment.lesson.name, data="tips", **moment.link)
    app.session_state[f"behind {moment.script}"] = True
    assert not app.run().code
    reveal(app)
    assert app.code


@pytest.mark.parametrize("prep", ["", "centred,scaled"])
@pytest.mark.parametrize("name", ODD)
def test_on_odd_data_every_step_stands_no_proof_raises_a_false_alarm_and_scripts_agree_or_are_said_not_to(
    name: str, prep: str
) -> None:
    for lesson in COURSE:
        app = own(lesson.name, ODD[name], prep=prep)
        for script in NAMES:
            app.session_state[f"behind {script}"] = True
        for step in lesson.steps:
            app.query_params["step"] = slug(step)
            app.run()
            healthy(app)
            assert "nan" not in text(app)
            reveal(app)
            healthy(app)
            assert "nan" not in text(app)
            shown = any(code.value.startswith('"""') for code in app.code)
            if shown and not any("The script uses a simpler one" in box.value for box in app.warning):
                told, code = given_away(app)
                same_numbers(run(code), told)


ALIKE = "a\tb\ty\n0.1\t0.100001\t0.1\n0.7\t0.699999\t0.7\n1.3\t1.3\t1.3\n2.9\t2.9\t2.9"
"""Two columns so alike that only the routes to the condition number part."""


@pytest.mark.parametrize(("pasted", "parts"), [(GOOD, False), (ALIKE, True)])
def test_that_a_simpler_solver_may_find_something_else_is_said_where_routes_part(pasted: str, parts: bool) -> None:
    app = unfolded(own("two_weights", pasted, step="read-the-rings"), "two_weights/read_the_rings")
    assert any("The script uses a simpler one" in box.value for box in app.warning) == parts
    assert sum(box.value.startswith("The routes part ways") for box in app.warning) == parts


def test_own_points_are_in_the_script_and_its_numbers_are_the_pages() -> None:
    app = own("two_weights", GOOD, step="read-the-rings")
    app.session_state["behind two_weights/read_the_rings"] = True
    app.run()
    told, code = given_away(app)
    assert "'area', 'rooms'" in code
    same_numbers(run(code), told)
