// Coroutines and asynchronous generators: objects around a generator (types.CoroutineType, types.AsyncGeneratorType).
//
//   Coroutine          what calling an `async def` gives; awaited or sent to
//   CoroutineWrapper   what `coroutine.__await__()` gives: an iterator
//   AsyncGenerator     what calling an `async def` with `yield` gives
//   AsyncStep          what `__anext__`, `asend`, `athrow` and `aclose` give: awaitable, one step of the generator; and
// a value
//                      on its way out of the generator, to tell it from what is awaited
#pragma once

#include <ouro/objects/iterators/generator.h>
#include <ouro/objects/model/type.h>
#include <ouro/script/code/code.h>
#include <ouro/script/machine/kinds.h>

namespace ouro::script {

/// The object of a coroutine.
struct Coroutine : Object {
  static constexpr Kind kKind = kCoroutineKind;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 1);

  Object* generator;  ///< owned

  [[nodiscard]] Generator& inner() const noexcept { return static_cast<Generator&>(*generator); }
};

struct CoroutineWrapper : Coroutine {
  static constexpr Kind kKind = kCoroutineWrapperKind;
};

/// The object of an asynchronous generator.
struct AsyncGenerator : Coroutine {
  static constexpr Kind kKind = kAsyncGeneratorKind;
  bool is_closed;
  bool is_running;
};

/// One step of an asynchronous generator; or a value that it yields.
struct AsyncStep : Object {
  static constexpr Kind kKind = kAsyncStepKind;
  static constexpr Home kHome = Home::kContainers;
  static constexpr EdgeLayout kEdges = EdgeLayout::fixed(sizeof(Object), 2);
  enum class Sort : std::uint8_t { kValue, kSend, kThrow, kClose };
  enum class Phase : std::uint8_t { kNew, kIterating, kClosed };

  Object* generator;  ///< owned; null: a value
  Object* value;      ///< owned: what is sent, thrown or yielded
  Sort sort;
  Phase phase;
};

extern const TypeSlots kCoroutineSlots, kCoroutineWrapperSlots, kAsyncGeneratorSlots, kAsyncStepSlots;

/// A new generator as what its code makes of it.
[[nodiscard]] Ref<> wrapped_generator(Ref<> generator, std::uint32_t flags);
/// A value on its way out of an asynchronous generator. Throws MemoryError.
[[nodiscard]] Ref<> wrap_yielded(Object& value);
/// What `yield from` goes through. TypeError "cannot 'yield from' a coroutine object in a non-coroutine generator".
[[nodiscard]] Ref<> yield_from_iterator(const Code& code, Object& iterable);
/// What `await` goes through; `what` says where: 0 await, 1 after __aenter__, 2 after __aexit__.
[[nodiscard]] Ref<> awaitable_iterator(Object& object, std::uint32_t what);
/// `aiter(object)` of `async for`, and the awaitable of its next item.
[[nodiscard]] Ref<> async_iterator(Object& object);
[[nodiscard]] Ref<> async_next(Object& iterator);

}  // namespace ouro::script
