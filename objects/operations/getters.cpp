// itemgetter, attrgetter and methodcaller (CPython: Modules/_operator.c).
#include <ouro/base/error.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/cpp/native.h>
#include <ouro/objects/operations/detail/getters.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <span>
#include <string>
#include <string_view>
#include <tuple>

namespace ouro::detail {

namespace {

void expect_no_keywords(std::string_view name, const Arguments& given) {
  if (!given.keyword_names.empty()) raise(ErrorKind::kTypeError, fmt::format("{}() takes no keyword arguments", name));
}

/// The object that a getter is called with.
Object& only_argument(std::string_view name, const Arguments& given) {
  expect_no_keywords(name, given);
  if (given.positional.size() != 1)
    raise(ErrorKind::kTypeError, fmt::format("{} expected 1 argument, got {}", name, given.positional.size()));
  return *given.positional[0];
}

/// What the constructor of a getter is given: at least one thing to get.
std::span<Object* const> things_to_get(std::string_view name, const Arguments& given) {
  expect_no_keywords(name, given);
  if (given.positional.empty()) raise(ErrorKind::kTypeError, fmt::format("{} expected 1 argument, got 0", name));
  return given.positional;
}

/// "operator.itemgetter(1, 2)".
Ref<Str> shown_getter(std::string_view name, const Tuple& things) {
  const std::string all(text(*repr(const_cast<Tuple&>(things))));
  const std::string_view list =
      things.size == 1 ? std::string_view(all).substr(1, all.size() - 3) : std::string_view(all).substr(1, all.size() - 2);
  return make_str_unchecked(builtins_of(things), fmt::format("operator.{}({})", name, list));
}

/// What `get` gives for the one thing, or a tuple of what it gives for each.
template <class Get>
Ref<> get_each(const Ref<Tuple>& things, Get get) {
  const Ref<Tuple> held = things;
  if (held->size == 1) return get(*held->items[0]);
  const Ref<List> made = make_list(builtins_of(*held));  // getting an item may collect, which a tuple must not see half-made
  for (std::size_t i = 0; i < held->size; ++i) made->append(get(*held->items[i]));
  return tuple_from(*made);
}

struct ItemGetter {
  static constexpr std::string_view kName = "itemgetter";
  Ref<Tuple> things;
  static constexpr std::tuple edges{&ItemGetter::things};

  explicit ItemGetter(Builtins& builtins, const Arguments& given)
      : things(make_tuple(builtins, things_to_get(kName, given))) {}

  [[nodiscard]] Ref<> get(const Arguments& given) const {
    const Ref<> from = share(only_argument(kName, given));
    return get_each(things, [&](Object& key) { return get_item(*from, key); });
  }
};

struct AttrGetter {
  static constexpr std::string_view kName = "attrgetter";
  Ref<Tuple> things;
  static constexpr std::tuple edges{&AttrGetter::things};

  explicit AttrGetter(Builtins& builtins, const Arguments& given)
      : things(make_tuple(builtins, things_to_get(kName, given))) {
    for (const Object* const name : things->view())
      if (!is<Str>(*name)) raise(ErrorKind::kTypeError, "attribute name must be a string");
  }

  [[nodiscard]] Ref<> get(const Arguments& given) const {
    const Ref<> from = share(only_argument(kName, given));
    return get_each(things, [&](Object& name) { return get_along(from, text(static_cast<const Str&>(name))); });
  }

 private:
  /// `from.a.b.c`.
  static Ref<> get_along(Ref<> from, std::string_view path) {
    for (;;) {
      const std::size_t dot = path.find('.');
      from = get_attribute(*from, *intern(builtins_of(*from), path.substr(0, dot)));
      if (dot == std::string_view::npos) return from;
      path.remove_prefix(dot + 1);
    }
  }
};

struct MethodCaller {
  static constexpr std::string_view kName = "methodcaller";
  Ref<> name;
  Ref<Tuple> arguments, keywords, values;
  static constexpr std::tuple edges{&MethodCaller::name, &MethodCaller::arguments, &MethodCaller::keywords,
                                    &MethodCaller::values};

  explicit MethodCaller(Builtins& builtins, const Arguments& given) {
    if (given.positional.empty()) raise(ErrorKind::kTypeError, "methodcaller needs at least one argument, the method name");
    if (!is<Str>(*given.positional[0])) raise(ErrorKind::kTypeError, "method name must be a string");
    name = share(*given.positional[0]);
    arguments = make_tuple(builtins, given.positional.subspan(1));
    keywords = make_tuple(builtins, given.keyword_names);
    values = make_tuple(builtins, given.keyword_values);
  }

  [[nodiscard]] Ref<> get(const Arguments& given) const {
    const Ref<> held[] = {name, arguments, keywords, values};
    return call_method(only_argument(kName, given), *name, {arguments->view(), keywords->view(), values->view()});
  }
  [[nodiscard]] Ref<Str> shown() const {
    const Ref<> held[] = {name, arguments, keywords, values};
    std::string list(text(*repr(*name)));
    for (Object* const argument : arguments->view()) list.append(", ").append(text(*repr(*argument)));
    for (std::uint32_t i = 0; i < keywords->size; ++i)
      list += fmt::format(", {}={}", text(static_cast<const Str&>(*keywords->items[i])), text(*repr(*values->items[i])));
    return make_str_unchecked(builtins_of(*name), fmt::format("operator.methodcaller({})", list));
  }
};

template <class Getter>
Ref<Str> shown(const Getter& getter) {
  if constexpr (requires { getter.shown(); }) {
    return getter.shown();
  } else {
    const Ref<Tuple> held = getter.things;
    return shown_getter(Getter::kName, *held);
  }
}

template <class Getter>
void add_getter(Dict& to, std::string_view doc) {
  Builtins& builtins = builtins_of(to);
  const NativeClass<Getter> type = class_<Getter>(builtins, Getter::kName);
  type.template init<Builtins&, const Arguments&>();
  type.def("__call__", [](Getter& getter, const Arguments& given) { return getter.get(given); });
  type.def("__repr__", [](Getter& getter) { return shown(getter); });
  set_member(*type.type(), "__module__", *intern(builtins, "operator"));
  set_member(*type.type(), "__doc__", *make_str_unchecked(builtins, doc));
  to.set(*intern(builtins, Getter::kName), *type.type());
}

}  // namespace

void add_getters(Dict& to) {
  const Ref<> held = share(to);
  add_getter<ItemGetter>(
      to,
      "itemgetter(item, ...) --> itemgetter object\n\nReturn a callable object that fetches the given item(s) from its "
      "operand.\nAfter f = itemgetter(2), the call f(r) returns r[2].\nAfter g = itemgetter(2, 5, 3), the call g(r) returns "
      "(r[2], r[5], r[3])");
  add_getter<AttrGetter>(
      to,
      "attrgetter(attr, ...) --> attrgetter object\n\nReturn a callable object that fetches the given attribute(s) from its "
      "operand.\nAfter f = attrgetter('name'), the call f(r) returns r.name.\nAfter g = attrgetter('name', 'date'), the "
      "call "
      "g(r) returns (r.name, r.date).\nAfter h = attrgetter('name.first', 'name.last'), the call h(r) "
      "returns\n(r.name.first, r.name.last).");
  add_getter<MethodCaller>(
      to,
      "methodcaller(name, ...) --> methodcaller object\n\nReturn a callable object that calls the given method on its "
      "operand.\nAfter f = methodcaller('name'), the call f(r) returns r.name().\nAfter g = methodcaller('name', 'date', "
      "foo=1), the call g(r) returns\nr.name('date', foo=1).");
}

}  // namespace ouro::detail
