"""A Wrangler configuration as options of Miniflare."""

from pathlib import Path

import pytest

from pytest_cfbindings.config import Config, load
from pytest_cfbindings.workerd.options import LATEST_DATE, counts, options


def config_of(tmp_path: Path, date: str) -> Config:
    path = tmp_path / "wrangler.toml"
    path.write_text(
        f'name = "w"\nmain = "entry.py"\ncompatibility_date = "{date}"\n'
        'compatibility_flags = ["python_workers"]\n'
    )
    found = load(path, cwd=tmp_path, environ={}).config
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("date", "used", "flags"),
    [
        ("2024-04-02", "2024-04-02", ["rpc"]),
        ("2024-04-03", "2024-04-03", []),
        ("2999-01-01", LATEST_DATE, []),
    ],
)
def test_objects_can_be_called_whatever_the_date(
    tmp_path: Path, date: str, used: str, flags: list[str]
) -> None:
    config = config_of(tmp_path, date)
    made = options(config, 1, counts(config, None))
    assert (made["compatibilityDate"], made["compatibilityFlags"]) == (used, flags)
