#include <ouro/base/error.h>

#include <array>

namespace ouro {

namespace {

struct KindInfo {
  ErrorKind kind;
  const char* name;
  ErrorKind base;
};

constexpr std::array kKinds{
    KindInfo{ErrorKind::kBaseException, "BaseException", ErrorKind::kBaseException},
    KindInfo{ErrorKind::kException, "Exception", ErrorKind::kBaseException},
    KindInfo{ErrorKind::kArithmeticError, "ArithmeticError", ErrorKind::kException},
    KindInfo{ErrorKind::kAttributeError, "AttributeError", ErrorKind::kException},
    KindInfo{ErrorKind::kBrokenBarrierError, "BrokenBarrierError", ErrorKind::kRuntimeError},
    KindInfo{ErrorKind::kEmpty, "Empty", ErrorKind::kException},
    KindInfo{ErrorKind::kFull, "Full", ErrorKind::kException},
    KindInfo{ErrorKind::kIndexError, "IndexError", ErrorKind::kLookupError},
    KindInfo{ErrorKind::kKeyError, "KeyError", ErrorKind::kLookupError},
    KindInfo{ErrorKind::kKeyboardInterrupt, "KeyboardInterrupt", ErrorKind::kBaseException},
    KindInfo{ErrorKind::kLookupError, "LookupError", ErrorKind::kException},
    KindInfo{ErrorKind::kMemoryError, "MemoryError", ErrorKind::kException},
    KindInfo{ErrorKind::kNotImplementedError, "NotImplementedError", ErrorKind::kRuntimeError},
    KindInfo{ErrorKind::kOverflowError, "OverflowError", ErrorKind::kArithmeticError},
    KindInfo{ErrorKind::kPicklingError, "PicklingError", ErrorKind::kException},
    KindInfo{ErrorKind::kRecursionError, "RecursionError", ErrorKind::kRuntimeError},
    KindInfo{ErrorKind::kReferenceError, "ReferenceError", ErrorKind::kException},
    KindInfo{ErrorKind::kRuntimeError, "RuntimeError", ErrorKind::kException},
    KindInfo{ErrorKind::kShutDown, "ShutDown", ErrorKind::kException},
    KindInfo{ErrorKind::kStopIteration, "StopIteration", ErrorKind::kException},
    KindInfo{ErrorKind::kSystemError, "SystemError", ErrorKind::kException},
    KindInfo{ErrorKind::kSystemExit, "SystemExit", ErrorKind::kBaseException},
    KindInfo{ErrorKind::kTypeError, "TypeError", ErrorKind::kException},
    KindInfo{ErrorKind::kUnicodeDecodeError, "UnicodeDecodeError", ErrorKind::kValueError},
    KindInfo{ErrorKind::kUnicodeEncodeError, "UnicodeEncodeError", ErrorKind::kValueError},
    KindInfo{ErrorKind::kValueError, "ValueError", ErrorKind::kException},
    KindInfo{ErrorKind::kZeroDivisionError, "ZeroDivisionError", ErrorKind::kArithmeticError},
};

consteval bool table_is_in_enum_order() {
  for (std::size_t i = 0; i < kKinds.size(); ++i)
    if (static_cast<std::size_t>(kKinds[i].kind) != i) return false;
  return true;
}
static_assert(table_is_in_enum_order());

const KindInfo& info_of(ErrorKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

}  // namespace

std::string_view name_of(ErrorKind kind) noexcept { return info_of(kind).name; }

bool derives_from(ErrorKind kind, ErrorKind base) noexcept {
  while (kind != base && kind != ErrorKind::kBaseException) kind = info_of(kind).base;
  return kind == base;
}

Error::Error(ErrorKind kind, std::string_view message) noexcept : kind_(kind) {
  if (message.empty()) return;
  try {
    std::string text(name_of(kind));
    text.append(": ").append(message);
    text_ = std::make_shared<const std::string>(std::move(text));
  } catch (const std::bad_alloc&) {
    text_.reset();
  }
}

std::string_view Error::message() const noexcept {
  if (text_ == nullptr) return {};
  return std::string_view(*text_).substr(name_of(kind_).size() + 2);
}

const char* Error::what() const noexcept { return text_ == nullptr ? info_of(kind_).name : text_->c_str(); }

void raise(ErrorKind kind, std::string_view message) { throw Error(kind, message); }
void raise_out_of_memory() { throw Error::out_of_memory(); }

}  // namespace ouro
