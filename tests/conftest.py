"""Options of the test run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="write the expected texts anew instead of comparing with them",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update is for people: CI only compares")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Locks and caches of the tests, and of what they start, apart from the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPATCH_CODEGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
