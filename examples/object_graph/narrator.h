// Tells on the terminal what happens to the graph. Colour only where somebody sees it.
#pragma once

#include <ouro/ouro.h>

#include <string>
#include <string_view>

#include "graph.h"
#include "loader.h"

namespace object_graph {

/// Writes to standard output, a chapter at a time.
class Narrator {
 public:
  Narrator();

  void chapter(std::string_view title);
  /// One indented line.
  void say(std::string_view line);

  void document(const std::filesystem::path& file, const Document& document, const Links& links);
  void census(const ouro::Heap& heap);
  void memory(const ouro::Heap& heap);
  /// The arena of `space` with the most to see: eight rows of eight pools.
  void board(std::string_view name, const ouro::alloc::Space& space);
  void collection(const ouro::gc::CollectionReport& report);
  void given_back(const ouro::alloc::AllocatorStats& before, const ouro::alloc::AllocatorStats& after);

 private:
  enum class Tone { kTitle, kFull, kUsed, kEmpty, kUntouched, kGood };
  /// The tone of a letter of the board.
  [[nodiscard]] static Tone tone_of(char letter);
  [[nodiscard]] std::string paint(Tone tone, std::string_view text) const;

  bool colour_;
};

/// "12.3 MiB", "4.0 KiB", "17 B".
[[nodiscard]] std::string bytes(std::size_t number);
/// "1,234,567".
[[nodiscard]] std::string grouped(std::size_t number);

}  // namespace object_graph
