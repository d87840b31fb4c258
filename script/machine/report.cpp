// Tracebacks as text (CPython: Python/traceback.c, print_exception in Python/pythonrun.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/exception_group.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/report.h>
#include <ouro/script/machine/source_lines.h>

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace ouro::script {

namespace {

std::size_t leading_space(std::string_view line) noexcept {
  const std::size_t first = line.find_first_not_of(" \t\f");
  return first == std::string_view::npos ? line.size() : first;
}

std::string_view without_end(std::string_view line) noexcept {
  const std::size_t end = line.find_last_not_of(" \t\f\r\n");
  return line.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

/// The text of an object's attribute; empty if it has none, or None.
std::string attribute_text(Object& object, std::string_view name) {
  const Ref<> value = find_attribute(object, *intern(builtins_of(object), name));
  return value && !is_none(*value) ? std::string(text(*str(*value))) : std::string();
}

std::optional<std::int64_t> attribute_number(Object& object, std::string_view name) {
  const Ref<> value = find_attribute(object, *intern(builtins_of(object), name));
  const Int* const number = value ? as_int(*value) : nullptr;
  return number != nullptr && !number->is_big() ? std::optional(number->value) : std::nullopt;
}

/// `module.Name`, as the last line of a traceback begins.
std::string type_name_of(BaseException& exception) {
  const std::string module = attribute_text(*exception.type, "__module__");
  std::string name = attribute_text(*exception.type, "__qualname__");
  if (name.empty()) name = std::string(exception.type->name);
  if (module.empty() || module == "builtins" || module == "__main__") return name;
  return module + "." + name;
}

/// Writes one report.
class Report {
 public:
  explicit Report(Interpreter& interpreter) noexcept : interpreter_(interpreter) {}

  void add(BaseException& exception) { add_chain(exception); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  static constexpr std::size_t kMostInGroup = 15;
  static constexpr int kDeepestGroup = 10;

  void line(std::string_view text_of_line) {
    if (!margin_.empty()) text_ += margin_;
    text_.append(text_of_line).push_back('\n');
  }
  void lines(std::string_view several) {
    while (!several.empty()) {
      const std::size_t end = several.find('\n');
      line(several.substr(0, end));
      if (end == std::string_view::npos) return;
      several.remove_prefix(end + 1);
    }
  }

  void add_chain(BaseException& exception) {
    const bool is_seen = std::ranges::find(seen_, &exception) != seen_.end();
    if (is_seen) return;
    seen_.push_back(&exception);
    if (exception.cause != nullptr) {
      add_before(*exception.cause, "The above exception was the direct cause of the following exception:");
    } else if (exception.context != nullptr && !exception.suppresses_context()) {
      add_before(*exception.context, "During handling of the above exception, another exception occurred:");
    }
    is_exception_group(exception) ? add_group(exception) : add_plain(exception);
  }

  void add_before(Object& before, std::string_view between) {
    if (!is<BaseException>(before) || std::ranges::find(seen_, &before) != seen_.end()) return;
    add_chain(static_cast<BaseException&>(before));
    line("");
    line(between);
    line("");
  }

  void add_traceback(const BaseException& exception, std::string_view title) {
    if (exception.traceback == nullptr) return;
    line(title);
    const Traceback* last = nullptr;
    int repeated = 0;
    for (const auto* entry = static_cast<const Traceback*>(exception.traceback); entry != nullptr;
         entry = entry->next_entry()) {
      const bool is_same = last != nullptr && last->line == entry->line && last->file_text() == entry->file_text() &&
                           last->function_text() == entry->function_text();
      repeated = is_same ? repeated + 1 : 0;
      if (!is_same) end_repeats(counted_);
      counted_ = repeated;
      last = entry;
      if (repeated < 3) add_entry(*entry);
    }
    end_repeats(counted_);
    counted_ = 0;
  }

  void end_repeats(int repeated) {
    if (repeated < 3) return;
    const int more = repeated - 2;
    line(fmt::format("  [Previous line repeated {} more time{}]", more, more > 1 ? "s" : ""));
  }

  void add_entry(const Traceback& entry) {
    line(fmt::format("  File \"{}\", line {}, in {}", entry.file_text(), entry.line, entry.function_text()));
    const std::string source = source_line(interpreter_, entry.file_text(), entry.line);
    const std::string_view shown = without_end(source);
    const std::size_t indent = leading_space(shown);
    if (shown.size() == indent) return;
    line(fmt::format("    {}", shown.substr(indent)));
    if (entry.frame == nullptr || !is<Frame>(*entry.frame)) return;
    const Code& code = static_cast<const Frame&>(*entry.frame).its_code();
    const Location place = code.body->location_of(static_cast<std::uint32_t>(entry.instruction));
    if (place.column < 0 || place.line < 1) return;
    const bool is_one_line = place.line == place.end_line;
    const auto end = is_one_line ? place.end_column : static_cast<std::int32_t>(shown.size());
    const std::string marks = marks_under(shown, place.column, end, is_one_line);
    if (!marks.empty()) line("    " + marks);
  }

  void add_plain(BaseException& exception) {
    add_traceback(exception, "Traceback (most recent call last):");
    add_last(exception);
  }

  void add_last(BaseException& exception) {
    if (is_instance(exception, interpreter_.builtins().type(ErrorKind::kSyntaxError))) {
      add_syntax_error(exception);
    } else {
      const std::string name = type_name_of(exception);
      const std::string message = message_of(exception);
      lines((message.empty() ? name : name + ": " + message) + suggestion_for(interpreter_, exception));
    }
    add_notes(exception);
  }

  static std::string message_of(BaseException& exception) {
    Outcome<Ref<>> shown = ouro::detail::attempt(heap_of(exception), [&]() -> Ref<> { return str(exception); });
    return shown ? std::string(text(static_cast<const Str&>(**shown))) : std::string("<exception str() failed>");
  }

  void add_notes(BaseException& exception) {
    const Ref<> notes = find_attribute(exception, *intern(interpreter_.builtins(), "__notes__"));
    if (!notes) return;
    if (!is<List>(*notes)) return lines(text(*repr(*notes)));
    const Ref<List> copy = list_from(*notes);
    for (Object* const note : copy->view()) lines(text(*str(*note)));
  }

  void add_syntax_error(BaseException& exception) {
    const std::string file = attribute_text(exception, "filename");
    const auto number = attribute_number(exception, "lineno");
    if (number) line(fmt::format("  File \"{}\", line {}", file.empty() ? "<string>" : file, *number));
    const Ref<> source = find_attribute(exception, *intern(interpreter_.builtins(), "text"));
    if (number && source && is<Str>(*source)) add_syntax_line(exception, text(static_cast<const Str&>(*source)));
    std::string message = attribute_text(exception, "msg");
    if (message.empty()) message = "None";
    lines(fmt::format("{}: {}", type_name_of(exception), message));
  }

  void add_syntax_line(BaseException& exception, std::string_view source) {
    std::string_view shown = source;
    while (!shown.empty() && (shown.back() == '\n' || shown.back() == '\r')) shown.remove_suffix(1);
    const std::size_t indent = leading_space(shown);
    line(fmt::format("    {}", without_end(shown.substr(indent))));
    const auto begin = attribute_number(exception, "offset");
    if (!begin || *begin < 1) return;
    auto end = attribute_number(exception, "end_offset").value_or(*begin);
    const bool same_line = attribute_number(exception, "lineno") == attribute_number(exception, "end_lineno");
    if (!same_line) end = static_cast<std::int64_t>(shown.size()) + 1;
    if (end <= *begin) end = *begin + 1;
    const std::int64_t first = *begin - 1 - static_cast<std::int64_t>(indent);
    if (first < 0) return;
    std::string before;
    for (std::size_t i = indent; i < shown.size() && before.size() < static_cast<std::size_t>(first); ++i)
      before.push_back(shown[i] == '\t' ? '\t' : ' ');
    before.resize(static_cast<std::size_t>(first), ' ');
    line("    " + before + std::string(static_cast<std::size_t>(end - *begin), '^'));
  }

  // ---- Groups ----

  void add_group(BaseException& group) {
    const std::string outer = margin_;
    const bool is_outermost = depth_ == 0;
    if (is_outermost) margin_ = "  ";
    std::string title = "Exception Group Traceback (most recent call last):";
    if (group.traceback != nullptr) {
      text_ += is_outermost ? "  + " : margin_ + "+ ";
      text_ += title + "\n";
      margin_ += "| ";
      add_entries(group);
    } else {
      margin_ += "| ";
    }
    add_last(group);
    add_members(group);
    margin_ = outer;
  }

  void add_entries(const BaseException& exception) {
    for (const auto* entry = static_cast<const Traceback*>(exception.traceback); entry != nullptr;
         entry = entry->next_entry())
      add_entry(*entry);
  }

  void add_members(BaseException& group) {
    const std::string inside = margin_.substr(0, margin_.size() - 2);
    const auto members = exceptions_of(group);
    const std::size_t count = std::min(members.size(), kMostInGroup);
    ++depth_;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string number = depth_ > kDeepestGroup ? "..." : std::to_string(i + 1);
      text_ += fmt::format("{}{}+---------------- {} ----------------\n", inside, i == 0 ? "+-" : "  ", number);
      margin_ = inside + "  | ";
      auto& member = static_cast<BaseException&>(*members[i]);
      needs_end_ = i + 1 == count;
      if (is_exception_group(member)) {
        margin_ = inside + "  ";
        add_chain(member);
      } else {
        add_chain(member);
      }
    }
    if (count < members.size()) {
      text_ += fmt::format("{}  +---------------- ... ----------------\n", inside);
      margin_ = inside + "  | ";
      line(fmt::format("and {} more exception{}", members.size() - count, members.size() - count > 1 ? "s" : ""));
    }
    if (std::exchange(needs_end_, false)) text_ += inside + "  +------------------------------------\n";
    --depth_;
  }

  Interpreter& interpreter_;
  std::string text_;
  std::string margin_;
  std::vector<const Object*> seen_;
  int counted_ = 0;
  int depth_ = 0;
  bool needs_end_ = false;  ///< the line behind the last member of a group is still to come
};

}  // namespace

std::string report_of(Interpreter& interpreter, BaseException& exception) {
  const Ref<BaseException> held = share(exception);
  Report report(interpreter);
  report.add(exception);
  return report.take();
}

}  // namespace ouro::script
