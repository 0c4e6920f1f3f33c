"""Randomness that words decide."""

import hashlib

import numpy as np
from numpy.random import Generator


def chance(*words: str) -> Generator:
    digest = hashlib.sha256("\0".join(words).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest))
