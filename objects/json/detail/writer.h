// Writer: one object on its way into text.
#pragma once

#include <ouro/objects/core/detail/heap_allocator.h>
#include <ouro/objects/core/detail/small_vector.h>
#include <ouro/objects/json/json.h>
#include <ouro/objects/text/str_builder.h>

#include <boost/unordered/unordered_flat_set.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace ouro {
struct Dict;
struct Int;
struct List;
struct Tuple;
}  // namespace ouro

namespace ouro::json::detail {

/// Appends `text` in quotes; other characters than ASCII are escaped if `only_ascii` says so. All or nothing.
void append_quoted(StrBuilder& out, std::string_view text, bool only_ascii);

/// The objects that are being written, outermost first: those that lead to themselves are found in constant time.
class OpenObjects {
 public:
  explicit OpenObjects(Heap& heap)
      : first_(heap), others_(0, std::hash<const Object*>{}, std::equal_to<>{}, Allocator(heap)) {}
  /// False if it is open already.
  [[nodiscard]] bool enter(const Object& object);
  void leave(const Object& object) noexcept;

 private:
  using Allocator = ouro::detail::HeapAllocator<const Object*>;
  static constexpr std::size_t kSearched = 32;

  ouro::detail::SmallVector<const Object*, kSearched> first_;
  boost::unordered_flat_set<const Object*, std::hash<const Object*>, std::equal_to<>, Allocator> others_;
};

/// Writes by the rules of `options`, which outlive it.
class Writer {
 public:
  using Sink = std::function<void(std::string_view)>;

  /// `sink` takes what was written each time there is much of it; null: all stays in the text.
  Writer(Builtins& builtins, const DumpOptions& options, const Sink* sink);

  void write(Object& object);
  /// The rest goes to the sink.
  void flush();
  [[nodiscard]] Ref<Str> finish() const { return out_.finish(); }

 private:
  class Open;

  void write_number(const Int& number);
  void write_float(double value);
  void write_other(Object& object);
  void write_list(Object& object);
  void write_items(Object& object);
  void write_by_iteration(Object& object);
  void write_item(Object& item, bool is_first);
  void write_dict(Dict& dict);
  void write_pairs(Dict& dict);
  void write_sorted(Dict& dict);
  void write_listed(List& items);
  bool write_sorted_by_text(const Dict& dict);
  void write_pair(Object& key, Object& value, bool& is_first);
  /// False if the key is left out.
  bool write_key(Object& key, bool is_first);
  [[nodiscard]] bool is_known_key(const Object& key) const;
  void begin(char opening);
  void separate(bool is_first);
  void end(char closing);
  void new_line();

  Builtins& builtins_;
  const DumpOptions& options_;
  const Sink* sink_;
  StrBuilder out_;
  OpenObjects open_;
  bool has_lines_;
  std::string indent_;
  std::string item_separator_, key_separator_;
  std::size_t level_ = 0;
};

}  // namespace ouro::json::detail
