// Ints, floats and texts as Python writes them, many of them where something changes: for differential tests of numbers.
#pragma once

#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace ouro::test {

/// Fewer cases under OURO_STRESS, where each allocation collects.
[[nodiscard]] inline std::size_t numbers_count(std::size_t usual) {
  return std::getenv("OURO_STRESS") != nullptr ? usual / 8 + 1 : usual;
}

inline const std::vector<std::string> kOddInts = {"0",
                                                  "1",
                                                  "-1",
                                                  "2",
                                                  "5",
                                                  "-5",
                                                  "15",
                                                  "25",
                                                  "-25",
                                                  "255",
                                                  "256",
                                                  "257",
                                                  "-6",
                                                  "True",
                                                  "False",
                                                  "2**31",
                                                  "2**53 - 1",
                                                  "2**53",
                                                  "2**53 + 1",
                                                  "2**62",
                                                  "2**63 - 1",
                                                  "2**63",
                                                  "-2**63",
                                                  "-2**63 - 1",
                                                  "2**64 - 1",
                                                  "2**64",
                                                  "-2**64",
                                                  "2**127",
                                                  "2**128 - 1",
                                                  "-2**128",
                                                  "10**18",
                                                  "10**19",
                                                  "10**20",
                                                  "10**38 - 1",
                                                  "2**1023",
                                                  "2**1024 - 2**970",
                                                  "2**1024 - 2**970 - 1",
                                                  "2**1024",
                                                  "-10**400",
                                                  "3**500"};

inline const std::vector<std::string> kOddFloats = {"0.0",
                                                    "-0.0",
                                                    "0.5",
                                                    "-0.5",
                                                    "1.0",
                                                    "1.5",
                                                    "2.5",
                                                    "-2.5",
                                                    "0.1",
                                                    "2.675",
                                                    "1e16",
                                                    "123456789.5",
                                                    "9007199254740993.0",
                                                    "1e22",
                                                    "1e23",
                                                    "1e308",
                                                    "1.7976931348623157e308",
                                                    "-1.7e308",
                                                    "5e-324",
                                                    "2.2250738585072014e-308",
                                                    "2.225073858507201e-308",
                                                    "1e-300",
                                                    "inf",
                                                    "-inf",
                                                    "nan",
                                                    "4503599627370497.5",
                                                    "-4503599627370495.5",
                                                    "9.223372036854775e18"};

/// A random int of up to `bits` bits, often close to a power of two.
[[nodiscard]] inline std::string random_int(std::mt19937& random, std::size_t bits) {
  const std::size_t size = 1 + random() % bits;
  if (random() % 4 == 0) {
    return std::string(random() % 2 != 0 ? "-" : "") + "(2**" + std::to_string(size) + (random() % 2 != 0 ? " - " : " + ") +
           std::to_string(random() % 3) + ")";
  }
  std::string text = random() % 2 != 0 ? "-0x1" : "0x1";
  for (std::size_t digit = 0; digit < size / 4; ++digit) text += "0123456789abcdef"[random() % 16];
  return "(" + text + ")";
}

/// A random double of any size, as its shortest text.
[[nodiscard]] inline std::string random_float(std::mt19937& random) {
  if (random() % 5 == 0) return "(" + kOddFloats[random() % kOddFloats.size()] + ")";
  const double digits = std::uniform_real_distribution<double>(-10, 10)(random);
  const int exponent = random() % 3 == 0 ? static_cast<int>(random() % 600) - 300 : static_cast<int>(random() % 20) - 10;
  char text[40];
  std::snprintf(text, sizeof text, "(%.*fe%d)", static_cast<int>(1 + random() % 17), digits, exponent);
  return text;
}

inline void add_odd_floats(Evaluator& evaluator) {
  evaluator.name("nan", evaluator.evaluate("float('nan')"), "float('nan')");
  evaluator.name("inf", evaluator.evaluate("float('inf')"), "float('inf')");
}

}  // namespace ouro::test
