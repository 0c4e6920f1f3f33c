"""The three ways in which the gateway packs what it sends."""

import zlib
from collections.abc import Callable

import zstandard

Pack = Callable[[bytes], bytes]


def packing(name: str | None) -> Pack | None:
    """What turns one payload into the bytes of one frame; None where it is sent as text. Raises `ValueError`."""
    match name:
        case None | "":
            return None
        case "zlib-stream":
            return _zlib()
        case "zstd-stream":
            return _zstd()
        case _:
            raise ValueError(name)


def _zlib() -> Pack:
    stream = zlib.compressobj()
    return lambda payload: stream.compress(payload) + stream.flush(zlib.Z_SYNC_FLUSH)


def _zstd() -> Pack:
    # One stream for the whole connection: a client that starts anew with each frame could not read it.
    stream = zstandard.ZstdCompressor().compressobj()
    return lambda payload: stream.compress(payload) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
