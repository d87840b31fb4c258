// The leak report: what is still alive when a runtime closes, who holds it, and which cycles it forms.
//
//   ouro: 2 objects outlived the runtime (1 dict, 1 list); list at 0x7f10 is held by 1 handle
//     list at 0x7f10: count 2, held by 1 handle, dict at 0x7f38 ['up']
//     dict at 0x7f38: count 1, held by list at 0x7f10 [0]
//     cycle of 2: list [0] -> dict ['up'] -> list
//
// A closing runtime has collected everything that is dead, so what is left hangs from references that no object accounts
// for: handles that still exist, or counts that were never dropped. docs/finding-leaks.md shows how to read it.
#pragma once

#include <ouro/base/standard/function.h>
#include <ouro/gc/explain/why_alive.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ouro {

class Heap;

/// An object that outlives its runtime. Data, not a handle.
struct Leak {
  std::string type;            ///< name of its type
  const void* address;         ///< of its header
  std::uint32_t references;    ///< its count
  std::uint32_t from_outside;  ///< of these, by handles: those that no object accounts for
  /// Other leaked objects that own references to it: at most `LeakReport::kMostHolders`. The names of the edges are given
  /// for the first `LeakReport::kMostNamed` leaks.
  std::vector<gc::PathStep> holders;
  std::vector<std::string> sites;  ///< where its handles were made, with `Options::trace_handles`; for the first kMostNamed
};

/// Leaked objects that lead to one another: a strongly connected component of several, or one that refers to itself.
struct LeakCycle {
  std::vector<std::size_t> members;  ///< positions in `LeakReport::leaks`, in order
  std::vector<gc::PathStep> path;    ///< a shortest cycle through one of them, for the first kMostPaths cycles
};

/// All of them, those held from outside first. Empty is what every program should see.
struct LeakReport {
  static constexpr std::size_t kMostHolders = 8;
  static constexpr std::size_t kMostNamed = 1000;
  static constexpr std::size_t kMostPaths = 32;

  std::vector<Leak> leaks;
  std::vector<LeakCycle> cycles;
  std::size_t bytes = 0;  ///< of the objects themselves

  [[nodiscard]] bool empty() const noexcept { return leaks.empty(); }
  /// One line: how many, of what types, and the first that is held from outside. "no leaks" if there are none.
  [[nodiscard]] std::string summary() const;
  /// The summary, then a line for each leak and each cycle, of either at most `most`.
  [[nodiscard]] std::string to_text(std::size_t most = 32) const;
};

using LeakHandler = std::function<void(const LeakReport&)>;

/// Looks at everything alive in `heap`. Linear in the heap, apart from names. May throw std::bad_alloc.
[[nodiscard]] LeakReport report_leaks(const Heap& heap);

}  // namespace ouro
