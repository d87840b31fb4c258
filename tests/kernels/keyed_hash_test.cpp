// The hash of text and bytes is CPython's.
#include <ouro/objects/text/detail/keyed_hash.h>
#include <support/catch.h>
#include <support/python_oracle.h>

#include <cstring>
#include <string>

using namespace ouro::detail;
using namespace ouro::test;

TEST_CASE("with a key of zeros a str hashes as in CPython with PYTHONHASHSEED=0", "[kernel][hash]") {
  CHECK(hash_bytes({}, "") == 0);
  CHECK(hash_bytes({}, "a") == 4644417185603328019);
  CHECK(hash_bytes({}, "abc") == -4594863902769663758);
  CHECK(hash_bytes({}, "abcdefgh") == 4574395652268504554);
  CHECK(hash_bytes({}, "the quick brown fox") == 6491753435481021626);
}

TEST_CASE("the key changes every hash", "[kernel][hash]") {
  const HashKey key{0x0706050403020100u, 0x0f0e0d0c0b0a0908u};
  for (const char* text : {"a", "abc", "abcdefgh", "abcdefghi"}) {
    CHECK(hash_bytes(key, text) != hash_bytes({}, text));
    CHECK(hash_bytes(key, text) != hash_bytes({key.first, key.second + 1}, text));
  }
  // From the algorithm's table of vectors: the bytes 0, 1, 2... under the key 0, 1, ... 15.
  std::string bytes;
  CHECK(siphash13(key, bytes) == 0xabac0158050fc4dcu);
  for (char c = 0; c < 8; ++c) bytes.push_back(c);
  CHECK(siphash13(key, bytes) == 0x369095118d299a8eu);
}

TEST_CASE("hash of bytes agrees with CPython at every length", "[kernel][hash][differential]") {
  compare_with_python(R"(
for n in range(COUNT(200)):
    for _ in range(20):
        b = rng.randbytes(n); case(b, str(hash(b)))
        s = ''.join(map(chr, rng.choices(range(128), k=n))); case(s, str(hash(s)))
)",
                      8000, [](const PythonCase& c) {
                        return Verdict{std::to_string(hash_bytes({}, c.text(0))), c.text(1)};
                      });
}

TEST_CASE("SipHash-1-3 agrees with its definition under random keys", "[kernel][hash][differential]") {
  compare_with_python(R"(
M = 2**64 - 1
def siphash13(k0, k1, data):
    v = [k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573]
    def rotl(x, n): return (x << n | x >> 64 - n) & M
    def round():
        v[0] = v[0] + v[1] & M; v[1] = rotl(v[1], 13) ^ v[0]; v[0] = rotl(v[0], 32)
        v[2] = v[2] + v[3] & M; v[3] = rotl(v[3], 16) ^ v[2]
        v[0] = v[0] + v[3] & M; v[3] = rotl(v[3], 21) ^ v[0]
        v[2] = v[2] + v[1] & M; v[1] = rotl(v[1], 17) ^ v[2]; v[2] = rotl(v[2], 32)
    padded = data + bytes(7 - len(data) % 8) + bytes([len(data) % 256])
    for k in range(0, len(padded), 8):
        word = int.from_bytes(padded[k:k + 8], 'little')
        v[3] ^= word; round(); v[0] ^= word
    v[2] ^= 0xff
    for _ in range(3): round()
    return v[0] ^ v[1] ^ v[2] ^ v[3]
assert siphash13(0, 0, b'abc') == hash(b'abc') & M
for n in range(300):
    for _ in range(4):
        k = rng.randbytes(16); b = rng.randbytes(n)
        case(k, b, str(siphash13(int.from_bytes(k[:8], 'little'), int.from_bytes(k[8:], 'little'), b)))
)",
                      1200, [](const PythonCase& c) {
                        HashKey key;
                        const std::string bytes = c.text(0);
                        std::memcpy(&key.first, bytes.data(), 8);
                        std::memcpy(&key.second, bytes.data() + 8, 8);
                        return Verdict{std::to_string(siphash13(key, c.text(1))), c.text(2)};
                      });
}
