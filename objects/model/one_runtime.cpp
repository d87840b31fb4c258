// Reports a reference from an object of one runtime to one of another.
#include <ouro/base/assert.h>
#include <ouro/objects/model/one_runtime.h>

#include <cstdio>

namespace ouro::detail {

namespace {

/// "list at 0x7f00 of runtime 0x55aa", or what is left of it where a runtime is gone.
struct Named {
  char text[128];

  Named(const Object* object, const Heap* home) noexcept {
    const std::string_view type = object == nullptr ? "handle" : object->type->name;
    std::snprintf(text, sizeof text, "%.*s at %p of %s %p", static_cast<int>(type.size()), type.data(),
                  static_cast<const void*>(object), home == nullptr ? "a runtime that is gone," : "runtime",
                  static_cast<const void*>(home));
  }
};

}  // namespace

void runtimes_mixed(const Object* holder, const Heap* home, const Object& target) noexcept {
  char detail[320];
  std::snprintf(detail, sizeof detail, "%s may not refer to %s", Named(holder, home).text,
                Named(&target, target.type->heap).text);
  law_broken("one-runtime", detail, __FILE__, __LINE__);
}

void expect_own_edges(const Object& object) noexcept {
  for_each_edge(object, [&](Object& target) { ouro::expect_one_runtime(object, target); });
}

}  // namespace ouro::detail
