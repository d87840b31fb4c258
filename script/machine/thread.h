// MachineThread: what the machine keeps for one thread: its value stack, the running code, the exceptions being handled.
//
// The value stack is one piece of memory, to which others are chained when it is full.
#pragma once

#include <ouro/objects/errors/exception.h>
#include <ouro/script/machine/activation.h>

#include <cstddef>
#include <memory>

namespace ouro::script {

class Interpreter;

/// The exception that is being handled in a function, or in a generator that runs.
struct Handled {
  Object* exception = nullptr;  ///< owned; null: none
  Handled* previous = nullptr;
};

class MachineThread {
 public:
  explicit MachineThread(Interpreter& interpreter) noexcept : interpreter_(interpreter) {}
  ~MachineThread();
  MachineThread(const MachineThread&) = delete;
  MachineThread& operator=(const MachineThread&) = delete;

  [[nodiscard]] Interpreter& interpreter() const noexcept { return interpreter_; }

  /// Room for `words` from `place` on, which is the free place or lies below it; null if this chunk has none.
  [[nodiscard]] bool has_room(Object** place, std::size_t words) const noexcept {
    return static_cast<std::size_t>(limit_ - place) >= words;
  }
  /// Begins a new chunk with room for `words`. Throws MemoryError.
  void open_chunk(std::size_t words);
  void close_chunk() noexcept;

  /// The innermost exception that is being handled; null: none.
  [[nodiscard]] BaseException* handled_exception() const noexcept;

  Activation* current = nullptr;  ///< the running code; null: none
  Object** free = nullptr;        ///< the free part of the value stack
  Handled base_handled{};
  Handled* handled = &base_handled;

 private:
  struct Chunk;

  Interpreter& interpreter_;
  Chunk* chunk_ = nullptr;
  Chunk* spare_ = nullptr;
  Object** limit_ = nullptr;
};

}  // namespace ouro::script
