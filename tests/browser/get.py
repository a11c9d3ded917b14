"""Make sure there is a Chromium for the browser tests: `python -m tests.browser.get`.

Uses the one on the PATH; else installs Debian's as root where there is apt; else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def installed() -> str | None:
    """The Chromium on the PATH, if there is one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def main() -> None:
    """Install what is missing. A failing installer ends the run with its own message."""
    if installed():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update"], check=True)
        subprocess.run(["apt-get", "install", "--yes", "chromium"], check=True)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True)


if __name__ == "__main__":
    main()
