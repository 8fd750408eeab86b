from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_cfbindings.config import Config, MigrationSettings, list_migrations
from pytest_cfbindings.config.migrations import normalised


def settings(config: Callable[..., Config], **options: str) -> MigrationSettings:
    [database] = config({"d1_databases": [{"binding": "D", **options}]}).d1_databases
    return database.migrations


def create(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")


def test_the_defaults_are_wranglers(
    config: Callable[..., Config], tmp_path: Path
) -> None:
    found = settings(config)
    assert found.directory == tmp_path / "migrations"
    assert (found.pattern, found.table) == ("migrations/*.sql", "d1_migrations")


def test_files_are_ordered_by_number_before_text(
    config: Callable[..., Config], tmp_path: Path
) -> None:
    create(tmp_path / "m", "10_c.sql", "9_b.sql", "a.sql", "1_z.sql", "01_y.sql")
    names = [m.name for m in list_migrations(settings(config, migrations_dir="m"))]
    assert names == ["01_y.sql", "1_z.sql", "9_b.sql", "10_c.sql", "a.sql"]


def test_each_folder_of_a_path_is_ordered_by_itself(
    config: Callable[..., Config], tmp_path: Path
) -> None:
    create(tmp_path / "m", "10/a.sql", "9/b.sql", "9/1/c.sql")
    options = {"migrations_dir": "m", "migrations_pattern": "m/**/*.sql"}
    found = list_migrations(settings(config, **options))
    assert [m.name for m in found] == ["9/1/c.sql", "9/b.sql", "10/a.sql"]
    assert found[0].path == tmp_path / "m" / "9" / "1" / "c.sql"


def test_links_are_not_followed(config: Callable[..., Config], tmp_path: Path) -> None:
    create(tmp_path, "real/1.sql", "m/2.sql")
    (tmp_path / "m" / "3.sql").symlink_to(tmp_path / "real" / "1.sql")
    names = [m.name for m in list_migrations(settings(config, migrations_dir="m"))]
    assert names == ["2.sql"]


def test_no_folder_means_no_migrations(config: Callable[..., Config]) -> None:
    assert list_migrations(settings(config)) == []


def test_a_pattern_outside_the_folder_is_a_problem(
    config: Callable[..., Config],
) -> None:
    options = {"migrations_dir": "a", "migrations_pattern": "b/*.sql"}
    problem = settings(config, **options).problem
    assert problem is not None
    assert problem.startswith('The configured `migrations_pattern: "b/*.sql"` in your')


@pytest.mark.parametrize(
    ("path", "normal"),
    [
        ("./a/", "a"),
        ("a\\b", "a/b"),
        ("", "."),
        ("a/../b", "b"),
        ("//a", "/a"),
        ("../x", "../x"),
    ],
)
def test_paths_are_normalised_as_node_does(path: str, normal: str) -> None:
    assert normalised(path) == normal
