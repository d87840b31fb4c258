// How deep in nested calls the threads are that do not hold the lock.
//
// Law nested-apart: the depth of nested calls, and the objects being shown, are those of the thread that holds the lock.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/failure.h>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ouro::detail {

/// What `Builtins` knows of the running thread's nested calls, put away while another thread runs.
class NestedCalls {
 public:
  explicit NestedCalls(Builtins& builtins) noexcept : builtins_(builtins) {}
  void switch_threads(const void* from, const void* to) noexcept;

 private:
  struct Depth {
    std::uint32_t recursion = 0;
    std::vector<const Object*> being_shown{};
    Failures failures{};
  };

  Builtins& builtins_;
  std::unordered_map<const void*, Depth> away_;  ///< of threads that are nested while they do not hold the lock
};

}  // namespace ouro::detail
