// Making classes as a class statement does: with the metaclass that follows from the bases, and with keywords.
//
//   make_class(builtins, ClassStatement{.name = "A", .bases = bases, .attributes = body.get(), .metaclass = meta.get()})
//
// is `class A(*bases, metaclass=meta): body`. `type(name, bases, attributes)` in a script does the same without keywords.
#pragma once

#include <ouro/objects/classes/class.h>

#include <span>
#include <string_view>

namespace ouro {

/// What a class statement says. All is borrowed.
struct ClassStatement {
  std::string_view name;
  std::span<Object* const> bases{};
  Dict* attributes = nullptr;                ///< null: none
  Object* metaclass = nullptr;               ///< any callable; null: what follows from the bases
  std::span<Object* const> keyword_names{};  ///< str objects; `metaclass` is not among them
  std::span<Object* const> keyword_values{};
};

/// A base that is no type may say by `__mro_entries__` which ones it stands for (PEP 560): `list[int]`. The class then has
/// what was written down as `__orig_bases__`.
///
/// What the metaclass makes when it is called with name, bases, attributes and keywords: a class, unless it says otherwise.
/// TypeError "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all
/// its bases", and what `make_class` of class.h throws.
[[nodiscard]] Ref<> make_class(Builtins& builtins, const ClassStatement& statement);

/// The namespace that the body of the statement fills: what `__prepare__` of the metaclass says, else an empty dict. A
/// metaclass that is no type need not have it.
[[nodiscard]] Ref<> prepare_namespace(Builtins& builtins, const ClassStatement& statement);

namespace detail {

/// The most derived one of `metaclass` and the metaclasses of the bases (CPython: _PyType_CalculateMetaclass).
[[nodiscard]] Type& winning_metaclass(Type& metaclass, std::span<Object* const> bases);

/// A class of exactly this metaclass, told of as CPython's type_new does.
[[nodiscard]] Ref<Class> make_class_of(Type& metaclass, std::string_view name, std::span<Object* const> bases,
                                       Dict* attributes, const Arguments& keywords);

}  // namespace detail

}  // namespace ouro
