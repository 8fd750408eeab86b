"""When the S3 door is open, and what it leaves alone."""

import sys

# pytester forgets what was imported during a test, and these take half a second.
import boto3  # noqa: F401
import moto.s3.models  # noqa: F401
import pytest
import requests  # noqa: F401

R2 = """
[[r2_buckets]]
binding = "FILES"
bucket_name = "files"

[[r2_buckets]]
binding = "PREVIEWED"
bucket_name = "real-name"
preview_bucket_name = "preview-name"

[[r2_buckets]]
binding = "EUROPEAN"
bucket_name = "european"
jurisdiction = "eu"

"""

CLIENT = """
import boto3
from botocore.config import Config

def client(endpoint="https://account.r2.cloudflarestorage.com"):
    return boto3.client(
        "s3", endpoint_url=endpoint, region_name="auto",
        aws_access_key_id="a", aws_secret_access_key="b",
        config=Config(retries={"max_attempts": 0}, connect_timeout=1),
    )
"""


@pytest.fixture
def buckets(project: pytest.Pytester) -> pytest.Pytester:
    """A project with buckets, and a module that makes clients for them."""
    wrangler = project.path / "wrangler.toml"
    text = wrangler.read_text(encoding="utf-8")
    wrangler.write_text(text.replace("[env.staging]", f"{R2}[env.staging]"))
    project.makepyfile(clients=CLIENT)
    return project


def test_a_client_meets_the_bucket_without_any_set_up(
    buckets: pytest.Pytester,
) -> None:
    buckets.makepyfile(
        """
        def test_door(env, cf):
            from clients import client
            client().put_object(Bucket="files", Key="k", Body=b"v")
            assert cf.run(cf.run(env.FILES.get("k")).text()) == "v"

        def test_without_env():
            from clients import client
            assert client().list_objects_v2(Bucket="files")["KeyCount"] == 0
        """
    )
    buckets.runpytest().assert_outcomes(passed=2)


def test_a_client_may_be_older_than_the_session(buckets: pytest.Pytester) -> None:
    program = buckets.makepyfile(
        run="""
        import sys, pytest
        from clients import client
        import_time_client = client()
        sys.exit(pytest.main(["-p", "no:cacheprovider", "test_old.py"]))
        """
    )
    buckets.makepyfile(
        test_old="""
        import __main__

        def test_old(env, cf):
            __main__.import_time_client.put_object(Bucket="files", Key="k", Body=b"v")
            assert cf.run(env.FILES.head("k")).size == 1
        """
    )
    assert buckets.run(sys.executable, str(program)).ret == 0


def test_a_bucket_has_the_names_of_the_file(buckets: pytest.Pytester) -> None:
    buckets.makepyfile(
        """
        from clients import client

        def test_names(env, cf):
            cf.run(env.PREVIEWED.put("k", "v"))
            for name in ("real-name", "preview-name"):
                assert client().head_object(Bucket=name, Key="k")["ContentLength"] == 1
        """
    )
    buckets.runpytest().assert_outcomes(passed=1)


def test_a_jurisdiction_has_a_host_of_its_own(buckets: pytest.Pytester) -> None:
    buckets.makepyfile(
        """
        import pytest
        from botocore.exceptions import ClientError
        from clients import client

        EU = "https://account.eu.r2.cloudflarestorage.com"

        def test_jurisdiction(env, cf):
            cf.run(env.EUROPEAN.put("k", "v"))
            found = client(EU).get_object(Bucket="european", Key="k")
            assert found["Body"].read() == b"v"
            assert [b["Name"] for b in client(EU).list_buckets()["Buckets"]] == [
                "european"
            ]
            with pytest.raises(ClientError, match="NoSuchBucket"):
                client().get_object(Bucket="european", Key="k")
        """
    )
    buckets.runpytest().assert_outcomes(passed=1)


def test_it_is_closed_while_tests_are_collected(buckets: pytest.Pytester) -> None:
    buckets.makepyfile(
        """
        import socket
        import pytest
        from botocore.exceptions import EndpointConnectionError
        from clients import client

        asked = []
        real = socket.getaddrinfo

        def nowhere(host, *rest, **named):
            asked.append(host)
            raise socket.gaierror("no network in this test")

        socket.getaddrinfo = nowhere
        with pytest.raises(EndpointConnectionError):
            client().list_buckets()
        socket.getaddrinfo = real

        def test_network_was_asked():
            assert asked == ["account.r2.cloudflarestorage.com"]
            assert client().list_buckets()["Buckets"]
        """
    )
    buckets.runpytest_subprocess().assert_outcomes(passed=1)


def test_no_other_library_reaches_a_host_of_r2(buckets: pytest.Pytester) -> None:
    buckets.makepyfile(
        """
        import urllib.request
        import pytest
        import requests
        from clients import client

        def test_presigned():
            named = {"Bucket": "files", "Key": "k"}
            url = client().generate_presigned_url("get_object", Params=named)
            with pytest.raises(requests.ConnectionError, match="which no test reaches"):
                requests.get(url)
            with pytest.raises(OSError, match="which no test reaches"):
                urllib.request.urlopen(url)
        """
    )
    buckets.runpytest().assert_outcomes(passed=1)


def test_other_hosts_are_left_alone(buckets: pytest.Pytester) -> None:
    buckets.makepyfile(
        """
        import threading
        from http.server import BaseHTTPRequestHandler, HTTPServer
        from clients import client

        class Other(BaseHTTPRequestHandler):
            def do_HEAD(self):
                self.send_response(200)
                self.send_header("x-amz-bucket-region", "elsewhere")
                self.end_headers()

            def log_message(self, *_):
                pass

        def test_local_server():
            server = HTTPServer(("127.0.0.1", 0), Other)
            thread = threading.Thread(target=server.handle_request)
            thread.start()
            other = client(f"http://127.0.0.1:{server.server_port}")
            answer = other.head_bucket(Bucket="anything")
            thread.join()
            server.server_close()
            assert answer["BucketRegion"] == "elsewhere"
        """
    )
    buckets.runpytest().assert_outcomes(passed=1)


def test_it_works_in_the_processes_of_xdist(buckets: pytest.Pytester) -> None:
    buckets.makepyfile(
        """
        import pytest
        from clients import client

        @pytest.mark.parametrize("round", range(6))
        def test_fresh(env, round):
            assert client().list_objects_v2(Bucket="files")["KeyCount"] == 0
            client().put_object(Bucket="files", Key="k", Body=b"v")
        """
    )
    buckets.runpytest_subprocess("-n1").assert_outcomes(passed=6)


def test_nobody_pays_for_what_he_does_not_use(buckets: pytest.Pytester) -> None:
    buckets.makepyfile(
        """
        import sys

        def test_kv_only(env, cf):
            cf.run(env.CACHE.put("k", "v"))
            assert not {"moto", "boto3", "botocore"} & set(sys.modules)

        def test_moto_comes_with_the_first_object(env, cf):
            cf.run(env.FILES.put("k", "v"))
            assert "moto" in sys.modules
        """
    )
    buckets.runpytest_subprocess().assert_outcomes(passed=2)


def test_botocore_is_as_before_when_the_session_ends(buckets: pytest.Pytester) -> None:
    import socket

    from botocore.httpsession import URLLib3Session

    before = URLLib3Session.send, socket.getaddrinfo
    buckets.makepyfile(
        """
        from clients import client

        def test_door():
            assert client().list_objects_v2(Bucket="files")["KeyCount"] == 0
        """
    )
    buckets.runpytest().assert_outcomes(passed=1)
    assert (URLLib3Session.send, socket.getaddrinfo) == before
