// The Ouroboros side: a runtime with default options, used through its public headers.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/runtime/runtime.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bench {

/// An ObjectSide; see object_side.h for what the calls mean.
class OuroSide {
 public:
  using Handle = ouro::Ref<>;

  [[nodiscard]] Handle none() { return make_none(runtime_.builtins()); }
  [[nodiscard]] Handle boolean(bool value) { return make_bool(runtime_.builtins(), value); }
  [[nodiscard]] Handle integer(std::int64_t value) { return make_int(runtime_.builtins(), value); }
  [[nodiscard]] Handle real(double value) { return make_float(runtime_.builtins(), value); }
  [[nodiscard]] Handle text(std::string_view value) { return make_str(runtime_.builtins(), value); }
  [[nodiscard]] Handle interned(std::string_view value) { return intern(runtime_.builtins(), value); }
  [[nodiscard]] Handle list() { return make_list(runtime_.builtins()); }
  [[nodiscard]] Handle list_of(const Handle& item) { return make_list(runtime_.builtins(), {item.get()}); }
  [[nodiscard]] Handle dict() { return make_dict(runtime_.builtins()); }
  [[nodiscard]] Handle new_class(std::string_view name) { return make_class(runtime_.builtins(), name); }
  [[nodiscard]] Handle instance(const Handle& type) { return ouro::call(*type, {}); }

  void append(const Handle& list, const Handle& item) { static_cast<ouro::List&>(*list).append(*item); }
  void set_item(const Handle& list, std::size_t index, const Handle& item) {
    static_cast<ouro::List&>(*list).set(static_cast<std::int64_t>(index), *item);
  }
  void set_attribute(const Handle& object, const Handle& name, const Handle& value) {
    ouro::set_attribute(*object, *name, *value);
  }
  /// The value of a key, borrowed, or null.
  [[nodiscard]] void* find(const Handle& dict, const Handle& key) { return static_cast<ouro::Dict&>(*dict).find(*key); }
  void put(const Handle& dict, const Handle& key, const Handle& item) { static_cast<ouro::Dict&>(*dict).set(*key, *item); }

  void pause_collector() { runtime_.gc().disable(); }
  void resume_collector() { runtime_.gc().enable(); }
  std::size_t collect() { return runtime_.gc().collect(); }
  std::size_t collect_young() { return runtime_.gc().collect(0); }

  void trim() { runtime_.trim(); }

  [[nodiscard]] ouro::Runtime& runtime() noexcept { return runtime_; }

 private:
  ouro::Runtime runtime_;
};

}  // namespace bench
