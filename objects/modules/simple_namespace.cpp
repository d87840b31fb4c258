// SimpleNamespace (CPython: Objects/namespaceobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/modules/simple_namespace.h>
#include <ouro/objects/text/str_builder.h>

namespace ouro {

namespace {

SimpleNamespace& namespace_of(Object& object) noexcept { return static_cast<SimpleNamespace&>(object); }
const SimpleNamespace& namespace_of(const Object& object) noexcept { return static_cast<const SimpleNamespace&>(object); }

Ref<SimpleNamespace> make_bare(Type& type) {
  Ref<Dict> dict = make_dict(*type.heap->builtins);
  return make<SimpleNamespace, Birth::kTracked, Home::kAskType>(
      type, sizeof(SimpleNamespace), [&](SimpleNamespace& made) noexcept { made.dict = dict.release(); });
}

Ref<> construct_slot(Type& type, const Arguments&) { return make_bare(type); }

void initialise_slot(Object& object, const Arguments& arguments) {
  if (!arguments.positional.empty()) raise(ErrorKind::kTypeError, "no positional arguments expected");
  const Ref<Dict> attributes = namespace_of(object).attributes();
  for (std::size_t i = 0; i < arguments.keyword_names.size(); ++i)
    attributes->set(*arguments.keyword_names[i], *arguments.keyword_values[i]);
}

void clear_slot(Object& object) noexcept { store(namespace_of(object).dict, nullptr); }
std::string edge_name_slot(const Object&, std::size_t) { return ".__dict__"; }

std::string_view shown_type(const Object& object) noexcept {
  return is_exact<SimpleNamespace>(object) ? "namespace" : object.type->name;
}

/// "a=1, b=2". Names that are no text, or empty, are left out, as in CPython.
void append_attributes(StrBuilder& out, const Dict& attributes) {
  const Ref<List> names = list_from(const_cast<Dict&>(attributes));
  bool is_first = true;
  for (std::uint32_t i = 0; i < names->size; ++i) {
    const Ref<> name = share(*names->items[i]);
    if (!is<Str>(*name) || static_cast<const Str&>(*name).bytes == 0) continue;
    const Ref<> value = Ref<>::share(attributes.find(*name));
    if (!value) continue;
    if (!is_first) out.append(", ");
    is_first = false;
    out.append(static_cast<const Str&>(*name));
    out.append('=');
    out.append(*repr(*value));
  }
}

Ref<> repr_slot(Object& object) {
  StrBuilder out(builtins_of(object));
  out.append(shown_type(object));
  const ReprGuard guard(object);
  if (guard.entered_before()) {
    out.append("(...)");
  } else {
    out.append('(');
    append_attributes(out, *namespace_of(object).attributes());
    out.append(')');
  }
  return out.finish();
}

Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<SimpleNamespace>(left) || !is<SimpleNamespace>(right)) return Answer::kNotImplemented;
  const Ref<Dict> mine = namespace_of(left).attributes();
  const Ref<Dict> other = namespace_of(right).attributes();
  return compare(*mine, *other, op) ? Answer::kYes : Answer::kNo;
}

constexpr Attribute kAttributes[] = {
    member(
        "__dict__", [](SimpleNamespace& self) { return self.attributes(); }, ""),
    method(
        "__reduce__()",
        [](SimpleNamespace& self) {
          Builtins& builtins = builtins_of(self);
          const Ref<Dict> state = self.attributes();
          return make_tuple(builtins, {self.type, &builtins.empty_tuple(), state.get()});
        },
        "Return state information for pickling"),
};

constexpr CopySlots kCopy{
    .write = [](const Object& object, MessageNode&, StateWriter& to) { to.reference(namespace_of(object).dict); },
    .make = [](Type& type, const MessageNode&, StateReader&) -> Ref<> { return make_bare(type); },
    .read = [](Object& object, const MessageNode&,
               StateReader& from) { store(namespace_of(object).dict, from.reference().release()); },
};

}  // namespace

Ref<Dict> SimpleNamespace::attributes() { return detail::dict_of_derived(*this); }

Ref<SimpleNamespace> make_namespace(Builtins& builtins, const Dict* attributes) {
  const Ref<Dict> copied = attributes != nullptr ? attributes->copy() : make_dict(builtins);
  for (const auto [name, value] : *copied)
    if (!is<Str>(name)) raise(ErrorKind::kTypeError, "keywords must be strings");
  Ref<SimpleNamespace> made = make_bare(builtins.type(Kind::kSimpleNamespace));
  store(made->dict, share<Object>(*copied).release());
  return made;
}

constinit const TypeSlots detail::kSimpleNamespaceSlots{
    .name = "types.SimpleNamespace",
    .kind = Kind::kSimpleNamespace,
    .flags = kContainerType | kBaseType,
    .size = sizeof(SimpleNamespace),
    .edges = SimpleNamespace::kEdges,
    .dict_offset = sizeof(Object),
    .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
    .dismantle = detail::dismantle_as<SimpleNamespace>,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .repr = repr_slot,
    .compare = compare_slot,
    .get_attribute = detail::get_attribute_with_dict,
    .set_attribute = detail::set_attribute_with_dict,
    .construct = construct_slot,
    .initialise = initialise_slot,
    .attributes = &kAttributeTable<kAttributes>,
    .copy = &kCopy,
};

}  // namespace ouro
