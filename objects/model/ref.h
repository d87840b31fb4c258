// Ref<T>: the handle that owns one count of an object.
//
//   Ref<T>   owns one count, may be empty      T&   borrowed, never null      T*   borrowed, may be null
//
// So a signature says who owns what. Counts are plain integers guarded by the runtime's lock: a Ref belongs to
// threads that hold it. A Ref that outlives its runtime is harmless: the block it counts stays until the last Ref is gone.
//
// Laws
//   store-first: assignment changes the slot before it drops the old value, because a drop may run any code at all.
//   handle-not-empty: what is read through a handle is there. An empty handle has no object, so `*` and `->` may not be used
//     on it; the operators of Python raise SystemError.
//   cast-kind: `static_ref_cast` names the layout that the object has.
#pragma once

#include <ouro/base/config.h>
#include <ouro/objects/model/object.h>
#include <ouro/objects/model/type.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ouro {

namespace detail {

// What happens to handles, for who notes where they were made (handle_sites.h). Called by checking builds only.
void handle_came(const void* handle, const Object& object) noexcept;
void handle_went(const void* handle, const Object& object) noexcept;
void handle_moved(const void* from, const void* to, const Object& object) noexcept;
/// The object's lock is held, or the law lock-held is broken by the call named `call`. Called by checking builds only.
void handle_needs_lock(const Object& object, const char* call) noexcept;
/// Breaks the law handle-not-empty. Called by checking builds only.
[[noreturn, gnu::cold]] void empty_handle_used() noexcept;
/// Breaks the law cast-kind. Called by checking builds only.
[[noreturn, gnu::cold]] void wrong_kind_cast(const Object& object) noexcept;
/// SystemError "null argument to internal routine", or ReferenceError if there is an object whose runtime is gone.
[[noreturn, gnu::cold]] void raise_unusable(const Object* object);

/// True if the object has the layout of a T, as far as T says what it is: by its kind, or by a function of its own.
template <class T>
[[nodiscard]] bool has_kind_of(const Object& object) noexcept {
  if constexpr (requires { T::is_layout_of(object); }) {
    return T::is_layout_of(object);
  } else if constexpr (requires { T::kKind; }) {
    return object.type->kind == T::kKind;
  } else {
    return true;
  }
}

/// What a destroyed handle holds in checking builds, so that a traversal that still finds it can tell (handle-destroyed).
inline constexpr std::uintptr_t kDestroyedHandle = 0xDEAD'BEEF'DEAD'BEE8;

}  // namespace detail

/// True if the object is what a handle kept of a runtime that is gone: it may be counted and dropped, nothing else.
[[nodiscard]] inline bool is_orphan(const Object& object) noexcept {
  return (object.flags & kOrphanFlag) != 0 || object.type->heap == nullptr;
}

/// Owns one count of a T. 8 bytes; the default T is any object.
template <class T>
class [[nodiscard]] Ref {
 public:
  constexpr Ref() noexcept = default;
  constexpr Ref(std::nullptr_t) noexcept {}

  /// Takes over a count that exists (CPython's "steals a reference").
  static Ref adopt(T* object) noexcept {
    Ref ref;
    ref.object_ = object;
    ref.came();
    return ref;
  }
  /// Adds a count of its own. A null object gives an empty Ref.
  static Ref share(T* object) noexcept {
    if (object != nullptr) add_one(*object);
    return adopt(object);
  }
  static Ref share(T& object) noexcept { return share(&object); }

