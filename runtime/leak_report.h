// The leak report: what is still alive when a runtime closes, and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ouro {

class Heap;

/// An object that outlives its runtime.
struct Leak {
  std::string type;            ///< name of its type
  const void* address;         ///< of its header
  std::uint32_t references;    ///< its count
  std::uint32_t from_outside;  ///< of these, by handles: those that no object accounts for
};

/// All of them, those held from outside first. Empty is what every program should see.
struct LeakReport {
  std::vector<Leak> leaks;
  std::size_t bytes = 0;  ///< of the objects themselves

  [[nodiscard]] bool empty() const noexcept { return leaks.empty(); }
  /// One line: how many, of what types, and the first that is held from outside. "no leaks" if there are none.
  [[nodiscard]] std::string summary() const;
};

using LeakHandler = std::function<void(const LeakReport&)>;

/// Looks at everything alive in `heap`. Linear in the heap.
[[nodiscard]] LeakReport report_leaks(const Heap& heap);

}  // namespace ouro
