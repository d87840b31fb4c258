"""SHA-512 (FIPS 180-4), for seeds of module random that are texts."""

_mask = 0xFFFFFFFFFFFFFFFF


def _primes(count):
    found = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


def _root(number, degree):
    """The whole part of a root."""
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle ** degree <= number:
            low = middle
        else:
            high = middle - 1
    return low


# The first 64 bits of the fractional parts of roots of the first primes.
_constants = [_root(prime << 192, 3) & _mask for prime in _primes(80)]
_start = [_root(prime << 128, 2) & _mask for prime in _primes(8)]


def _turned(word, by):
    return (word >> by | word << (64 - by)) & _mask


def sha512(data):
    """The digest of bytes."""
    state = list(_start)
    padded = bytes(data) + b"\x80"
    padded += bytes((112 - len(padded)) % 128) + (8 * len(data)).to_bytes(16, "big")
    for begin in range(0, len(padded), 128):
        words = [int.from_bytes(padded[begin + i:begin + i + 8], "big") for i in range(0, 128, 8)]
        for i in range(16, 80):
            x, y = words[i - 15], words[i - 2]
            words.append((words[i - 16] + (_turned(x, 1) ^ _turned(x, 8) ^ x >> 7) + words[i - 7] +
                          (_turned(y, 19) ^ _turned(y, 61) ^ y >> 6)) & _mask)
        a, b, c, d, e, f, g, h = state
        for word, constant in zip(words, _constants):
            first = h + (_turned(e, 14) ^ _turned(e, 18) ^ _turned(e, 41)) + (e & f ^ ~e & g) + constant + word
            second = (_turned(a, 28) ^ _turned(a, 34) ^ _turned(a, 39)) + (a & b ^ a & c ^ b & c)
            a, b, c, d, e, f, g, h = (first + second) & _mask, a, b, c, (d + first) & _mask, e, f, g
        state = [(old + new) & _mask for old, new in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join(word.to_bytes(8, "big") for word in state)
