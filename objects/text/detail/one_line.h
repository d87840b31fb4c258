// OneLine: an object as pprint shows it in one line, as far as that is asked for.
#pragma once

#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/text/pprint.h>
#include <ouro/objects/text/str_builder.h>

#include <cstdint>
#include <limits>
#include <string_view>

namespace ouro {
struct Dict;
struct List;
}  // namespace ouro

namespace ouro::detail {

/// The containers that are being shown, outermost first.
using ShownObjects = SmallVector<const Object*, 32>;

/// True if the object's type shows itself as the built-in type of this kind does.
[[nodiscard]] bool shows_as(const Object& object, Kind kind) noexcept;
/// Items of a dict or a set in the order in which they are shown: by `<`, and where there is none by type and address.
[[nodiscard]] Ref<List> sorted_to_show(Object& items, bool are_pairs);
/// The items of a dict, in the order in which they are shown.
[[nodiscard]] Ref<List> pairs_to_show(Object& dict, const PrintOptions& options);

/// Makes one text. Stops as soon as it is longer than asked for, so that trying costs no more than a line.
class OneLine {
 public:
  OneLine(Builtins& builtins, const PrintOptions& options, ShownObjects& shown)
      : builtins_(builtins), options_(options), shown_(shown), out_(builtins) {}

  /// All of it.
  void append_all(Object& object, std::int64_t level) { static_cast<void>(append_within(object, level, kNoLimit)); }
  /// False if it has more than `room` characters.
  [[nodiscard]] bool append_within(Object& object, std::int64_t level, std::int64_t room);
  [[nodiscard]] std::string_view view() const noexcept { return out_.view(); }
  /// Characters so far.
  [[nodiscard]] std::int64_t width() const noexcept;

  [[nodiscard]] bool is_open(const Object& object) const noexcept;
  /// "<Recursion on list with id=139637976727552>".
  void append_recursion(const Object& object);

 private:
  static constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] bool is_full() const noexcept;
  void append(Object& object, std::int64_t level);
  void append_number(Object& number);
  /// True if the container is shown without its items; they are to follow otherwise.
  bool append_closed(Object& object, std::string_view begin, std::string_view end, std::int64_t level);
  void append_dict(Object& dict, std::int64_t level);
  void append_sequence(Object& items, std::string_view begin, std::string_view end, std::int64_t level);

  Builtins& builtins_;
  const PrintOptions& options_;
  ShownObjects& shown_;
  StrBuilder out_;
  std::int64_t room_ = kNoLimit;
};

}  // namespace ouro::detail
