"""Bytes as they lie in the store: compressed, with a checksum, because SQLite does not notice a flipped bit."""

import struct
import zlib

from trialfinder.errors import StoreDamaged

__all__ = ["pack", "unpack"]

ADVICE = "`trialfinder rebuild` saves what can be read, `refresh` fetches it anew."
CHECKSUM = struct.Struct("<I")  # of all that follows
SIZE = struct.Struct("<I")  # of what the rest unpacks to
CODEC = "zstd"


def pack(data: bytes) -> bytes:
    """The bytes, compressed, checksum first."""
    import pyarrow as pa  # noqa: PLC0415 - `info` must start without it

    body: bytes = pa.compress(data, codec=CODEC, asbytes=True)
    sized = SIZE.pack(len(data)) + body
    return CHECKSUM.pack(zlib.crc32(sized)) + sized


def unpack(packed: bytes) -> bytes:
    """The bytes again; `StoreDamaged` where they are not what was packed."""
    import pyarrow as pa  # noqa: PLC0415 - `info` must start without it

    try:
        (checksum,) = CHECKSUM.unpack_from(packed)
        (size,) = SIZE.unpack_from(packed, CHECKSUM.size)
    except (struct.error, TypeError) as error:
        raise StoreDamaged(f"A piece of the store is missing or cut off: {ADVICE}") from error
    if zlib.crc32(packed[CHECKSUM.size :]) != checksum:
        raise StoreDamaged(f"A piece of the store is not what was written: {ADVICE}")
    body = packed[CHECKSUM.size + SIZE.size :]
    data: bytes = pa.decompress(body, decompressed_size=size, codec=CODEC, asbytes=True)
    return data
