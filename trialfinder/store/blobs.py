"""Bytes as they lie in the store: compressed, with a checksum, because SQLite does not notice a flipped bit."""

import struct
import zlib

from trialfinder.errors import StoreDamaged

__all__ = ["pack", "unpack"]

ADVICE = "`trialfinder rebuild` saves what can be read, `refresh` fetches it anew."
HEAD = struct.Struct("<II")  # checksum of what follows, size of what it holds
CODEC = "zstd"


def pack(data: bytes) -> bytes:
    """The bytes, compressed, checksum first."""
    import pyarrow as pa  # noqa: PLC0415 - `info` must start without it

    body: bytes = pa.compress(data, codec=CODEC, asbytes=True)
    return HEAD.pack(zlib.crc32(body), len(data)) + body


def unpack(packed: bytes) -> bytes:
    """The bytes again; `StoreDamaged` where they are not what was packed."""
    import pyarrow as pa  # noqa: PLC0415 - `info` must start without it

    try:
        checksum, size = HEAD.unpack_from(packed)
    except (struct.error, TypeError) as error:
        raise StoreDamaged(f"A piece of the store is missing or cut off: {ADVICE}") from error
    body = packed[HEAD.size :]
    if zlib.crc32(body) != checksum:
        raise StoreDamaged(f"A piece of the store is not what was written: {ADVICE}")
    data: bytes = pa.decompress(body, decompressed_size=size, codec=CODEC, asbytes=True)
    return data
