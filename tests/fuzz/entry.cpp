// What libFuzzer calls. OURO_FUZZ_TARGET is the target's name.
#include <fuzz/targets.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  ouro::fuzz::OURO_FUZZ_TARGET({bytes, count});
  return 0;
}
