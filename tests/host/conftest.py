"""The browser of the browser tests, for hosts that each test starts for itself."""

import pytest

from tests.browser.conftest import acquainted, browser_type_launch_args, context, page, tab

__all__ = ["acquainted", "base_url", "browser_type_launch_args", "context", "page", "tab"]


@pytest.fixture(scope="session")
def base_url() -> str:
    """No server is meant unless a test names it."""
    return ""
