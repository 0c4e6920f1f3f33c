import pytest

from bot.domain.origins import ImageOrigin

BUCKET = "https://s3.us-east-1.amazonaws.com/asset.1min.ai"
KEY = "development/images/watch.png?X-Amz-Signature=0a1b"


@pytest.mark.parametrize(
    ("origin", "url"),
    [
        (BUCKET, f"{BUCKET}/{KEY}"),
        (f" {BUCKET}/ ", f"{BUCKET}/{KEY}"),
        (BUCKET, f"HTTPS://S3.US-EAST-1.amazonaws.com/asset.1min.ai/{KEY}"),
        ("https://storage.1min.ai", f"https://storage.1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://storage.1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://a.b.1min.ai/{KEY}"),
        ("http://127.0.0.1:8600/asset.1min.ai", f"http://127.0.0.1:8600/asset.1min.ai/{KEY}"),
        ("http://[::1]:8600", f"http://[::1]:8600/{KEY}"),
    ],
)
def test_a_picture_below_the_origin_may_be_fetched(origin: str, url: str) -> None:
    assert ImageOrigin.parse(origin).allows(url)


@pytest.mark.parametrize(
    ("origin", "url"),
    [
        (BUCKET, f"http://s3.us-east-1.amazonaws.com/asset.1min.ai/{KEY}"),
        (BUCKET, f"https://s3.us-east-1.amazonaws.com/another-bucket/{KEY}"),
        (BUCKET, f"https://s3.us-east-1.amazonaws.com/asset.1min.ai.evil/{KEY}"),
        (BUCKET, f"https://s3.us-east-1.amazonaws.com/asset.1min.ai/../another-bucket/{KEY}"),
        (BUCKET, "https://s3.us-east-1.amazonaws.com/asset.1min.ai"),
        (BUCKET, f"https://s3.us-east-1.amazonaws.com:8443/asset.1min.ai/{KEY}"),
        (BUCKET, f"https://s3.us-east-1.amazonaws.com@evil.example/asset.1min.ai/{KEY}"),
        (BUCKET, f"https://someone@s3.us-east-1.amazonaws.com/asset.1min.ai/{KEY}"),
        (BUCKET, f"https://evil.example/asset.1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://evil1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://storage.1min.ai.evil.example/{KEY}"),
        ("http://127.0.0.1:8600", f"http://127.0.0.1:8601/{KEY}"),
        (BUCKET, "https://s3.us-east-1.amazonaws.com:99999/asset.1min.ai/"),
        (BUCKET, "https://[::1/asset.1min.ai/"),
        (BUCKET, f"//s3.us-east-1.amazonaws.com/asset.1min.ai/{KEY}"),
        (BUCKET, "file:///etc/passwd"),
        (BUCKET, ""),
    ],
)
def test_nothing_else_may_be_fetched(origin: str, url: str) -> None:
    assert not ImageOrigin.parse(origin).allows(url)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "storage.1min.ai",
        "ftp://storage.1min.ai",
        "https://",
        "https://storage.1min.ai/?x=1",
        "https://storage.1min.ai/#top",
        "https://user@storage.1min.ai",
        "https://storage.1min.ai:port",
        "https://[::1",
    ],
)
def test_what_names_no_origin_is_refused_at_start(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ImageOrigin.parse(text)


@pytest.mark.parametrize(
    ("origin", "url"),
    [
        ("https://*.1min.ai", f"https://.1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://a..1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://evil.example\\.1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://evil.example%2f.1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://evil.example .1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://évil.1min.ai/{KEY}"),
        ("https://*.1min.ai", f"https://evil\uff0f.1min.ai/{KEY}"),
        ("https://storage.1min.ai", f"https://storage.1min.ai:0/{KEY}"),
        ("https://storage.1min.ai", f"https://storage.1min.ai:80/{KEY}"),
        ("https://storage.1min.ai", f"https://storage.1min.ai\\@evil.example/{KEY}"),
        ("https://storage.1min.ai", f"https://sto\nrage.1min.ai/{KEY}"),
        (BUCKET, f"{BUCKET}\\..\\another-bucket/{KEY}"),
        (BUCKET, f"{BUCKET}/.."),
        (BUCKET, f"{BUCKET}/x/.."),
        (BUCKET, f"{BUCKET}/./../another-bucket/{KEY}"),
        (BUCKET, f"{BUCKET}/%2e%2e/another-bucket/{KEY}"),
        (BUCKET, f"{BUCKET}/.%2E/another-bucket/{KEY}"),
        (BUCKET, f"{BUCKET}/x%2f..%2f..%2fanother-bucket/{KEY}"),
        (BUCKET, f"{BUCKET}/x%5c..%5c..%5canother-bucket/{KEY}"),
    ],
)
def test_tricks_that_parsers_read_in_different_ways_are_refused(origin: str, url: str) -> None:
    assert not ImageOrigin.parse(origin).allows(url)


@pytest.mark.parametrize(
    ("origin", "url"),
    [
        ("https://storage.1min.ai", f"https://storage.1min.ai:443/{KEY}"),
        ("https://storage.1min.ai:443", f"https://storage.1min.ai/{KEY}"),
        ("http://storage.1min.ai:80", f"http://storage.1min.ai/{KEY}"),
        (BUCKET, f"{BUCKET}/a..b/%20%2Bfox...png?x=../y"),
    ],
)
def test_the_same_place_in_other_words_may_be_fetched(origin: str, url: str) -> None:
    assert ImageOrigin.parse(origin).allows(url)


@pytest.mark.parametrize(
    "text",
    [
        "https://*",
        "https://*.",
        "https://a.*.b",
        "https://*a.b",
        "https://a..b",
        "https://a b",
        "https://a\\b",
        "https://a:0",
    ],
)
def test_a_host_that_cannot_be_is_refused_at_start(text: str) -> None:
    with pytest.raises(ValueError, match="must be an origin"):
        ImageOrigin.parse(text)
