// Traceback: one entry of the way that an exception took, and the entries further in behind it.
//
// C++ code that an exception leaves pushes an entry in front (`BaseException::push_traceback`). The attributes are
// CPython's; C++ code has no frame, so `tb_frame` is None there, and an entry says `tb_file` and `tb_function` itself. A
// language above the library gives its frames (`make_traceback` with a frame), and the instruction at which each was left.
#pragma once

#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/ref.h>
#include <ouro/objects/model/type.h>

#include <cstdint>
#include <string_view>

namespace ouro {

struct Builtins;
struct Str;

/// The object of an entry.
struct Traceback : Object {
  static constexpr Kind kKind = Kind::kTraceback;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 4);

  Object* next;      ///< the entry further in, owned, or null
  Object* file;      ///< str
  Object* function;  ///< str
  Object* frame;     ///< owned: of the language above the library; null: C++ has none
  std::int64_t line;
  std::int64_t instruction;  ///< of the frame; -1: it has none

  [[nodiscard]] const Traceback* next_entry() const noexcept { return static_cast<const Traceback*>(next); }
  [[nodiscard]] std::string_view file_text() const noexcept;
  [[nodiscard]] std::string_view function_text() const noexcept;
};

/// An entry; `next` may be null. Throws MemoryError, UnicodeDecodeError.
[[nodiscard]] Ref<Traceback> make_traceback(Builtins& builtins, Traceback* next, std::string_view file, std::int64_t line,
                                            std::string_view function);
/// The same for a frame, with texts that are there already.
[[nodiscard]] Ref<Traceback> make_traceback(Traceback* next, Str& file, Str& function, Object& frame, std::int64_t line,
                                            std::int64_t instruction);

}  // namespace ouro
