import ssl

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bot.adapters.onemin.repeating import nothing_was_ordered
from bot.adapters.onemin.transport import translated
from bot.domain.failures import PaintingError, ProviderFaultError, ProviderTimeoutError

PLACE = ConnectionKey("api.invalid", 443, is_ssl=True, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None)


@pytest.mark.parametrize(
    ("error", "kind", "unsent"),
    [
        (aiohttp.ClientConnectorError(PLACE, OSError(111, "refused")), ProviderFaultError, True),
        (aiohttp.ClientConnectorDNSError(PLACE, OSError(-2, "unknown")), ProviderFaultError, True),
        (aiohttp.ClientConnectorSSLError(PLACE, ssl.SSLError(1, "handshake")), ProviderFaultError, True),
        (aiohttp.ClientConnectorCertificateError(PLACE, ssl.CertificateError("expired")), ProviderFaultError, True),
        (aiohttp.ConnectionTimeoutError("https://api.invalid"), ProviderTimeoutError, False),
        (aiohttp.SocketTimeoutError("https://api.invalid"), ProviderTimeoutError, False),
        (aiohttp.ClientOSError(104, "reset"), ProviderFaultError, False),
        (aiohttp.ClientConnectionResetError("closing"), ProviderFaultError, False),
        (aiohttp.ServerDisconnectedError(), ProviderFaultError, False),
        (aiohttp.ClientPayloadError("cut"), ProviderFaultError, False),
        (aiohttp.InvalidURL("https://api.invalid"), ProviderFaultError, False),
        (BrokenPipeError(32, "pipe"), ProviderFaultError, False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_a_connection_that_never_was_is_proof_that_nothing_was_ordered(
    error: Exception, kind: type[PaintingError], *, unsent: bool
) -> None:
    with pytest.raises(PaintingError) as caught, translated():
        raise error

    assert caught.value.code == kind.code
    assert nothing_was_ordered(caught.value) is unsent
    assert "invalid" not in caught.value.detail
