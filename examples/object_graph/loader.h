// Loads a JSON document straight into objects.
//
// The file is read in pieces, and json::Stream makes objects of them while they come. Its parser recurses with the nesting
// of the document, so it runs on a thread of its own whose stack fits the depth that is allowed.
#pragma once

#include <ouro/ouro.h>

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace object_graph {

/// Nesting up to this depth is read, less if the system refuses the stack for it.
inline constexpr std::size_t kMaxDepth = 250'000;

/// What cannot be loaded, in one line: "FILE:12:5: Expecting value".
class LoadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file's name for a terminal: control characters and bytes that are not UTF-8 as "\\n", "\\x1b".
[[nodiscard]] std::string shown(const std::filesystem::path& file);

/// A document and what it took to load it.
struct Document {
  ouro::Ref<> root;
  std::size_t bytes = 0;   ///< of text
  std::size_t values = 0;  ///< containers and atoms, keys not counted
  double seconds = 0;
};

/// Loads `file`. The caller holds the runtime's lock, which is free for others between values. Shows a progress line on
/// standard error if that is a terminal and loading takes long. LoadError; ouro::Error (MemoryError). Nothing stays behind
/// after an error.
Document load(ouro::Runtime& runtime, const std::filesystem::path& file);

}  // namespace object_graph
