"""What tests of several parts ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout: ``BORDER_SHARED``, else the sibling folder ``shared``."""
    folder = Path(os.environ.get("BORDER_SHARED") or Path(__file__).parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip(
            f"There is no reference material in {folder}; set BORDER_SHARED to the folder that has it."
        )
    return folder


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    """The folder in which this test's files are kept: its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
