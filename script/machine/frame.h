// Frame: an activation as an object, made when somebody asks for it (types.FrameType).
//
// A traceback asks, `sys._getframe` asks. When the code ends, the frame takes over its variables: whoever holds a traceback
// holds them, as in CPython.
#pragma once

#include <ouro/script/machine/activation.h>
#include <ouro/script/machine/kinds.h>

namespace ouro::script {

/// The object of a frame.
struct Frame : Object {
  static constexpr Kind kKind = kFrameKind;

  Activation* activation;  ///< null: the code has ended
  Object* code;            ///< owned, as all that follow
  Object* globals;
  Object* built_ins;
  Object* locals;       ///< the namespace of a file or class, or the last snapshot; null: none
  Object* back;         ///< of an ended one; null: none
  Object* trace;        ///< `f_trace`; null: None
  Object** values;      ///< variables of an ended one; null: none
  std::uint32_t count;  ///< of those
  std::uint32_t instruction;

  [[nodiscard]] Code& its_code() const noexcept { return static_cast<Code&>(*code); }
  [[nodiscard]] std::int32_t line() const noexcept;
};

extern const TypeSlots kFrameSlots;

/// The frame of an activation, made if need be. Throws MemoryError.
[[nodiscard]] Ref<Frame> frame_of(Activation& activation);
/// The code ends: drops the variables, or gives them to the frame if somebody holds that. The activation is not to be used
/// afterwards.
void leave(Activation& activation) noexcept;
/// The code ends whose variables are gone: its frame, which what died asked for, has none.
void forget_frame(Activation& activation) noexcept;
/// The variables that a frame sees as a dict: the namespace itself, or a new snapshot. Throws MemoryError.
[[nodiscard]] Ref<> locals_of(Activation& activation);

}  // namespace ouro::script
