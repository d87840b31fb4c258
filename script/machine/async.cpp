// Coroutines, and what `await` and `async for` ask of any object (CPython: Objects/genobject.c).
#include <ouro/objects/classes/class.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/iterators/detail/generator_parts.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/async.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/generators.h>
#include <ouro/script/machine/interpreter.h>

#include <fmt/format.h>

namespace ouro::script {

namespace {

template <class T>
Ref<T> make_around(Builtins& builtins, Ref<> generator) {
  return make<T>(builtins.type(T::kKind), sizeof(T), [&](T& made) noexcept {
    made.generator = generator.release();
    if constexpr (requires { made.is_closed; }) made.is_closed = made.is_running = false;
  });
}

Coroutine& coroutine_in(Object& object) noexcept { return static_cast<Coroutine&>(object); }

/// The generator is a part that is never missing; it drops what it holds itself.
void clear_coroutine(Object&) noexcept {}

std::string edge_name_of_coroutine(const Object&, std::size_t) { return ".generator"; }

Ref<> repr_coroutine(Object& object) {
  const auto& name = static_cast<const Str&>(*coroutine_in(object).inner().qualified_name);
  return make_str(builtins_of(object),
                  fmt::format("<{} object {} at {}>", object.type->name, text(name), static_cast<const void*>(&object)));
}

Ref<> send(Coroutine& coroutine, Object& value) {
  Generator& generator = coroutine.inner();
  if (generator.phase == Generator::Phase::kFinished)
    return fail(coroutine, ErrorKind::kRuntimeError, "cannot reuse already awaited coroutine");
  if (generator.phase == Generator::Phase::kCreated && !is_none(value))
    return fail(coroutine, ErrorKind::kTypeError, "can't send non-None value to a just-started coroutine");
  if (generator.is_running()) return fail(coroutine, ErrorKind::kValueError, "coroutine already executing");
  return ouro::detail::send_or_fail(generator, value);
}

Ref<> next_of_wrapper(Object& object) {
  const FailureMark mark(heap_of(object).failures);
  Ref<> item = send(coroutine_in(object), builtins_of(object).none());
  if (mark.failed(ErrorKind::kStopIteration)) {
    // The value is wanted by who calls `__next__`, but a loop has no use for it.
    mark.forget();
  }
  return item;
}

/// `generator.throw(type, value, traceback)`.
Ref<> throw_into(Coroutine& coroutine, const Arguments& given) {
  const Ref<> method = get_attribute(coroutine.inner(), *interpreter_of(coroutine).names().throw_method);
  return call_object(*method, given);
}

Ref<> part(Coroutine& coroutine, std::string_view name) {
  return get_attribute(coroutine.inner(), *intern(builtins_of(coroutine), name));
}

constexpr Attribute kCoroutineAttributes[] = {
    method(
        "send(arg, /)", [](Coroutine& coroutine, Object& value) { return send(coroutine, value); },
        "send(arg) -> send 'arg' into coroutine,\nreturn next yielded value or raise StopIteration."),
    method(
        "throw(*args, **kwargs)", [](Coroutine& coroutine, const Arguments& given) { return throw_into(coroutine, given); },
        "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next yielded value or "
        "raise\nStopIteration."),
    method(
        "close()", [](Coroutine& coroutine) { coroutine.inner().close(); },
        "close() -> raise GeneratorExit inside coroutine."),
    special_method(
        "__await__()",
        [](Coroutine& coroutine) {
          return make_around<CoroutineWrapper>(builtins_of(coroutine), share(*coroutine.generator));
        },
        "Return an iterator to be used in await expression."),
    property(
        "cr_running", [](Coroutine& coroutine) { return coroutine.inner().is_running(); }, ""),
    property(
        "cr_await", [](Coroutine& coroutine) { return part(coroutine, "gi_yieldfrom"); }, ""),
    property(
        "cr_frame", [](Coroutine& coroutine) { return part(coroutine, "gi_frame"); }, ""),
    property(
        "cr_code", [](Coroutine& coroutine) { return part(coroutine, "gi_code"); }, ""),
    property(
        "__name__", [](Coroutine& coroutine) { return share(*coroutine.inner().name); }, ""),
    property(
        "__qualname__", [](Coroutine& coroutine) { return share(*coroutine.inner().qualified_name); }, ""),
};

constexpr Attribute kWrapperAttributes[] = {
    method(
        "send(arg, /)", [](CoroutineWrapper& wrapper, Object& value) { return send(wrapper, value); }, ""),
    method(
        "throw(*args, **kwargs)",
        [](CoroutineWrapper& wrapper, const Arguments& given) { return throw_into(wrapper, given); }, ""),
    method(
        "close()", [](CoroutineWrapper& wrapper) { wrapper.inner().close(); }, ""),
};

Ref<> iterate_itself(Object& object) { return share(object); }

/// A special method of the object's type, called; empty if it has none (`has_method` tells) or it failed.
Ref<> call_special_method(Object& object, Str& name, bool& has_method) {
  Object* const found = lookup(*object.type, name);
  has_method = found != nullptr;
  if (!has_method) return {};
  const Ref<> method = ouro::detail::bind(*share(*found), object);
  return method ? call_object(*method, {}) : Ref<>();
}

bool is_iterator(const Object& object) noexcept { return object.type->slots->next != nullptr; }

}  // namespace

Ref<> wrapped_generator(Ref<> generator, std::uint32_t flags) {
  Builtins& builtins = builtins_of(*generator);
  if ((flags & kCoroutineCode) != 0) return make_around<Coroutine>(builtins, std::move(generator));
  if ((flags & kAsyncGeneratorCode) != 0) return make_around<AsyncGenerator>(builtins, std::move(generator));
  return generator;
}

Ref<> yield_from_iterator(const Code& code, Object& iterable) {
  if (!is<Coroutine>(iterable)) return iterate(iterable);
  if ((code.body->flags & (kCoroutineCode | kIterableCoroutine)) == 0)
    return fail(iterable, ErrorKind::kTypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
  return share(iterable);
}

Ref<> awaitable_iterator(Object& object, std::uint32_t what) {
  if (is<Coroutine>(object)) {
    const Ref<> inner = part(coroutine_in(object), "gi_yieldfrom");
    if (!is_none(*inner)) return fail(object, ErrorKind::kRuntimeError, "coroutine is being awaited already");
    return share(object);
  }
  if (is<AsyncStep>(object)) return share(object);
  bool has_method = false;
  Ref<> iterator = call_special_method(object, *interpreter_of(object).names().await, has_method);
  if (!has_method) {
    constexpr const char* kTexts[] = {
        "object {} can't be used in 'await' expression",
        "'async with' received an object from __aenter__ that does not implement __await__: {}",
        "'async with' received an object from __aexit__ that does not implement __await__: {}"};
    raise(ErrorKind::kTypeError, fmt::format(fmt::runtime(kTexts[what]), object.type->name));
  }
  if (!iterator) return {};
  if (is<Coroutine>(*iterator)) return fail(object, ErrorKind::kTypeError, "__await__() returned a coroutine");
  if (!is_iterator(*iterator))
    raise(ErrorKind::kTypeError, fmt::format("__await__() returned non-iterator of type '{}'", iterator->type->name));
  return iterator;
}

Ref<> async_iterator(Object& object) {
  bool has_method = false;
  const KnownNames& names = interpreter_of(object).names();
  Ref<> iterator = call_special_method(object, *names.aiter, has_method);
  if (!has_method)
    raise(ErrorKind::kTypeError,
          fmt::format("'async for' requires an object with __aiter__ method, got {}", object.type->name));
  if (iterator && lookup(*iterator->type, *names.anext) == nullptr)
    raise(ErrorKind::kTypeError, fmt::format("'async for' received an object from __aiter__ that does not implement "
                                             "__anext__: {}",
                                             iterator->type->name));
  return iterator;
}

Ref<> async_next(Object& iterator) {
  bool has_method = false;
  Ref<> awaitable = call_special_method(iterator, *interpreter_of(iterator).names().anext, has_method);
  if (!has_method)
    raise(ErrorKind::kTypeError,
          fmt::format("'async for' requires an iterator with __anext__ method, got {}", iterator.type->name));
  return awaitable ? awaitable_iterator(*awaitable, 0) : Ref<>();
}

constinit const TypeSlots kCoroutineSlots{
    .name = "coroutine",
    .kind = kCoroutineKind,
    .flags = kContainerType | kWeakableType,
    .size = sizeof(Coroutine),
    .edges = Coroutine::kEdges,
    .dismantle = ouro::detail::dismantle_as<Coroutine>,
    .clear = clear_coroutine,
    .edge_name = edge_name_of_coroutine,
    .repr = repr_coroutine,
    .hash = default_hash,
    .attributes = &kAttributeTable<kCoroutineAttributes>,
};

constinit const TypeSlots kCoroutineWrapperSlots{
    .name = "coroutine_wrapper",
    .kind = kCoroutineWrapperKind,
    .flags = kContainerType,
    .size = sizeof(CoroutineWrapper),
    .edges = Coroutine::kEdges,
    .dismantle = ouro::detail::dismantle_as<CoroutineWrapper>,
    .clear = clear_coroutine,
    .edge_name = edge_name_of_coroutine,
    .repr = default_repr,
    .hash = default_hash,
    .iterate = iterate_itself,
    .next = next_of_wrapper,
    .attributes = &kAttributeTable<kWrapperAttributes>,
};

}  // namespace ouro::script
