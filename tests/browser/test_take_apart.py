"""A student in a real browser changes data and λ, takes the code along, and gets the page's numbers elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
from playwright.sync_api import Download, Page, expect

from engine import data
from engine.records import Source
from lessons.words import num
from tests.browser.drive import choose_data, opened, settled


def downloaded(page: Page, label: str) -> Download:
    with page.expect_download() as download:
        page.get_by_role("button", name=label, exact=True).click()
    return download.value


def test_a_student_takes_the_step_home(page: Page, base_url: str, tmp_path: Path) -> None:
    opened(page, f"{base_url}/l2")
    choose_data(page, "Tips")
    weight = page.get_by_role("slider", name="Penalty weight λ")
    expect(weight).to_have_attribute("max", "500")  # another range than the article's: the page has changed
    settled(page)
    for _ in range(7):
        weight.press("ArrowRight")
    settled(page)
    page.get_by_text("Take it apart").click()
    expect(page.get_by_role("button", name="Notebook")).to_be_visible()
    settled(page)

    found = data.load(Source("tips", 1))
    x, y = found.X[:, 0], found.y
    lam = float(page.url.partition("lam=")[2].partition("&")[0])
    shrunk = float(x @ y / (x @ x + len(y) * lam))
    expect(page.get_by_text(f"to {num(shrunk, 7)}: ")).to_be_visible()

    script = tmp_path / "plain_and_penalised.py"
    downloaded(page, "Script").save_as(script)
    # Without a screen to show the figure on.
    script.write_text(script.read_text().replace("figure.show()", "figure.to_json()"))
    done = subprocess.run([sys.executable, "-I", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    name, printed = done.stdout.splitlines()[-1].split()
    assert name == "w*λ"
    np.testing.assert_allclose(float(printed), shrunk, rtol=1e-12)

    notebook = tmp_path / "book.ipynb"
    downloaded(page, "Notebook").save_as(notebook)
    cells = json.loads(notebook.read_text())["cells"]
    assert f"lam, reach = {lam!r}" in "".join("".join(cell["source"]) for cell in cells)

    points = tmp_path / "points.csv"
    downloaded(page, "Points").save_as(points)
    np.testing.assert_array_equal(np.loadtxt(points, delimiter=",", skiprows=1), np.column_stack([x, y]))


def test_a_chart_taken_home_opens_without_a_network_and_saves_a_picture(
    page: Page, base_url: str, tmp_path: Path
) -> None:
    opened(page, f"{base_url}/one_weight")
    page.get_by_text("Take it apart").click()
    chart = tmp_path / "chart.html"
    downloaded(page, "Chart").save_as(chart)
    page.context.set_offline(True)
    page.goto(chart.as_uri())
    expect(page.locator(".main-svg").first).to_be_visible()
    expect(page.get_by_text("Each error, squared")).to_be_visible()
    page.locator(".main-svg").first.hover()
    with page.expect_download() as picture:
        page.locator("[data-title*='Download plot']").click()
    target = tmp_path / "picture.png"
    picture.value.save_as(target)
    assert target.read_bytes().startswith(b"\x89PNG")
