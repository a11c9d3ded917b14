"""python -m tests.bench: measure everything, print the table, and write it to docs/benchmarks.md with the machine."""

from __future__ import annotations

import platform
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

from tests.app import ROOT
from tests.bench import classroom, growth, numbers, screen

PAGE = ROOT / "docs" / "benchmarks.md"


def machine() -> str:
    """What it was measured on."""
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    versions = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "torch", "plotly", "numpy"))
    cores = len(re.findall(r"^processor", Path("/proc/cpuinfo").read_text(), re.MULTILINE))
    processor = found[1] if found else platform.machine()
    return f"{date.today()}: {processor}, {cores} cores; Python {platform.python_version()}, {versions}."


def main() -> None:
    """Run all, in an order that leaves the machine quiet for what is shortest."""
    lines = [
        "# Benchmarks",
        "",
        "`python -m tests.bench` makes this page. Each figure is a ratio of two measurements made in turn within one",
        "run: the median, and the middle half of all rounds in brackets.",
        "",
        machine(),
        "",
        "| what | against | target | measured | met | |",
        "|---|---|---|---|---|---|",
    ]
    print("\n".join(lines))
    for file in (numbers, classroom, screen):
        for row in file.rows():
            met = "yes" if row.met else "no"
            lines.append(f"| {row.what} | {row.against} | {row.target} | {row.said} | {met} | {row.details} |")
            print(lines[-1], flush=True)
    lines += ["", *growth.save(PAGE.parent)]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