  Ref(const Ref& other) noexcept : object_(other.object_) {
    if (object_ != nullptr) add_one(*object_);
    came();
  }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) { moved_from(&other); }
  template <class U>
  requires(!std::same_as<U, T> && std::convertible_to<U*, T*>) Ref(const Ref<U>& other)
  noexcept : Ref(share(static_cast<T*>(other.get()))) {}
  template <class U>
  requires(!std::same_as<U, T> && std::convertible_to<U*, T*>) Ref(Ref<U>&& other)
  noexcept : object_(other.release()) { came(); }

  ~Ref() {
    went();
    if (object_ == nullptr) return;
    if constexpr (kNoted) {
      detail::handle_needs_lock(header(*object_), "dropping a Ref");
      T* const dropped = object_;
      *const_cast<T* volatile*>(&object_) = reinterpret_cast<T*>(detail::kDestroyedHandle);
      decrement(header(*dropped));
    } else {
      decrement(header(*object_));
    }
  }

  Ref& operator=(Ref other) noexcept {
    swap(other);
    return *this;
  }

  /// Drops the count and becomes empty.
  void reset() noexcept {
    Ref old;
    swap(old);
  }
  /// Gives up the count without dropping it; the caller owns it now.
  [[nodiscard]] T* release() noexcept {
    went();
    return std::exchange(object_, nullptr);
  }
  void swap(Ref& other) noexcept {
    if constexpr (kNoted) {
      Ref mine(std::move(*this));
      object_ = std::exchange(other.object_, nullptr);
      moved_from(&other);
      other.object_ = std::exchange(mine.object_, nullptr);
      other.moved_from(&mine);
    } else {
      std::swap(object_, other.object_);
    }
  }

  [[nodiscard]] T* get() const noexcept { return object_; }
  [[nodiscard]] T& operator*() const noexcept { return *there(); }
  [[nodiscard]] T* operator->() const noexcept { return there(); }
  [[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }

  /// The same object, not merely an equal one: Python's `is`.
  template <class U>
  [[nodiscard]] bool is(const Ref<U>& other) const noexcept {
    return static_cast<const void*>(object_) == static_cast<const void*>(other.get());
  }
  [[nodiscard]] bool is(const Object& other) const noexcept { return static_cast<const void*>(object_) == &other; }

  // The operators of Python on a handle; objects/core/handle.h defines them. All may throw ouro::Error: SystemError if the
  // handle is empty, ReferenceError if its runtime is gone.

  /// `object[key]`: reads when used as a value, writes when assigned to.
  template <class K>
  auto operator[](K&& key) const;
  /// `object.name`: reads when used as a value, writes when assigned to.
  template <class N>
  auto attr(N&& name) const;
  /// `object(arguments...)`.
  template <class... A>
  Ref<Object> operator()(A&&... arguments) const;

 private:
  /// The header of any object type. Lets Ref<T> be declared for a T that is not complete yet.
  static Object& header(T& object) noexcept { return static_cast<Object&>(object); }

  static void add_one(T& object) noexcept {
    if constexpr (kNoted) detail::handle_needs_lock(header(object), "copying a Ref");
    increment(header(object));
  }

  /// Law handle-not-empty.
  T* there() const noexcept {
    if constexpr (kChecks >= CheckLevel::kCheap)
      if (object_ == nullptr) [[unlikely]]
        detail::empty_handle_used();
    return object_;
  }

  static constexpr bool kNoted = kChecks >= CheckLevel::kInternal;
  void came() const noexcept {
    if constexpr (kNoted)
      if (object_ != nullptr) detail::handle_came(this, header(*object_));
  }
  void went() const noexcept {
    if constexpr (kNoted)
      if (object_ != nullptr) detail::handle_went(this, header(*object_));
  }
  void moved_from([[maybe_unused]] const void* other) const noexcept {
    if constexpr (kNoted)
      if (object_ != nullptr) detail::handle_moved(other, this, header(*object_));
  }

  T* object_ = nullptr;
};

static_assert(sizeof(Ref<Object>) == 8);

/// The reference to `object` with one more count.
template <class T>
[[nodiscard]] Ref<T> share(T& object) noexcept {
  return Ref<T>::share(object);
}

/// The object of a handle that is about to be used by an operator. SystemError if it is empty, ReferenceError if its runtime
/// is gone.
template <class T>
[[nodiscard]] Object& usable(const Ref<T>& ref) {
  Object* const object = ref.get();
  if (object == nullptr || is_orphan(*object)) [[unlikely]]
    detail::raise_unusable(object);
  return *object;
}

/// The same handle seen as another type; the caller knows that it is one. Law cast-kind.
template <class U, class T>
[[nodiscard]] Ref<U> static_ref_cast(Ref<T> ref) noexcept {
  if constexpr (kChecks >= CheckLevel::kCheap)
    if (ref && !detail::has_kind_of<U>(*ref)) [[unlikely]]
      detail::wrong_kind_cast(*ref);
  return Ref<U>::adopt(static_cast<U*>(ref.release()));
}

/// Replaces what `slot` owns by `value`, which it takes over. Law store-first.
inline void store(Object*& slot, Object* value) noexcept {
  Object* const old = std::exchange(slot, value);
  if (old != nullptr) decrement(*old);
}

}  // namespace ouro
