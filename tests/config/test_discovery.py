from pathlib import Path

import pytest

from pytest_cfbindings.config import find


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")
    return path


@pytest.mark.parametrize(
    ("present", "chosen"),
    [
        (["wrangler.json", "wrangler.jsonc", "wrangler.toml"], "wrangler.json"),
        (["wrangler.jsonc", "wrangler.toml"], "wrangler.jsonc"),
        (["wrangler.toml"], "wrangler.toml"),
    ],
)
def test_json_comes_before_jsonc_before_toml(
    present: list[str], chosen: str, tmp_path: Path
) -> None:
    for name in present:
        touch(tmp_path / name)
    assert find(tmp_path) == tmp_path / chosen


def test_a_json_file_far_above_beats_a_toml_file_in_the_folder(tmp_path: Path) -> None:
    above = touch(tmp_path / "wrangler.json")
    touch(tmp_path / "a" / "b" / "wrangler.toml")
    assert find(tmp_path / "a" / "b") == above


def test_the_nearest_file_of_a_name_wins(tmp_path: Path) -> None:
    touch(tmp_path / "wrangler.toml")
    near = touch(tmp_path / "a" / "wrangler.toml")
    assert find(tmp_path / "a" / "deep") == near


def test_a_folder_of_that_name_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "wrangler.json").mkdir()
    toml = touch(tmp_path / "wrangler.toml")
    assert find(tmp_path) == toml


def test_a_folder_that_cannot_exist_raises_nothing(tmp_path: Path) -> None:
    touch(tmp_path / "wrangler.json")
    assert find(tmp_path / "a\0b") == tmp_path / "wrangler.json"
