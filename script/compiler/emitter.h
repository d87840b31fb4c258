// Emitter: writes the words of one code, and keeps account of what lies on the stack.
//
// Instructions are written one after the other. A label is a place to jump to; every jump to it is made with the same
// number of values on the stack. What can never be reached (behind a `return`) is not written. Handlers of exceptions
// are in force from `push_handler` to `pop_handler`, for what is written between.
#pragma once

#include <ouro/script/code/code.h>

#include <cstddef>
#include <vector>

namespace ouro::script {

/// A place in a code, known or not yet.
struct Label {
  std::int64_t place = -1;
  std::int32_t depth = -1;                  ///< values on the stack there; -1: not known yet
  std::vector<std::uint32_t> jumps_here{};  ///< instructions to be completed
};

class Emitter {
 public:
  /// Writes an instruction. The argument says how many operands there are where that varies.
  void emit(Op op, std::uint32_t argument = 0);
  void jump(Op op, Label& to);
  void bind(Label& label);

  /// From here on an exception goes to `label`, which finds `values_below` values, then perhaps the number of the
  /// instruction, then the exception.
  void push_handler(Label& label, bool keeps_instruction = false);
  void pop_handler();

  /// The handlers in force, innermost last, for code that leaves some of them and comes back.
  using Handlers = std::vector<std::uint32_t>;
  [[nodiscard]] const Handlers& handlers() const noexcept { return in_force_; }
  void set_handlers(Handlers handlers);

  void set_location(const Location& location);
  [[nodiscard]] const Location& location() const noexcept { return location_; }

  [[nodiscard]] bool is_reachable() const noexcept { return reachable_; }
  [[nodiscard]] std::int32_t depth() const noexcept { return depth_; }
  /// For code that is entered with values on the stack that nobody pushed.
  void add_depth(std::int32_t values);
  /// From here on a safepoint stands behind each instruction, so that threads switch between any two.
  void set_switching(bool switches) noexcept { switches_ = switches; }
  [[nodiscard]] bool is_switching() const noexcept { return switches_; }

  /// Completes the words, the handlers and the locations of `body`.
  void finish(CodeBody& body);

 private:
  struct HandlerPlan {
    const Label* label;  ///< until it is bound
    std::uint32_t target;
    std::uint32_t depth;
    bool keeps_instruction;
  };
  struct HandlerChange {
    std::uint32_t begin;
    std::int64_t plan;  ///< -1: none
  };

  void write(Word word);
  void note_handlers();
  void record_jump(std::uint32_t at, Label& to, std::int32_t depth);

  std::vector<Word> words_;
  std::vector<LocationChange> locations_;
  Location location_{};
  std::vector<HandlerPlan> plans_;
  std::vector<HandlerChange> changes_;
  Handlers in_force_;
  std::int32_t depth_ = 0;
  std::int32_t most_ = 0;
  bool reachable_ = true;
  bool switches_ = false;
};

}  // namespace ouro::script
