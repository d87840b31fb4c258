// ObjectBuilder: the handler of Boost.JSON's parser that makes objects.
#pragma once

#include <ouro/base/error.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/heap_allocator.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/json/detail/boost_json.h>
#include <ouro/objects/json/json.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace ouro::json::detail {

/// Names of the members are those that `boost::json::basic_parser` asks for. Errors of the runtime pass through the parser
/// as exceptions; a parser that was left so is not used again.
class ObjectBuilder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  ObjectBuilder(Builtins& builtins, const LoadOptions& options)
      : builtins_(builtins),
        options_(options),
        deepest_(deepest(builtins, options)),
        open_(Allocator<Frame>(builtins.heap)),
        gathered_(Allocator<char>(builtins.heap)),
        finished_(Allocator<char>(builtins.heap)) {}

  [[nodiscard]] Ref<> take_root() noexcept { return std::move(root_); }
  [[nodiscard]] std::size_t values() const noexcept { return values_; }
  /// The next null stands for this value.
  void expect_odd_value(std::string_view value) noexcept { odd_value_ = value; }

  using error_code = boost_json::error_code;
  using string_view = boost_json::string_view;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    expect_depth(" while decoding a JSON object from a unicode string");
    return options_.object_pairs_hook ? open(make_list(builtins_), Kind::kPairs) : open(make_dict(builtins_), Kind::kDict);
  }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code&) {
    expect_depth(" while decoding a JSON array from a unicode string");
    return open(make_list(builtins_), Kind::kList);
  }
  bool on_array_end(std::size_t, error_code&) { return close(); }

  bool on_key_part(string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_key(string_view part, std::size_t, error_code&) {
    open_.back().key = intern(builtins_, whole(part));
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_string(string_view part, std::size_t, error_code&) { return add(make_str(builtins_, whole(part))); }
  bool on_number_part(string_view part, error_code&) { return gather(part); }
  bool on_int64(std::int64_t value, string_view part, error_code&) {
    const std::string_view text = whole(part);
    return add(options_.parse_int ? from_text(text) : Ref<>(make_int(builtins_, value)));
  }
  bool on_uint64(std::uint64_t value, string_view part, error_code&) {
    const std::string_view text = whole(part);
    return add(options_.parse_int ? from_text(text) : Ref<>(make_int(builtins_, value)));
  }
  /// The parser's value is not always the nearest double (boostorg/json#599), so the text is converted. Integers of more
  /// than 64 bits arrive here, too.
  bool on_double(double, string_view part, error_code&) { return add(from_text(whole(part))); }
  bool on_bool(bool value, error_code&) { return add(make_bool(builtins_, value)); }
  bool on_null(error_code&) {
    return add(odd_value_.empty() ? make_none(builtins_) : from_text(std::exchange(odd_value_, {})));
  }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  enum class Kind : std::uint8_t { kList, kDict, kPairs };
  /// A container whose end has not been read yet.
  struct Frame {
    Ref<> container;
    Ref<> key;  ///< of an object: what the next value belongs to
    Kind kind;
  };
  template <class T>
  using Allocator = ouro::detail::HeapAllocator<T>;
  using Text = std::basic_string<char, std::char_traits<char>, Allocator<char>>;

  static std::size_t deepest(const Builtins& builtins, const LoadOptions& options) noexcept {
    if (options.max_depth != 0) return options.max_depth;
    return builtins.recursion_limit - std::min(builtins.recursion_limit, builtins.recursion_depth);
  }
  void expect_depth(std::string_view doing) const {
    if (open_.size() < deepest_) [[likely]]
      return;
    raise(ErrorKind::kRecursionError, std::string("maximum recursion depth exceeded").append(doing));
  }

  bool open(Ref<> container, Kind kind) {
    open_.push_back(Frame{std::move(container), {}, kind});
    return true;
  }
  bool close() {
    Frame done = std::move(open_.back());
    open_.pop_back();
    builtins_.heap.safepoint();
    if (done.kind == Kind::kPairs) return add(call_hook(options_.object_pairs_hook, *done.container));
    if (done.kind == Kind::kDict && options_.object_hook) return add(call_hook(options_.object_hook, *done.container));
    return add(std::move(done.container));
  }
  bool add(Ref<> value) {
    ++values_;
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Frame& frame = open_.back();
    if (frame.kind == Kind::kList) {
      static_cast<List&>(*frame.container).append(std::move(value));
    } else if (frame.kind == Kind::kDict) {
      static_cast<Dict&>(*frame.container).set(*frame.key, *value);
    } else {
      static_cast<List&>(*frame.container).append(make_tuple(builtins_, {frame.key.get(), value.get()}));
    }
    return true;
  }
  static Ref<> call_hook(const Ref<>& hook, Object& argument) {
    Object* const given[] = {&argument};
    return call(*hook, Arguments{given, {}, {}});
  }
  Ref<> call_hook(const Ref<>& hook, std::string_view text) const { return call_hook(hook, *make_str(builtins_, text)); }

  /// A number or constant.
  [[nodiscard]] Ref<> from_text(std::string_view text) const {
    if (text.back() == 'N' || text.back() == 'y') return from_constant(text);
    const bool is_float = text.find_first_of(".eE") != std::string_view::npos;
    if (is_float && options_.parse_float) return call_hook(options_.parse_float, text);
    if (!is_float && options_.parse_int) return call_hook(options_.parse_int, text);
    return is_float ? Ref<>(float_from_text(builtins_, text)) : Ref<>(int_from_text(builtins_, text));
  }
  [[nodiscard]] Ref<> from_constant(std::string_view text) const {
    if (options_.parse_constant) return call_hook(options_.parse_constant, text);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    if (text == "NaN") return make_float(builtins_, std::numeric_limits<double>::quiet_NaN());
    return make_float(builtins_, text.front() == '-' ? -kInfinity : kInfinity);
  }

  bool gather(string_view part) {
    gathered_.append(part.data(), part.size());
    return true;
  }
  /// The parts seen so far and the last one, valid until the next part.
  std::string_view whole(string_view part) {
    if (gathered_.empty()) return {part.data(), part.size()};
    gathered_.append(part.data(), part.size());
    finished_.swap(gathered_);
    gathered_.clear();
    return finished_;
  }

  Builtins& builtins_;
  const LoadOptions options_;
  std::size_t deepest_;
  Ref<> root_;
  std::vector<Frame, Allocator<Frame>> open_;
  Text gathered_, finished_;
  std::string_view odd_value_{};
  std::size_t values_ = 0;
};

}  // namespace ouro::json::detail
