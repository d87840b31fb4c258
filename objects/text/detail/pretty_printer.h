// PrettyPrinter: how `pformat` lays an object out.
#pragma once

#include <ouro/objects/text/detail/one_line.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::detail {

/// One object on its way into text. Widths and indents count characters.
class PrettyPrinter {
 public:
  PrettyPrinter(Builtins& builtins, const PrintOptions& options)
      : builtins_(builtins), options_(options), out_(builtins), shown_(builtins.heap) {}

  /// Shows `object` where `indent` characters stand in the line and `allowance` must still fit behind it.
  void print(Object& object, std::int64_t indent, std::int64_t allowance, std::int64_t level);
  [[nodiscard]] Ref<Str> finish() const { return out_.finish(); }

 private:
  /// How an object that does not fit in a line is shown.
  enum class Layout { kNone, kDict, kList, kTuple, kSet, kStr, kBytes, kByteArray, kMappingProxy, kNamespace };
  struct Place {
    std::int64_t indent, allowance, level;
  };
  /// What is known between the items of a line.
  struct Line {
    std::int64_t full;  ///< characters of a line
    std::int64_t room;  ///< that are left in this one
    std::string_view delimiter;
  };
  using Chunks = std::vector<std::string>;

  [[nodiscard]] static Layout layout_of(const Object& object) noexcept;
  void break_up(Object& object, Layout layout, const Place& at);
  void print_dict(Object& dict, const Place& at);
  void print_mapping_proxy(Object& proxy, const Place& at);
  void print_sequence(Object& items, std::string_view begin, std::string_view end, const Place& at);
  void print_items(Object& items, Place at);
  [[nodiscard]] bool print_in_line(Object& item, std::int64_t level, Line& line, std::string_view new_line);
  void print_set(Object& set, const Place& at);
  void print_namespace(Object& object, Place at);
  void print_text(const Str& text, Place at);
  void print_bytes(std::string_view bytes, Place at);
  void print_byte_array(Object& bytes, const Place& at);
  void add_words(std::string_view line, std::int64_t width, std::int64_t width_at_end, Chunks& to) const;
  void print_chunks(const Chunks& chunks, const Place& at);
  void new_line(std::int64_t indent);
  void blanks(std::int64_t count);

  Builtins& builtins_;
  const PrintOptions& options_;
  StrBuilder out_;
  ShownObjects shown_;
};

}  // namespace ouro::detail
