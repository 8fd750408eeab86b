"""What a user sees who made a typical mistake in a Wrangler file."""

import pytest

HEAD = 'name = "w"\nmain = "src/entry.py"\ncompatibility_date = "2026-09-15"\n'
PYTHON = HEAD + 'compatibility_flags = ["python_workers"]\n'


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(
            PYTHON + "[[kv_namespaces]\nbinding = 'KV'\n",
            ["ERROR: wrangler.toml:5:*", "*[[[]kv_namespaces]"],
            id="a bracket is missing",
        ),
        pytest.param(
            HEAD,
            [
                "*`python_workers` compatibility flag is required to use Python*",
                '*Add it to the file: compatibility_flags = [[]"python_workers"[]]',
            ],
            id="the flag for Python is missing",
        ),
        pytest.param(
            PYTHON + '[[kv_namespaces]]\nid = "x"\n',
            ['*"kv_namespaces[[]0]" bindings should have a string "binding" field*'],
            id="a binding has no name",
        ),
        pytest.param(
            PYTHON + '[[kv_namespaces]]\nbinding = "KV"\nid = ""\n',
            ['*"kv_namespaces[[]0]" bindings should have a string "id" field but got*'],
            id="an id is empty",
        ),
        pytest.param(
            PYTHON + '[kv_namespaces]\nbinding = "KV"\n',
            ['*The field "kv_namespaces" should be an array but got*'],
            id="a table instead of an array of tables",
        ),
        pytest.param(
            PYTHON + '[[kv_namespaces]]\nbinding = "A"\nid = "1"\n[vars]\nA = "x"\n',
            ["*A assigned to KV Namespace and Environment Variable bindings.*"],
            id="one name for two bindings",
        ),
        pytest.param(
            PYTHON + '[[r2_buckets]]\nbinding = "R"\nbucket_name = "My_Bucket"\n',
            ['*r2_buckets[[]0].bucket_name="My_Bucket" is invalid.*'],
            id="a bucket name that R2 refuses",
        ),
        pytest.param(
            'name = "My Worker"\nmain = "src/entry.py"\n',
            ['*Expected "name" to be of type string, alphanumeric and lowercase*'],
            id="a name with a space",
        ),
        pytest.param(
            PYTHON + "vars = 5\n",
            ['*The field "vars" should be an object but got 5.*'],
            id="vars are no table",
        ),
        pytest.param(
            PYTHON + '[[migrations]]\nnew_classes = ["A"]\n',
            ['*"migrations[[]0].tag" is a required field.*'],
            id="a migration without a tag",
        ),
    ],
)
def test_a_mistake_is_told_before_any_test_runs(
    pytester: pytest.Pytester, text: str, lines: list[str]
) -> None:
    pytester.makefile(".toml", wrangler=text)
    pytester.makepyfile("def test_it(): ...")
    result = pytester.runpytest("--cf-config", "wrangler.toml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(lines)
    result.stderr.no_fnmatch_line("*Traceback*")


def test_an_ending_that_wrangler_takes_for_an_empty_file_is_refused(
    pytester: pytest.Pytester,
) -> None:
    (pytester.path / "wrangler.yaml").write_text("name: w\n")
    result = pytester.runpytest("--cf-config", "wrangler.yaml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*wrangler.yaml*.toml*"])


def test_a_key_with_a_typo_is_a_warning_with_a_suggestion(
    pytester: pytest.Pytester,
) -> None:
    pytester.makefile(".toml", wrangler=PYTHON + '[[kv_namespace]]\nbinding = "KV"\n')
    pytester.makepyfile("def test_it(): ...")
    result = pytester.runpytest("-Wignore::pytest_cfbindings.CompatibilityWarning")
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(
        [
            "*WranglerWarning: wrangler.toml: Unexpected fields found in top-level"
            ' field: "kv_namespace"*kv_namespaces*'
        ]
    )


def test_a_missing_date_and_remote_bindings_are_told_in_the_header(
    pytester: pytest.Pytester,
) -> None:
    pytester.makefile(
        ".toml",
        wrangler='name = "w"\nmain = "src/entry.py"\n'
        'compatibility_flags = ["python_workers"]\n'
        '[[kv_namespaces]]\nbinding = "KV"\nid = "x"\nremote = true\n',
    )
    result = pytester.runpytest()
    result.stdout.fnmatch_lines(
        [
            "cfbindings: wrangler.toml (KV: KV)*",
            "cfbindings: wrangler.toml has no compatibility_date*",
            "cfbindings: remote = true is ignored for KV: tests stay local.",
        ]
    )
