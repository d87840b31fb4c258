// Makes and ends what a runtime has one of: types, singletons, tables.
#include <ouro/base/error.h>
#include <ouro/base/or_out_of_memory.h>
#include <ouro/objects/containers/tuple_layout.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/immortals.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/translate.h>
#include <ouro/objects/messages/exports.h>
#include <ouro/objects/text/detail/intern_table.h>

#include <new>

namespace ouro {

namespace {

Owned<InternTable> make_intern_table(Heap& heap) {
  auto* const table = new (std::nothrow) InternTable(heap);
  if (table == nullptr) raise_out_of_memory();
  return Owned<InternTable>(table);
}

Owned<Exports> make_exports(Heap& heap) {
  return or_out_of_memory([&] { return make_owned<Exports>(heap); });
}

}  // namespace

Builtins::Builtins(Heap& home, const HashKey& key, std::uint32_t limit)
    : heap(home),
      hash_key(key),
      interned(make_intern_table(home)),
      exports(make_exports(home)),
      recursion_limit(limit),
      immortals(&take_immortals(home, key)) {
  heap.builtins = this;
  heap.call_object = ouro::call;
  heap.handled_error = [](Heap& of) noexcept { return detail::handled_error(of.builtins); };
}

Builtins::~Builtins() {
  heap.builtins = nullptr;
  park_immortals(*immortals);
}

}  // namespace ouro
