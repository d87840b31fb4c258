// Abstract base classes: Python's module abc, for programs whose scripts ask `issubclass(x, Shape)` of classes that do not
// derive from Shape.
//
//   const Ref<Module> abc = make_abc_module(rt.builtins());
//   Ref<> Shape = abc.attr("ABCMeta")("Shape", rt.tuple(), rt.dict());
//   Shape.attr("register")(Circle);                    isinstance(a circle, Shape) is true from then on
//
// ABCMeta is a class that derives from `type`. A class of it keeps, as `_abc_impl`, the classes that were registered with
// it and what it answered before, all by weak references. Registering with any class of the module makes all of them ask
// again where they had answered no.
#pragma once

#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>

namespace ouro {

struct Module;

/// A new module `abc`: ABCMeta, ABC, abstractmethod, get_cache_token. Classes of two such modules know nothing of each
/// other, so a program makes one. Throws MemoryError.
[[nodiscard]] Ref<Module> make_abc_module(Builtins& builtins);

}  // namespace ouro
