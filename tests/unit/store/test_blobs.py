"""Packed bytes come back as they were, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialfinder.errors import StoreDamaged
from trialfinder.store.blobs import pack, unpack


@given(st.binary(max_size=2000))
def test_what_was_packed_comes_back(data: bytes) -> None:
    assert unpack(pack(data)) == data


@given(st.binary(max_size=200), st.integers(min_value=0), st.integers(0, 7))
def test_any_flipped_bit_is_noticed(data: bytes, position: int, bit: int) -> None:
    packed = bytearray(pack(data))
    packed[position % len(packed)] ^= 1 << bit
    with pytest.raises(StoreDamaged):
        unpack(bytes(packed))


@pytest.mark.parametrize("packed", [b"", b"abc", pack(b"some text")[:-1], None])
def test_what_is_cut_off_is_noticed(packed: bytes) -> None:
    with pytest.raises(StoreDamaged):
        unpack(packed)
