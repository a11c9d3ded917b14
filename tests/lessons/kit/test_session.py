"""What a session holds is named in one module, and so is what a link names beside the controls of steps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from lessons.kit import link
from tests.app import ROOT

NAMES = Path("lessons/kit/session.py")
LINK = Path("lessons/kit/link.py")
FILES = [Path("Home.py"), *(path.relative_to(ROOT) for path in (ROOT / "lessons").rglob("*.py"))]
METHODS = ("get", "get_all", "pop", "setdefault")


def written_out(key: ast.expr) -> bool:
    """Whether the name of a key is spelt here, and not taken from somewhere: "a", f"a{b}" or "a" + b."""
    if isinstance(key, ast.BinOp):
        return written_out(key.left) or written_out(key.right)
    return isinstance(key, ast.JoinedStr) or (isinstance(key, ast.Constant) and isinstance(key.value, str))


def pairs(tree: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Everything that is assigned, with what it is assigned to: a, b = c, d is two."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for to in node.targets:
                if isinstance(to, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    yield from zip(to.elts, node.value.elts, strict=True)
                else:
                    yield to, node.value


def keys(code: str, store: str = "st.session_state") -> Iterator[ast.expr]:
    """Every key by which `code` reads or writes the session, also where it calls the session by another name; or those
    of another `store`."""
    tree = ast.parse(code)

    def is_session(node: ast.expr) -> bool:
        return ast.unparse(node) in {store, *others}

    others: set[str] = set()
    others |= {ast.unparse(to) for to, value in pairs(tree) if is_session(value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and is_session(node.value):
            yield node.slice
        elif isinstance(node, ast.Compare) and any(map(is_session, node.comparators)):
            yield node.left
        elif isinstance(node, ast.Attribute) and is_session(node.value) and node.attr not in (*METHODS, "update"):
            yield ast.Constant(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_session(node.func.value):
            if node.func.attr in METHODS:
                yield node.args[0]
            yield from (ast.Constant(each.arg) for each in node.keywords if each.arg)
            for given in [given for given in node.args if isinstance(given, ast.Dict)]:
                yield from (key for key in given.keys if key)


@pytest.mark.parametrize("file", [file for file in FILES if file != NAMES], ids=str)
def test_no_other_module_writes_out_what_a_session_holds(file: Path) -> None:
    assert not [ast.unparse(key) for key in keys((ROOT / file).read_text()) if written_out(key)]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_no_other_module_writes_out_what_a_link_names_beside_controls(file: Path) -> None:
    assert not [ast.unparse(key) for key in keys((ROOT / file).read_text(), "st.query_params") if written_out(key)]
    spelt = {node.value for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.Constant)}
    if file != LINK:
        assert not spelt & {link.LOCK, link.HIDE, link.PREP, link.PRESENT}


def test_the_modules_that_use_the_session_are_seen_to_do_so() -> None:
    users = {str(file) for file in FILES if any(keys((ROOT / file).read_text()))}
    assert users >= {f"lessons/kit/{name}.py" for name in ("controls", "predict", "progress", "quiz", "stage")}
    assert users >= {f"lessons/shell/{name}.py" for name in ("page", "share", "your_data", "your_progress")}


@pytest.mark.parametrize(
    "line",
    [
        'st.session_state["a"]',
        'st.session_state[f"a{b}"] = 1',
        'del st.session_state[b + "a"]',
        'st.session_state.get("a", 1)',
        'st.session_state.pop(f"a{b}")',
        'st.session_state.setdefault("a", {})[b] = 1',
        "st.session_state.a = 1",
        'if "a" in st.session_state: pass',
        'st.session_state.update({"a": 1})',
        "st.session_state.update(a=1)",
        'state = st.session_state; state["a"]',
        'state, n = st.session_state, 1; state.get("a")',
    ],
)
def test_a_name_written_out_would_be_noticed(line: str) -> None:
    assert any(map(written_out, keys(line)))


def test_a_name_from_the_module_is_none_that_is_written_out() -> None:
    line = 'st.session_state[session.A]["b"] = st.session_state.get(session.given("c")); key in st.session_state'
    assert not any(map(written_out, keys(line)))
