"""The list of what we know of the insides of Streamlit and Plotly is whole, and all of it is used and watched."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from lessons.shell.javascript import DUTIES, FOLDER, SCRIPT
from lessons.shell.selectors import PLOTLY, STREAMLIT
from tests.app import ROOT

LISTS = {"STREAMLIT": STREAMLIT, "PLOTLY": PLOTLY}
ENTRIES = [(owner, name) for owner, known in LISTS.items() for name in known]
CODE = {file: (FOLDER / file).read_text() for file in sorted(path.name for path in FOLDER.glob("*.js"))}
STYLE = (ROOT / "pages/style.css").read_text()
FOLDERS = "lessons", "lessons/figures", "lessons/kit", "lessons/shell", "pages"
PYTHON = [ROOT / "Home.py", *(path for folder in FOLDERS for path in (ROOT / folder).glob("*.py"))]

OURS = {
    "before",
    "data-begun",
    "away",
    "takeaway",
    "living",
    "st-key-bar",
    "st-key-stage",
    "st-key-pictures",
    "st-key-result",
}
COMMON = {"class", "role", "aria-label", "data", "not", "has", "canvas", "a", "h1", "h2", "text", "html", "root"}
"""Words of a selector that neither Streamlit nor Plotly made up."""


def words(selector: str) -> set[str]:
    return set(re.findall(r"\$?[a-zA-Z_][\w-]*", selector))


def theirs() -> set[str]:
    return {word for known in LISTS.values() for each in known.values() for word in words(each.text)} - COMMON


def bare(code: str) -> str:
    """Script or style without its remarks."""
    return re.sub(r"/\*.*?\*/|(?<!\S)//[^\n]*", "", code, flags=re.DOTALL)


def asked_for(script: str) -> Iterator[str]:
    """The literal parts of the selectors that a script asks the page for."""
    for selector in re.findall(
        r"(?:\bquerySelector(?:All)?|closest|matches|Name|ById)\(\s*(['\"`][^)]*)\)", bare(script)
    ):
        yield re.sub(r"\$\{[^}]*\}", "", selector)


def selectors(style: str) -> Iterator[str]:
    """The selectors of the rules in `style`, those inside of @media too."""
    for head in re.findall(r"([^{};]+)\{", bare(style)):
        if not head.strip().startswith("@") and head.strip() not in ("from", "to"):
            yield head.strip()


def in_python(code: str) -> Iterator[str]:
    """Every text in Python `code` that is or holds a script or a style, without what is filled in."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if re.search(r"<style>|<script>|document\.", text):
            yield text


def strangers(selector: str) -> set[str]:
    """Words of `selector` that are nobody's: neither ours, nor common, nor in the list."""
    return words(selector) - OURS - COMMON - theirs()


def private(script: str) -> set[str]:
    """What a script names by itself, outside of the list, though it belongs to others."""
    code = bare(script)
    named = set(re.findall(r"[\w-]+", code)) & {word for word in theirs() if re.search(r"[-_A-Z]|^gl", word)}
    return named | set(re.findall(r"\.(_\w+)|['\"](_\w+)", code)) | set(re.findall(r"dataset\.test\w+", code))


@pytest.mark.parametrize("file", CODE)
def test_a_script_knows_nothing_of_others_but_from_the_list(file: str) -> None:
    assert not {word for selector in asked_for(CODE[file]) for word in strangers(selector)}
    assert not private(CODE[file])


@pytest.mark.parametrize(
    "line",
    [
        "document.querySelector('[data-testid=stSidebar]')",
        "group.closest(`.js-plotly-plot`)",
        "document.querySelectorAll(`${PLOTLY.chart} .legend`)",
    ],
)
def test_a_selector_in_a_script_would_be_noticed(line: str) -> None:
    assert {word for selector in asked_for(line) for word in strangers(selector)} | private(line)


@pytest.mark.parametrize(
    "line", ["chart._fullData", "chart['_context']", "scene.glplot.redraw()", "app.dataset.testId"]
)
def test_a_private_field_in_a_script_would_be_noticed(line: str) -> None:
    assert private(line)


def test_the_style_knows_nothing_of_others_but_what_is_in_the_list() -> None:
    found = list(selectors(STYLE))
    assert ".stPlotlyChart > .before" in found
    assert not {word for selector in found for word in strangers(selector)}
    assert strangers('[data-testid="stSidebar"] .away') == {"stSidebar"}


def test_scripts_and_styles_within_the_python_code_know_no_more() -> None:
    found = {text for path in PYTHON for text in in_python(path.read_text())}
    assert any("st-key-" in text for text in found)
    for text in found:
        for selector in (*selectors(text.replace("<style>", "")), *asked_for(text)):
            assert not strangers(selector), text


@pytest.mark.parametrize(("owner", "name"), ENTRIES)
def test_what_is_in_the_list_is_used(owner: str, name: str) -> None:
    text = LISTS[owner][name].text
    used = [*CODE.values(), *(path.read_text() for path in PYTHON)]
    by_name = rf"\b{owner}(\.{name}\b|\[['\"]{name}['\"]\])"
    assert any(re.search(by_name, code) for code in used) or text in STYLE.replace('"', "")


@pytest.mark.parametrize(("owner", "name"), ENTRIES)
def test_the_test_that_watches_it_is_there(owner: str, name: str) -> None:
    files = [path for folder in ("browser", "host") for path in (ROOT / "tests" / folder).glob("test_*.py")]
    there = {
        node.name for path in files for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)
    }
    assert LISTS[owner][name].test in there


def test_every_duty_goes_out() -> None:
    assert {f"{name}.js" for name in (*DUTIES, "loop")} == set(CODE)
    assert all(code in SCRIPT for code in CODE.values())
