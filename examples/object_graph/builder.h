// The handler of Boost.JSON's streaming parser that makes objects.
#pragma once

#include <ouro/ouro.h>

#include <boost/json/basic_parser.hpp>

#include <optional>
#include <string>
#include <vector>

namespace object_graph {

/// Turns parser events into objects. A number that is refused ends the parsing, and `refusal` says why; other errors of the
/// runtime pass through the parser as exceptions.
class Builder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  explicit Builder(ouro::Runtime& runtime) : runtime_(runtime) {}

  [[nodiscard]] ouro::Ref<> take_root() noexcept { return std::move(root_); }
  [[nodiscard]] std::size_t values() const noexcept { return values_; }
  /// True if the text parsed so far ends inside a number.
  [[nodiscard]] bool in_number() const noexcept { return in_number_; }

  /// A number that was not taken: why, and how long its text is, which ends where the parser stopped.
  struct Refusal {
    std::string why;
    std::size_t length;
  };
  [[nodiscard]] const std::optional<Refusal>& refusal() const noexcept { return refusal_; }

  using error_code = boost::json::error_code;
  using string_view = boost::json::string_view;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return open(runtime_.dict()); }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code&) { return open(runtime_.list()); }
  bool on_array_end(std::size_t, error_code&) { return close(); }

  bool on_key_part(string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_key(string_view part, std::size_t, error_code&) {
    key_ = ouro::intern(runtime_.builtins(), whole(part));
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_string(string_view part, std::size_t, error_code&) { return add(runtime_.str(whole(part))); }
  bool on_number_part(string_view part, error_code&) {
    in_number_ = true;
    return gather(part);
  }
  bool on_int64(std::int64_t value, string_view, error_code&) {
    end_number();
    return add(ouro::make_int(runtime_.builtins(), value));
  }
  bool on_uint64(std::uint64_t value, string_view, error_code&) {
    end_number();
    return add(ouro::make_int(runtime_.builtins(), value));
  }
  /// The parser's value is not always the nearest double (boostorg/json#599), so the text is converted. Integers of more
  /// than 64 bits arrive here too.
  bool on_double(double, string_view part, error_code& error) {
    const std::string_view text = whole(part);
    end_number();
    try {
      const bool is_float = text.find_first_of(".eE") != std::string_view::npos;
      return add(is_float ? ouro::Ref<>(ouro::float_from_text(runtime_.builtins(), text))
                          : ouro::Ref<>(ouro::int_from_text(runtime_.builtins(), text)));
    } catch (const ouro::Error& refused) {
      if (!refused.is(ouro::ErrorKind::kValueError)) throw;
      // Without the advice to call a function of Python's sys.
      refusal_ = Refusal{std::string(refused.message().substr(0, refused.message().find("; use sys."))), text.size()};
      error = boost::json::error::exception;
      return false;
    }
  }
  bool on_bool(bool value, error_code&) { return add(ouro::make_bool(runtime_.builtins(), value)); }
  bool on_null(error_code&) { return add(runtime_.none()); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  /// A container whose end has not been read yet; its parent owns it, the outermost one is owned by `root_`.
  bool open(ouro::Ref<> container) {
    ouro::Object* const opened = container.get();
    add(std::move(container));
    open_.push_back(opened);
    return true;
  }
  bool close() {
    open_.pop_back();
    runtime_.safepoint();
    return true;
  }
  bool add(ouro::Ref<> value) {
    ++values_;
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (ouro::List* const list = ouro::as<ouro::List>(*open_.back())) {
      list->append(*value);
    } else {
      static_cast<ouro::Dict*>(open_.back())->set(*std::exchange(key_, {}), *value);
    }
    return true;
  }

  void end_number() {
    in_number_ = false;
    text_.clear();
  }
  bool gather(string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }
  /// The parts seen so far and the last one, valid until the next part.
  std::string_view whole(string_view part) {
    finished_ = std::move(text_);
    text_.clear();
    if (finished_.empty()) return {part.data(), part.size()};
    finished_.append(part.data(), part.size());
    return finished_;
  }

  ouro::Runtime& runtime_;
  ouro::Ref<> root_;
  std::vector<ouro::Object*> open_;
  ouro::Ref<ouro::Str> key_;
  std::string text_, finished_;
  std::size_t values_ = 0;
  bool in_number_ = false;
  std::optional<Refusal> refusal_;
};

}  // namespace object_graph
