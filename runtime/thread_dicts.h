// The dicts that a runtime keeps for its threads. See thread_dict.h.
#pragma once

#include <ouro/objects/containers/dict.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace ouro::detail {

/// The dicts, by the number of the thread. Belongs to the lock.
class ThreadDicts {
 public:
  [[nodiscard]] Ref<Dict> get(Builtins& builtins, std::uint64_t thread);
  void drop(std::uint64_t thread) noexcept;
  void clear() noexcept;
  /// Takes `key` out of every thread's dict. Throws what comparing keys throws, and MemoryError.
  void forget(Object& key);
  [[nodiscard]] std::size_t size() const noexcept { return dicts_.size(); }
  [[nodiscard]] std::uint64_t next_variable() noexcept { return ++variables_; }

 private:
  std::unordered_map<std::uint64_t, Ref<Dict>> dicts_;
  std::uint64_t variables_ = 0;
};

}  // namespace ouro::detail
