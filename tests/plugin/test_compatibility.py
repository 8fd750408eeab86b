"""Where this process is unlike the runtime that a Worker gets."""

import os
import sys
import time

import pytest

WORKER = """
name = "w"
main = "src/entry.py"
compatibility_date = "{date}"
compatibility_flags = [{flags}]
"""


def started(pytester: pytest.Pytester, date: str, *flags: str) -> pytest.RunResult:
    listed = ", ".join(f'"{flag}"' for flag in ("python_workers", *flags))
    pytester.makefile(".toml", wrangler=WORKER.format(date=date, flags=listed))
    pytester.makepyfile("def test_it(): ...")
    return pytester.runpytest()


@pytest.mark.parametrize(
    ("date", "flags", "version"),
    [
        ("2025-09-28", [], "3.12"),
        ("2025-09-29", [], "3.13"),
        ("2026-09-08", [], "3.14"),
        ("2026-09-08", ["no_python_workers_314"], "3.13"),
        ("2026-01-01", ["python_workers_20260610"], "3.14"),
    ],
)
def test_another_python_than_the_runtimes_is_told_once(
    pytester: pytest.Pytester, date: str, flags: list[str], version: str
) -> None:
    result = started(pytester, date, *flags)
    host = f"{sys.version_info[0]}.{sys.version_info[1]}"
    text = f"*CompatibilityWarning: This is Python {host}, and the Worker runs on*"
    if host == version:
        result.stdout.no_fnmatch_line(text)
    else:
        result.stdout.fnmatch_lines([f"{text}Python {version}:*"])


def test_a_date_with_the_builtin_sdk_is_told(pytester: pytest.Pytester) -> None:
    result = started(pytester, "2026-04-20")
    result.stdout.fnmatch_lines(["*production hands out raw bindings*"])


def test_a_vendored_sdk_wins_over_the_date(pytester: pytest.Pytester) -> None:
    pytester.mkdir("python_modules").joinpath("workers").mkdir()
    result = started(pytester, "2026-04-20")
    result.stdout.no_fnmatch_line("*raw bindings*")


def test_a_warning_that_is_an_error_stops_the_run_with_one_message(
    pytester: pytest.Pytester,
) -> None:
    pytester.makefile(
        ".toml",
        wrangler=WORKER.format(date="2026-01-01", flags='"python_workers"')
        + "unknown = 1\n",
    )
    result = pytester.runpytest("-Werror::pytest_cfbindings.WranglerWarning")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: wrangler.toml: Unexpected fields*unknown*"])


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change zones")
def test_tests_run_in_utc_and_the_zone_comes_back(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    project.makepyfile(
        """
        import datetime

        def test_it(env):
            assert datetime.datetime.fromtimestamp(0).hour == 0
        """
    )
    project.runpytest().assert_outcomes(passed=1)
    assert os.environ["TZ"] == "Asia/Tokyo"
    assert time.localtime(0).tm_hour == 9
    monkeypatch.undo()
    time.tzset()
