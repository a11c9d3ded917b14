"""Make sure that what the tests drive is there: a Chromium, and nginx: `python -m tests.get`.

Uses those on the PATH; installs Debian's as root where there is apt; elsewhere Playwright's own Chromium, and leaves
nginx to you: the tests that need it then say so and are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def chromium_path() -> str | None:
    """The Chromium on the PATH, if there is one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def nginx_path() -> str | None:
    """The nginx on the PATH, or where Debian has it, which is on root's PATH only."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def main() -> None:
    """Install what is missing. A failing installer ends the run with its own message."""
    missing = [name for name, path in (("chromium", chromium_path()), ("nginx", nginx_path())) if not path]
    if not missing:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update"], check=True)
        subprocess.run(["apt-get", "install", "--yes", *missing], check=True)
    elif "chromium" in missing:
        subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True)


if __name__ == "__main__":
    main()
