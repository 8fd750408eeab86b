from pathlib import Path

import pytest

from pytest_cfbindings.config import Location, load

from .conftest import Read


@pytest.mark.parametrize("name", ["w.conf", "w.TOML", "w.json5", "w.yaml", "w"])
def test_a_file_with_another_ending_is_refused(name: str, read: Read) -> None:
    loaded = read("", name=name)
    assert loaded.config is None
    assert loaded.error_text().startswith(f"{name} is no Wrangler configuration")


def test_a_missing_file_is_named_as_it_was_written(tmp_path: Path) -> None:
    loaded = load(Path("x/missing.toml"), cwd=tmp_path, environ={})
    assert loaded.error_text() == (
        "Could not read file: x/missing.toml\n"
        "ENOENT: no such file or directory, open 'x/missing.toml'"
    )


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "w.json").mkdir()
    [error] = load(Path("w.json"), cwd=tmp_path, environ={}).errors
    assert error.notes == ("EISDIR: illegal operation on a directory, read",)


def test_a_path_with_a_nul_is_an_error(tmp_path: Path) -> None:
    assert load(Path("a\0.toml"), cwd=tmp_path, environ={}).errors


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xff\xfe", "UTF-16 LE"),
        (b"\xfe\xff", "UTF-16 BE"),
        (b"\xff\xfe\x00\x00", "UTF-32 LE"),
        (b"\x00\x00\xfe\xff", "UTF-32 BE"),
    ],
)
def test_other_encodings_are_recognised_and_refused(
    mark: bytes, encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "w.toml").write_bytes(mark + b"x")
    [error] = load(Path("w.toml"), cwd=tmp_path, environ={}).errors
    assert error.message == f"Configuration file contains {encoding} byte order marker"
    assert error.notes == (
        f'The file "w.toml" appears to be encoded as {encoding}.'
        " Please save the file as UTF-8 without BOM.",
    )


@pytest.mark.parametrize(("name", "text"), [("w.toml", 'name="x"'), ("w.json", "{}")])
def test_a_utf8_mark_is_dropped(name: str, text: str, read: Read) -> None:
    assert read("\ufeff" + text, name=name).config is not None


def test_bytes_that_are_no_utf8_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "w.json").write_bytes(b'{"vars": {"A": "\xff"}}')
    loaded = load(Path("w.json"), cwd=tmp_path, environ={})
    assert loaded.config is not None
    assert loaded.config.vars == {"A": "\ufffd"}


def test_places_count_utf16_units(read: Read) -> None:
    [error] = read('{\n "a": "😀" nope }').errors
    assert error.location == Location(2, 11, ' "a": "😀" nope }', 4)


@pytest.mark.parametrize("text", ["null", '"x"', "5", "true"])
def test_a_file_that_holds_no_object_is_refused(text: str, read: Read) -> None:
    assert read(text).error_text() == (
        "wrangler.jsonc should hold an object with the configuration,"
        f" but it holds {text}."
    )


def test_an_empty_list_is_an_empty_configuration(read: Read) -> None:
    assert read("[]").config is not None
