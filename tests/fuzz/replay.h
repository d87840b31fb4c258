// Runs a fuzz target over its corpus.
#pragma once

#include <support/catch.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fuzz/targets.h>

namespace ouro::fuzz {

inline std::vector<std::filesystem::path> inputs(const std::string& target) {
  if (const char* const chosen = std::getenv("OURO_FUZZ_INPUT")) return {chosen};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(OURO_FUZZ_CORPUS) / target))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

inline void replay(const std::string& target, void (*run)(Bytes)) {
  const auto files = inputs(target);
  CHECK_FALSE(files.empty());
  for (const std::filesystem::path& file : files) {
    INFO(file.string());
    std::ifstream stream(file, std::ios::binary);
    const std::vector<char> content{std::istreambuf_iterator<char>(stream), {}};
    CHECK_NOTHROW(run({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()}));
  }
}

}  // namespace ouro::fuzz
