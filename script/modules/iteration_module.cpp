// The module _itertools: the type of steps, and a function that makes each kind of them. itertools.py has the classes.
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/iterators/detail/lazy.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/script/modules/iteration_step.h>
#include <ouro/script/modules/modules.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>

namespace ouro::script {

namespace {

constexpr char kModuleName[] = "_itertools";

Ref<> next_slot(Object& object) {
  const Ref<> held = share(object);
  auto& step = static_cast<Step&>(object);
  return step.next(step);
}

void release_slot(Object& object) noexcept { delete[] static_cast<Step&>(object).places; }

std::string edge_name_slot(const Object&, std::size_t number) { return ".part" + std::to_string(number); }

Ref<> construct_slot(Type& type, const Arguments&) {
  raise(ErrorKind::kTypeError, "cannot create '" + std::string(type.name) + "' instances");
}

constinit const TypeSlots kStepSlots{
    .name = "_itertools.step",
    .kind = kStepKind,
    .flags = kContainerType | kBaseType | kWeakableType,
    .size = sizeof(Step),
    .edges = Step::kEdges,
    .dismantle = ouro::detail::dismantle_as<Step, release_slot>,
    .release = release_slot,
    .edge_name = edge_name_slot,
    .repr = default_repr,
    .hash = default_hash,
    .iterate = ouro::detail::iterate_itself,
    .next = next_slot,
    .construct = construct_slot,
};

/// The class that a factory is given: one that derives from the type of steps.
Type& class_given(Object& given) {
  if (kind_of(given) != Kind::kType || static_cast<Type&>(given).kind != kStepKind)
    raise(ErrorKind::kTypeError, "a class of iterators is expected");
  return static_cast<Type&>(given);
}

/// A new step. Null parts are absent; `places` are all 0.
Ref<Step> make_step(Object& given, Step::Next next, std::initializer_list<Object*> parts, std::size_t places = 0) {
  Type& type = class_given(given);
  std::unique_ptr<std::int64_t[]> room(places > 0 ? new std::int64_t[places]() : nullptr);
  for (Object* const part : parts)
    if (part != nullptr) increment(*part);
  try {
    return ouro::detail::make_lazy<Step>(type, [&](Step& made) noexcept {
      std::fill(std::begin(made.parts), std::end(made.parts), nullptr);
      std::copy(parts.begin(), parts.end(), made.parts);
      std::fill(std::begin(made.numbers), std::end(made.numbers), 0);
      made.places = room.release();
      made.place_count = places;
      made.next = next;
    });
  } catch (...) {
    for (Object* const part : parts)
      if (part != nullptr) decrement(*part);
    throw;
  }
}

/// None stands for an absent part.
Object* unless_none(Object& given) noexcept { return is_none(given) ? nullptr : &given; }

Ref<> new_count(Object& type, Object& start, Object& by) {
  const Int* const first = as_int(start);
  const Int* const step = as_int(by);
  const bool is_plain = first != nullptr && is_exact<Int>(start) && !first->is_big() && step != nullptr &&
                        is_exact<Int>(by) && !step->is_big() && step->value == 1;
  if (!is_plain) return make_step(type, steps::count, {&start, &by});
  Ref<Step> made = make_step(type, steps::count, {});
  made->numbers[0] = first->value;
  return made;
}

Ref<> new_slice(Object& type, Object& iterator, Object& start, Object& stop, Object& by) {
  Ref<Step> made = make_step(type, steps::slice, {&iterator}, 1);
  made->numbers[0] = to_index(start);
  made->numbers[1] = to_index(stop);
  made->numbers[2] = to_index(by);
  return made;
}

Ref<> new_repeat(Object& type, Object& object, Object& times) {
  Ref<Step> made = make_step(type, steps::repeat, {&object});
  made->numbers[0] = to_index(times);
  return made;
}

Ref<> new_zip_longest(Object& type, Object& iterators, Object& fill) {
  const Ref<List> own = list_from(iterators);
  Ref<Step> made = make_step(type, steps::zip_longest, {own.get(), &fill});
  made->numbers[0] = own->size;
  return made;
}

Ref<> new_product(Object& type, Object& pools) {
  const Ref<Tuple> all = tuple_from(pools);
  return make_step(type, steps::product, {all.get()}, all->size);
}

Ref<> new_choice(Object& type, Object& iterable, Object& count, Step::Next next) {
  const Ref<Tuple> pool = tuple_from(iterable);
  const std::int64_t chosen = to_index(count);
  const std::size_t size = pool->size;
  const bool is_permutation = next == steps::permutations;
  const auto most = static_cast<std::size_t>(chosen);
  if (is_permutation && most > size) {
    Ref<Step> made = make_step(type, next, {pool.get()});
    made->numbers[1] = chosen;
    return made;
  }
  Ref<Step> made = make_step(type, next, {pool.get()}, is_permutation ? size + most : most);
  made->numbers[1] = chosen;
  if (next == steps::combinations_again) return made;
  for (std::size_t i = 0; i < (is_permutation ? size : most); ++i) made->places[i] = static_cast<std::int64_t>(i);
  for (std::size_t i = 0; is_permutation && i < most; ++i) made->places[size + i] = static_cast<std::int64_t>(size - i);
  return made;
}

Ref<> new_group(Object& type, Object& parent, Object& key) {
  if (!is<Step>(parent)) raise(ErrorKind::kTypeError, "a groupby is expected");
  Ref<Step> made = make_step(type, steps::group, {&parent, &key});
  made->numbers[0] = static_cast<Step&>(parent).numbers[0];
  return made;
}

Ref<> part_of(Object& given, Object& number) {
  if (!is<Step>(given)) raise(ErrorKind::kTypeError, "an iterator of itertools is expected");
  const std::int64_t part = to_index(number);
  Object* const found = part >= 0 && part < std::int64_t{Step::kParts} ? static_cast<Step&>(given).parts[part] : nullptr;
  return found != nullptr ? share(*found) : make_none(builtins_of(given));
}

/// The function that goes on, made of an iterator and one function: predicate, function.
template <Step::Next next>
Ref<> new_with_function(Object& type, Object& used, Object& iterator) {
  return make_step(type, next, {&used, &iterator});
}

constexpr Attribute kFunctions[] = {
    function(
        "count(type, start, step, /)", [](Object&, Object& type, Object& a, Object& b) { return new_count(type, a, b); },
        "A new count."),
    function(
        "cycle(type, iterator, /)",
        [](Object&, Object& type, Object& a) {
          return make_step(type, steps::cycle, {&a, make_list(builtins_of(type)).get()});
        },
        "A new cycle."),
    function(
        "repeat(type, object, times, /)", [](Object&, Object& type, Object& a, Object& b) { return new_repeat(type, a, b); },
        "A new repeat."),
    function(
        "chain(type, iterator, /)", [](Object&, Object& type, Object& a) { return make_step(type, steps::chain, {&a}); },
        "A new chain."),
    function(
        "compress(type, data, selectors, /)",
        [](Object&, Object& type, Object& a, Object& b) {
          return make_step(type, steps::compress, {&a, &b});
        },
        "A new compress."),
    function(
        "dropwhile(type, predicate, iterator, /)",
        [](Object&, Object& type, Object& a, Object& b) { return new_with_function<steps::drop_while>(type, a, b); },
        "A new dropwhile."),
    function(
        "takewhile(type, predicate, iterator, /)",
        [](Object&, Object& type, Object& a, Object& b) { return new_with_function<steps::take_while>(type, a, b); },
        "A new takewhile."),
    function(
        "filterfalse(type, predicate, iterator, /)",
        [](Object&, Object& type, Object& a, Object& b) { return new_with_function<steps::filter_false>(type, a, b); },
        "A new filterfalse."),
    function(
        "starmap(type, function, iterator, /)",
        [](Object&, Object& type, Object& a, Object& b) { return new_with_function<steps::star_map>(type, a, b); },
        "A new starmap."),
    function(
        "islice(type, iterator, start, stop, step, /)",
        [](Object&, Object& type, Object& a, Object& b, Object& c, Object& d) { return new_slice(type, a, b, c, d); },
        "A new islice."),
    function(
        "accumulate(type, iterator, function, initial, has_initial, /)",
        [](Object&, Object& type, Object& a, Object& b, Object& c, Object& has) {
          return make_step(type, steps::accumulate, {nullptr, &a, unless_none(b), truth(has) ? &c : nullptr});
        },
        "A new accumulate."),
    function(
        "pairwise(type, iterator, /)",
        [](Object&, Object& type, Object& a) { return make_step(type, steps::pairwise, {&a}); }, "A new pairwise."),
    function(
        "zip_longest(type, iterators, fill, /)",
        [](Object&, Object& type, Object& a, Object& b) { return new_zip_longest(type, a, b); }, "A new zip_longest."),
    function(
        "product(type, pools, /)", [](Object&, Object& type, Object& a) { return new_product(type, a); }, "A new product."),
    function(
        "permutations(type, iterable, r, /)",
        [](Object&, Object& type, Object& a, Object& b) { return new_choice(type, a, b, steps::permutations); },
        "A new permutations."),
    function(
        "combinations(type, iterable, r, /)",
        [](Object&, Object& type, Object& a, Object& b) { return new_choice(type, a, b, steps::combinations); },
        "A new combinations."),
    function(
        "combinations_with_replacement(type, iterable, r, /)",
        [](Object&, Object& type, Object& a, Object& b) { return new_choice(type, a, b, steps::combinations_again); },
        "A new combinations_with_replacement."),
    function(
        "groupby(type, iterator, key, /)",
        [](Object&, Object& type, Object& a, Object& b) {
          return make_step(type, steps::group_by, {&a, unless_none(b)});
        },
        "A new iterator of keys."),
    function(
        "group(type, groupby, key, /)", [](Object&, Object& type, Object& a, Object& b) { return new_group(type, a, b); },
        "The items of the group at work."),
    function(
        "tee(type, node, iterator, /)",
        [](Object&, Object& type, Object& node, Object& b) {
          if (!is<List>(node)) raise(ErrorKind::kTypeError, "a node is expected");
          return make_step(type, steps::tee, {&node, &b});
        },
        "A new iterator over shared nodes."),
    function(
        "part(step, number, /)", [](Object&, Object& a, Object& b) { return part_of(a, b); }, "A part of an iterator."),
    function(
        "number(step, number, /)",
        [](Object&, Object& a, Object& b) {
          if (!is<Step>(a)) raise(ErrorKind::kTypeError, "an iterator of itertools is expected");
          return static_cast<Step&>(a).numbers[to_index(b) == 0 ? 0 : 1];
        },
        "A number of an iterator."),
};

}  // namespace

Ref<Module> make_itertools_module(Interpreter& interpreter) {
  Builtins& builtins = interpreter.builtins();
  Ref<Module> module = make_builtin_module(interpreter, kModuleName, "What the module itertools is made from.");
  add_functions(*module->attributes(), *module, kFunctionsOf<kFunctions, kModuleName>);
  if (builtins.immortals->outside_type(kStepKind) == nullptr) static_cast<void>(add_type(builtins, kStepSlots));
  module->set("step", *builtins.immortals->outside_type(kStepKind));
  return module;
}

}  // namespace ouro::script
