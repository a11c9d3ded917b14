"""The scripts that learners take along, with their data and values put in.

The scripts are files of their own in `lessons/scripts`, complete as they are. Taking one away replaces the values of
some of its names, and only by literals, so that no data can turn into code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import fill, indent
from typing import Any

import numpy as np

SCRIPTS = Path(__file__).parents[1] / "scripts"
WIDTH = 100
"""Longer literals take lines of their own."""


def script(name: str, values: Mapping[str, Any]) -> str:
    """The script `name`, such as one_weight/one_guess, with `values` (name in the script → value) put in."""
    return filled((SCRIPTS / f"{name}.py").read_text(encoding="utf-8"), values)


def filled(text: str, values: Mapping[str, Any]) -> str:
    """The Python code `text` with each of `values` in place of what the name is first given at top level: `w = 0.5`, or
    one of several in `w, lo = 0.5, -5`. Raises KeyError for a name that is given nothing there."""
    given: dict[str, ast.expr] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs: Iterable[tuple[ast.expr, ast.expr]] = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = zip(target.elts, value.elts, strict=True)
            for at, what in pairs:
                given.setdefault(ast.unparse(at), what)
    # Positions are in bytes, and hold as long as later ones are replaced first.
    lines = [line.encode() for line in text.splitlines(keepends=True)]
    starts = np.cumsum([0, *map(len, lines)])
    code = b"".join(lines)
    places = {
        name: (starts[given[name].lineno - 1] + given[name].col_offset, starts[end - 1] + given[name].end_col_offset)
        for name in values
        if (end := given[name].end_lineno)
    }
    for name, (start, stop) in sorted(places.items(), key=lambda item: -item[1][0]):
        code = code[:start] + literal(values[name]).encode() + code[stop:]
    return code.decode()


def literal(value: Any) -> str:
    """`value` as Python code: an array as a tensor; numbers, text and tuples of them as what they are."""
    if isinstance(value, np.ndarray):
        line = repr(value.tolist())
        if len(line) <= WIDTH - 40:
            return f"torch.tensor({line}, dtype=torch.float64)"
        # Lines end between rows where rows are short: inside one, a space is then no space to end at.
        rows = ", ".join(
            text if len(text) > WIDTH else text.replace(" ", "\u00a0") for text in map(repr, value.tolist())
        )
        block = indent(fill(rows, WIDTH, break_long_words=False, break_on_hyphens=False), 8 * " ")
        return f"torch.tensor(\n    [\n{block}\n    ],\n    dtype=torch.float64,\n)".replace("\u00a0", " ")
    if isinstance(value, tuple):
        parts = [f"{literal(each)}," for each in value]
        line = f"({' '.join(parts)})" if len(parts) == 1 else f"({' '.join(parts)[:-1]})"
        return line if len(line) <= WIDTH - 40 else "(\n" + indent("\n".join(parts), 4 * " ") + "\n)"
    if isinstance(value, str):
        return repr(str(value))
    return repr(int(value) if isinstance(value, int | np.integer) else float(value))


def cells(code: str) -> list[tuple[str, str]]:
    """A script's parts: for each line `# %% heading`, the heading and the code under it."""
    parts = [part.partition("\n") for part in code.split("\n# %% ")[1:]]
    return [(heading, body.strip("\n")) for heading, _, body in parts]
