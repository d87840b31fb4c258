// None, NotImplemented and Ellipsis: the three objects of which a runtime has exactly one each.
//
// None is Python's "nothing here". NotImplemented is what an operator answers when it does not know the other operand; slots
// say the same with an empty `Ref` or `Answer::kNotImplemented`, so it appears only where code of classes returns it.
// Ellipsis, `...`, means what the code that is given it says.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/kind.h>
#include <ouro/objects/model/object.h>

namespace ouro {

/// The layout of None: a header alone.
struct None : Object {
  static constexpr Kind kKind = Kind::kNone;
};

/// The layout of NotImplemented: a header alone.
struct NotImplemented : Object {
  static constexpr Kind kKind = Kind::kNotImplemented;
};

/// The layout of Ellipsis: a header alone.
struct Ellipsis : Object {
  static constexpr Kind kKind = Kind::kEllipsis;
};

/// `object is None`.
[[nodiscard]] inline bool is_none(const Object& object) noexcept { return is<None>(object); }

/// None, with a count that is never counted.
[[nodiscard]] inline Ref<> make_none(Builtins& builtins) noexcept { return Ref<>::adopt(&builtins.none()); }

/// Ellipsis, likewise.
[[nodiscard]] inline Ref<> make_ellipsis(Builtins& builtins) noexcept { return Ref<>::adopt(&builtins.ellipsis()); }

}  // namespace ouro
