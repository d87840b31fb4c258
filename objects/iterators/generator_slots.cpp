// The behaviour of generators as objects: layout, life, methods (CPython: Objects/genobject.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/iterators/detail/generator_parts.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <string>

namespace ouro {

namespace {

using Phase = Generator::Phase;

Generator& generator_of(Object& object) noexcept { return static_cast<Generator&>(object); }
const Generator& generator_of(const Object& object) noexcept { return static_cast<const Generator&>(object); }

// ---- Life ----

std::size_t bytes_of_generator(const Object& object) noexcept {
  return sizeof(Generator) + generator_of(object).behaviour->state_bytes;
}

void traverse_generator(const Object& object, Visitor visit) noexcept {
  const Generator& generator = generator_of(object);
  visit(generator.name);
  visit(generator.qualified_name);
  if (generator.behaviour->traverse != nullptr) generator.behaviour->traverse(generator.state(), visit);
}

std::string edge_name_of_generator(const Object& object, std::size_t number) {
  if (number < 2) return number == 0 ? ".__name__" : ".__qualname__";
  const Generator& generator = generator_of(object);
  return generator.behaviour->edge_name != nullptr ? generator.behaviour->edge_name(generator.state(), number - 2)
                                                   : ".state";
}

/// What is left of it has ended.
void clear_generator(Object& object) noexcept {
  Generator& generator = generator_of(object);
  generator.phase = Phase::kFinished;
  if (generator.behaviour->clear != nullptr) generator.behaviour->clear(generator.state());
}

void release_generator(Object& object) noexcept {
  Generator& generator = generator_of(object);
  if (generator.behaviour->destroy != nullptr) generator.behaviour->destroy(generator.state());
  decrement(*generator.name);
  decrement(*generator.qualified_name);
}

/// Code that stands at a `yield` is told that nobody will go on with it.
void finalize_generator(Object& object) {
  Generator& generator = generator_of(object);
  if (generator.phase == Phase::kSuspended && generator.behaviour->sees_errors) generator.close();
}

// ---- Slots ----

Ref<> repr_generator(Object& object) {
  const auto& name = static_cast<const Str&>(*generator_of(object).qualified_name);
  return make_str_unchecked(builtins_of(object),
                            fmt::format("<generator object {} at {}>", text(name), static_cast<const void*>(&object)));
}

Ref<> iterate_generator(Object& object) { return share(object); }

/// What it returns is of no interest to a loop.
Ref<> next_generator(Object& object) {
  const FailureMark mark(heap_of(object).failures);
  Ref<> item = detail::resume_or_fail(generator_of(object), builtins_of(object).none());
  if (mark.failed(ErrorKind::kStopIteration)) mark.forget();
  return item;
}

// ---- Methods ----

/// `type(value)` as `raise` makes it: None is no argument, a tuple holds several, an exception of the type is the result.
Ref<BaseException> exception_from(Type& type, Object* value) {
  if (value == nullptr || is_none(*value)) return make_exception(type);
  if (const Tuple* const arguments = as<Tuple>(*value)) return make_exception(type, arguments->view());
  if (is_instance(*value, type)) return share(static_cast<BaseException&>(*value));
  return make_exception(type, {&value, 1});
}

void set_name(Object*& place, Object* value, std::string_view attribute) {
  if (value == nullptr || !is<Str>(*value))
    raise(ErrorKind::kTypeError, fmt::format("{} must be set to a string object", attribute));
  store(place, share(*value).release());
}

/// What the code of a generator says of itself. C++ has neither frames nor code objects.
Ref<> part_of(Generator& generator, detail::GeneratorPart part) {
  const auto tell = generator.behaviour->part;
  Ref<> found = tell != nullptr ? tell(generator.state(), part) : Ref<>();
  return found ? found : make_none(builtins_of(generator));
}

constexpr Attribute kAttributes[] = {
    special_method(
        "__del__()",
        [](Generator& generator) {
          if (!generator.is_running()) generator.close();
        },
        ""),
    method(
        "send(object, /)", [](Generator& generator, Object& value) { return detail::send_or_fail(generator, value); },
        "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration."),
    method(
        "throw(type, value=None, traceback=None, /)",
        [](Generator& generator, Object& type, Object* value, Object* traceback) {
          return detail::throw_into_or_fail(generator, *detail::thrown_exception(type, value, traceback));
        },
        "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or "
        "raise\nStopIteration."),
    method(
        "close()", [](Generator& generator) { generator.close(); }, "close() -> raise GeneratorExit inside generator."),
    property(
        "gi_code", [](Generator& generator) { return part_of(generator, detail::GeneratorPart::kCode); }, ""),
    property(
        "__name__", [](Generator& generator) { return share(*generator.name); },
        [](Generator& generator, Object* value) { set_name(generator.name, value, "__name__"); }, "name of the generator"),
    property(
        "__qualname__", [](Generator& generator) { return share(*generator.qualified_name); },
        [](Generator& generator, Object* value) { set_name(generator.qualified_name, value, "__qualname__"); },
        "qualified name of the generator"),
    property(
        "gi_yieldfrom", [](Generator& generator) { return part_of(generator, detail::GeneratorPart::kYieldFrom); },
        "object being iterated by yield from, or None"),
    property(
        "gi_running", [](Generator& generator) { return generator.is_running(); }, ""),
    property(
        "gi_frame", [](Generator& generator) { return part_of(generator, detail::GeneratorPart::kFrame); }, ""),
    property(
        "gi_suspended", [](Generator& generator) { return generator.phase == Phase::kSuspended; }, ""),
};

}  // namespace

Ref<BaseException> detail::thrown_exception(Object& type, Object* value, Object* traceback) {
  if (traceback != nullptr && !is_none(*traceback) && !is<Traceback>(*traceback))
    raise(ErrorKind::kTypeError, "throw() third argument must be a traceback object");
  Ref<BaseException> exception;
  if (is_exception_type(type)) {
    // What goes wrong in making it is thrown in its place.
    Heap& heap = heap_of(type);
    exception = static_ref_cast<BaseException>(
        fail_if_thrown(heap, [&] { return Ref<>(exception_from(static_cast<Type&>(type), value)); }));
    if (!exception) exception = exception_of(builtins_of(type), heap.failures.take());
  } else if (is<BaseException>(type)) {
    if (value != nullptr && !is_none(*value))
      raise(ErrorKind::kTypeError, "instance exception may not have a separate value");
    exception = share(static_cast<BaseException&>(type));
  } else {
    refuse_to_throw(type);
  }
  if (traceback != nullptr && !is_none(*traceback)) store(exception->traceback, share(*traceback).release());
  return exception;
}

Ref<Generator> detail::make_generator(Builtins& builtins, std::string_view name, const GeneratorBehaviour& behaviour,
                                      void (*build)(void* state, void* from), void* from) {
  const Ref<Str> whole = intern(builtins, name);
  const Ref<Str> last = intern(builtins, name.substr(name.rfind('.') + 1));
  return make_generator(*last, *whole, behaviour, build, from);
}

Ref<Generator> detail::make_generator(Str& name, Str& qualified_name, const GeneratorBehaviour& behaviour,
                                      void (*build)(void* state, void* from), void* from) {
  Ref<> last = share<Object>(name), whole = share<Object>(qualified_name);
  const std::size_t bytes = sizeof(Generator) + behaviour.state_bytes;
  return make<Generator>(builtins_of(name).type(Kind::kGenerator), bytes, [&](Generator& made) noexcept {
    made.behaviour = &behaviour;
    made.name = last.release();
    made.qualified_name = whole.release();
    made.phase = Phase::kCreated;
    build(made.state(), from);
  });
}

// Foreign, for its state may run anything when it goes.
constinit const TypeSlots detail::kGeneratorSlots{
    .name = "generator",
    .kind = Kind::kGenerator,
    .flags = kContainerType | kWeakableType | kForeignType | kBorrowerType | kFinalizerType,
    .edges = EdgeLayout::custom(),
    .block_bytes = bytes_of_generator,
    .release = release_generator,
    .traverse = traverse_generator,
    .clear = clear_generator,
    .finalize = finalize_generator,
    .edge_name = edge_name_of_generator,
    .repr = repr_generator,
    .hash = default_hash,
    .iterate = iterate_generator,
    .next = next_generator,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
