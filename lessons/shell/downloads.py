"""The files that “Take it apart” offers: a script as a notebook, the points as CSV, a chart as an HTML page.

Each function returns the text of a file. The buttons stand in `take_apart`.
"""

from __future__ import annotations

import ast
import csv
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np

from engine.records import Dataset
from lessons.kit.scripts import cells

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def notebook(code: str) -> str:
    """A script as a Jupyter notebook, in JSON."""
    # Here, because few ask for one, and the first page of a server just started need not wait for the import.
    import nbformat
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    title = ast.get_docstring(ast.parse(code)) or ""
    found = [new_markdown_cell(f"# {title}\n\nNeeds `pip install torch plotly`.")]
    for heading, body in cells(code):
        found += [new_markdown_cell(f"## {heading}"), new_code_cell(body)]
    for number, cell in enumerate(found):
        cell["id"] = f"cell-{number}"
    book = new_notebook(cells=found)
    nbformat.validate(book)
    return str(nbformat.writes(book))


def page(figure: Figure) -> str:
    """A chart as an HTML page. Plotly's script is in it, so that it opens without a network."""
    return str(figure.update_layout(template="plotly_white").to_html(include_plotlyjs=True))


def table(data: Dataset) -> str:
    """The points as CSV. No name of a column begins with a sign that a spreadsheet would take for a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([name.lstrip("=+-@\t\r") for name in (*data.features, data.target)])
    writer.writerows(np.column_stack([data.X, data.y]).tolist())
    return out.getvalue()
