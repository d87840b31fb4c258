// pprint of text and bytes (CPython: PrettyPrinter._pprint_str and _pprint_bytes in Lib/pprint.py).
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/detail/pretty_printer.h>
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/detail/utf8.h>
#include <ouro/objects/text/str.h>
#include <ouro/objects/text/str_methods.h>

#include <string>
#include <utility>

namespace ouro::detail {

namespace {

constexpr std::size_t kBytesAtOnce = 4;

std::int64_t width_of(std::string_view text) noexcept { return static_cast<std::int64_t>(count_code_points(text)); }

std::string repr_of_bytes(std::string_view bytes) {
  const ReprPlan plan = plan_bytes_repr(bytes);
  std::string made(plan.size, '\0');
  write_bytes_repr(bytes, plan, made.data());
  return made;
}

/// The end of a word and the white space behind it.
std::size_t end_of_word(std::string_view line) noexcept {
  bool is_behind = false;
  const char* at = line.data();
  while (at != line.data() + line.size()) {
    const char* const begin = at;
    const bool is_blank = is_space(decode_next(at));
    if (is_behind && !is_blank) return static_cast<std::size_t>(begin - line.data());
    is_behind = is_blank;
  }
  return line.size();
}

}  // namespace

/// A line that is too long, as many words together as fit; `width_at_end` counts for the last of them.
void PrettyPrinter::add_words(std::string_view line, std::int64_t width, std::int64_t width_at_end, Chunks& to) const {
  std::string current;
  while (!line.empty()) {
    const std::string_view word = line.substr(0, end_of_word(line));
    line.remove_prefix(word.size());
    std::string candidate = current + std::string(word);
    if (width_of(repr_text(candidate)) > (line.empty() ? width_at_end : width)) {
      if (!current.empty()) to.push_back(repr_text(current));
      current = word;
    } else {
      current = std::move(candidate);
    }
  }
  if (!current.empty()) to.push_back(repr_text(current));
}

void PrettyPrinter::print_text(const Str& whole, Place at) {
  if (whole.bytes == 0) return out_.append(*repr(const_cast<Str&>(whole)));
  if (at.level == 1) {
    ++at.indent;
    ++at.allowance;
  }
  const Ref<List> lines = split_lines(whole, true);
  const std::int64_t width = options_.width - at.indent;
  Chunks chunks;
  std::string shown;
  for (std::uint32_t i = 0; i < lines->size; ++i) {
    const std::string_view line = text(static_cast<const Str&>(*lines->items[i]));
    const std::int64_t width_at_end = i + 1 == lines->size ? width - at.allowance : width;
    shown = repr_text(line);
    width_of(shown) <= width_at_end ? chunks.push_back(shown) : add_words(line, width, width_at_end, chunks);
  }
  chunks.size() == 1 ? out_.append(shown) : print_chunks(chunks, at);
}

void PrettyPrinter::print_chunks(const Chunks& chunks, const Place& at) {
  if (at.level == 1) out_.append('(');
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (i != 0) new_line(at.indent);
    out_.append(chunks[i]);
  }
  if (at.level == 1) out_.append(')');
}

void PrettyPrinter::print_bytes(std::string_view bytes, Place at) {
  if (bytes.size() <= kBytesAtOnce) return out_.append(repr_of_bytes(bytes));
  if (at.level == 1) {
    ++at.indent;
    ++at.allowance;
  }
  std::int64_t width = options_.width - at.indent;
  const std::size_t last = bytes.size() / kBytesAtOnce * kBytesAtOnce;
  Chunks chunks;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < bytes.size(); i += kBytesAtOnce) {
    if (i == last) width -= at.allowance;
    const bool fits = width_of(repr_of_bytes(bytes.substr(begin, i + kBytesAtOnce - begin))) <= width;
    if (fits) continue;
    if (i != begin) chunks.push_back(repr_of_bytes(bytes.substr(begin, i - begin)));
    begin = i;
  }
  chunks.push_back(repr_of_bytes(bytes.substr(begin)));
  print_chunks(chunks, at);
}

void PrettyPrinter::print_byte_array(Object& bytes, const Place& at) {
  constexpr std::string_view kBegin = "bytearray(";
  const std::string copied(static_cast<const ByteArray&>(bytes).view());
  out_.append(kBegin);
  print_bytes(copied, {at.indent + width_of(kBegin), at.allowance + 1, at.level + 1});
  out_.append(')');
}

}  // namespace ouro::detail
