// The error: its text and what it carries, in one block that copies share.
#include <ouro/base/error.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>
#include <typeinfo>
#include <utility>

#include <cxxabi.h>

namespace ouro {

namespace {

constexpr bool bases_stand_before() {
  for (std::size_t i = 0; i < kErrorKinds; ++i)
    if (static_cast<std::size_t>(kErrorTypes[i].kind) != i || (i > 0 && kErrorTypes[i].base >= &kErrorTypes[i]))
      return false;
  return true;
}
static_assert(bases_stand_before());

}  // namespace

/// What copies of an Error share. The text follows; it is empty for one that was raised as an object.
struct detail::ErrorState {
  std::atomic<std::uint32_t> handles = 1;
  std::uint32_t name_bytes = 0;  ///< of the text: the type's name
  std::uint32_t bytes = 0;       ///< of the text, without the zero behind it
  std::atomic<ErrorObject*> object = nullptr;
  std::atomic<const ErrorState*> told = nullptr;  ///< the text of an object, once somebody asked
  std::exception_ptr context{};

  [[nodiscard]] char* text() noexcept { return reinterpret_cast<char*>(this + 1); }
  [[nodiscard]] const char* text() const noexcept { return reinterpret_cast<const char*>(this + 1); }

  /// Null if there is no memory. An empty message is left out, with its colon.
  static ErrorState* make(std::string_view name, std::string_view message) noexcept {
    const std::size_t bytes = name.size() + (message.empty() ? 0 : 2 + message.size());
    if (bytes > UINT32_MAX) return nullptr;
    void* const memory = ::operator new(sizeof(ErrorState) + bytes + 1, std::nothrow);
    if (memory == nullptr) return nullptr;
    auto* const made = new (memory) ErrorState;
    made->name_bytes = static_cast<std::uint32_t>(name.size());
    made->bytes = static_cast<std::uint32_t>(bytes);
    char* const end = std::copy(name.begin(), name.end(), made->text());
    if (!message.empty()) {
      std::memcpy(end, ": ", 2);
      std::copy(message.begin(), message.end(), end + 2);
    }
    made->text()[bytes] = '\0';
    return made;
  }

  static ErrorState* share(ErrorState* state) noexcept {
    if (state != nullptr) state->handles.fetch_add(1, std::memory_order_relaxed);
    return state;
  }
  static void drop(const ErrorState* dropped) noexcept {
    auto* const state = const_cast<ErrorState*>(dropped);
    if (state == nullptr || state->handles.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    delete state->object.load(std::memory_order_relaxed);
    drop(state->told.load(std::memory_order_relaxed));
    state->~ErrorState();
    ::operator delete(state);
  }

  /// The text that there is, or null. Asks the object if nobody did yet.
  [[nodiscard]] const ErrorState* with_text() noexcept {
    if (bytes != 0) return this;
    if (const ErrorState* const known = told.load(std::memory_order_acquire)) return known;
    const ErrorObject* const asked = object.load(std::memory_order_acquire);
    std::string message;
    if (asked == nullptr || !asked->read_message(message)) return nullptr;
    const ErrorState* const made = make(asked->type_name(), message);
    const ErrorState* first = nullptr;
    if (made == nullptr || told.compare_exchange_strong(first, made, std::memory_order_acq_rel)) return made;
    drop(made);
    return first;
  }
};

using detail::ErrorState;

Error::Error(const ErrorType& type, std::string_view message) noexcept : type_(&type) {
  if (!message.empty()) state_.store(ErrorState::make(type.name, message), std::memory_order_relaxed);
}

Error::Error(const ErrorType& type, Owned<ErrorObject> object) noexcept : type_(&type) {
  auto* const state = object != nullptr ? ErrorState::make({}, {}) : nullptr;
  if (state == nullptr) {
    type_ = &error_type(ErrorKind::kMemoryError);
    return;
  }
  state->object.store(object.release(), std::memory_order_relaxed);
  state_.store(state, std::memory_order_relaxed);
}

Error::Error(const Error& other) noexcept
    : std::exception(other), type_(other.type_), state_(ErrorState::share(other.state_.load(std::memory_order_acquire))) {}

Error::Error(Error&& other) noexcept
    : std::exception(other), type_(other.type_), state_(other.state_.exchange(nullptr, std::memory_order_acq_rel)) {}

Error& Error::operator=(Error other) noexcept {
  type_ = other.type_;
  other.state_.store(state_.exchange(other.state_.load(std::memory_order_acquire), std::memory_order_acq_rel),
                     std::memory_order_release);
  return *this;
}

Error::~Error() { ErrorState::drop(state_.load(std::memory_order_acquire)); }

std::string_view Error::message() const noexcept {
  auto* const state = state_.load(std::memory_order_acquire);
  const ErrorState* const told = state != nullptr ? state->with_text() : nullptr;
  if (told == nullptr || told->bytes == told->name_bytes) return {};
  return {told->text() + told->name_bytes + 2, told->bytes - told->name_bytes - 2};
}

const char* Error::what() const noexcept {
  auto* const state = state_.load(std::memory_order_acquire);
  const ErrorState* const told = state != nullptr ? state->with_text() : nullptr;
  return told != nullptr ? told->text() : type_->name.data();
}

ErrorState* Error::need_state() const noexcept {
  ErrorState* known = state_.load(std::memory_order_acquire);
  if (known != nullptr) return known;
  ErrorState* const made = ErrorState::make(type_->name, {});
  if (made == nullptr || state_.compare_exchange_strong(known, made, std::memory_order_acq_rel)) return made;
  ErrorState::drop(made);
  return known;
}

ErrorObject* Error::object() const noexcept {
  auto* const state = state_.load(std::memory_order_acquire);
  return state != nullptr ? state->object.load(std::memory_order_acquire) : nullptr;
}

ErrorObject* Error::carry(Owned<ErrorObject> object) const noexcept {
  ErrorState* const state = need_state();
  if (state == nullptr) return nullptr;
  ErrorObject* first = nullptr;
  if (!state->object.compare_exchange_strong(first, object.get(), std::memory_order_acq_rel)) return first;
  return object.release();
}

std::exception_ptr Error::context() const noexcept {
  auto* const state = state_.load(std::memory_order_acquire);
  return state != nullptr ? state->context : nullptr;
}

// Other exceptions may hold what must not end on any thread, and are left alone.
Error::Error(const ErrorType& type, std::string_view message, WithContext) noexcept : Error(type, message) {
  const std::type_info* const handled = abi::__cxa_current_exception_type();
  if (handled == nullptr || *handled != typeid(Error)) return;
  if (ErrorState* const state = need_state()) state->context = std::current_exception();
}

void raise(ErrorKind kind, std::string_view message) { throw Error(error_type(kind), message, Error::WithContext{}); }
void raise(const ErrorType& type, std::string_view message) { throw Error(type, message, Error::WithContext{}); }
void raise_instead(ErrorKind kind, std::string_view message) { throw Error(kind, message); }
void raise_out_of_memory() { throw Error::out_of_memory(); }

}  // namespace ouro
