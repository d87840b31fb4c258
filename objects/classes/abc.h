// Abstract base classes (CPython: Lib/abc.py and Modules/_abc.c).
//
//   const Ref<Class> shape = make_abstract_class(builtins, "Shape", {}, body.get());     body["area"] is marked abstract
//   shape()                                  TypeError "Can't instantiate abstract class Shape with abstract method area"
//   register_subclass(*shape, *other);       issubclass(other, shape) is true from now on
//
// Such a class is one whose metaclass is ABCMeta. It has an object as `_abc_impl`, which holds weak references only:
//
//   registry        classes that were registered
//   cache           classes that are known to be subclasses
//   negative cache  classes that are known to be none, as of a version of the counter
//   counter ──────> one for all of a runtime, counts registrations: a negative cache of an older version is not used
//
// Everything here may run code of classes, and throw what that throws.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/model/ref.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace ouro {

/// `abc.ABCMeta`: the same class at each call, until the runtime closes. Throws MemoryError.
[[nodiscard]] Ref<Class> abc_meta(Builtins& builtins);
/// `abc.ABC`, a class without attributes whose metaclass is ABCMeta. As `abc_meta`.
[[nodiscard]] Ref<Class> abc_base(Builtins& builtins);

/// `class name(*bases, metaclass=ABCMeta)`: what the body and the bases have that is marked as abstract must be replaced in
/// a derived class before that can be called. As `make_class` otherwise.
[[nodiscard]] Ref<Class> make_abstract_class(Builtins& builtins, std::string_view name, std::span<Object* const> bases = {},
                                             Dict* attributes = nullptr);
/// `abc.abstractmethod(function)`: sets `__isabstractmethod__`. Gives back the function.
Ref<> mark_abstract(Object& function);
/// `abc.update_abstractmethods(type)`: looks again which attributes are abstract, after some were set on the class. Does
/// nothing for a class that is not abstract.
void update_abstract_methods(Object& type);

/// `base.register(subclass)`. TypeError "Can only register classes"; RuntimeError "Refusing to create an inheritance cycle".
void register_subclass(Object& base, Object& subclass);
/// `abc.get_cache_token()`: another number after each registration.
[[nodiscard]] std::uint64_t abc_cache_token(Builtins& builtins);

/// The names of module abc: ABC, ABCMeta, abstractmethod, abstractclassmethod, abstractstaticmethod, abstractproperty,
/// get_cache_token, update_abstractmethods. A new dict at each call. Throws MemoryError.
[[nodiscard]] Ref<Dict> abc_functions(Builtins& builtins);

}  // namespace ouro
