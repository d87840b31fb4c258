// Arguments to parameters (CPython: initialize_locals in Python/ceval.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/interpreter.h>

#include <fmt/format.h>

#include <string>
#include <vector>

namespace ouro::script {

namespace {

/// One call.
class Binding {
 public:
  Binding(const ScriptFunction& function, const Arguments& given, Object** slots) noexcept
      : function_(function), code_(function.its_code()), body_(*code_.body), given_(given), slots_(slots) {}

  /// Throws what is wrong.
  void bind() {
    const auto by_position = static_cast<std::uint32_t>(given_.positional.size());
    const std::uint32_t placed = std::min(by_position, body_.parameters);
    for (std::uint32_t i = 0; i < placed; ++i) set(i, *given_.positional[i]);
    if (takes_rest()) put_rest(placed);
    if (takes_keywords()) slots_[place_of_keywords()] = make_dict(builtins()).release();
    for (std::size_t i = 0; i < given_.keyword_names.size(); ++i)
      place_keyword(*given_.keyword_names[i], *given_.keyword_values[i]);
    if (by_position > body_.parameters && !takes_rest()) refuse_too_many(by_position);
    fill_defaults(by_position);
    fill_keyword_defaults();
  }

 private:
  [[nodiscard]] Builtins& builtins() const noexcept { return builtins_of(function_); }
  [[nodiscard]] bool takes_rest() const noexcept { return code_.has(kVarArgs); }
  [[nodiscard]] bool takes_keywords() const noexcept { return code_.has(kVarKeywords); }
  [[nodiscard]] std::uint32_t place_of_rest() const noexcept { return body_.parameters + body_.keyword_only; }
  [[nodiscard]] std::uint32_t place_of_keywords() const noexcept { return place_of_rest() + (takes_rest() ? 1 : 0); }
  [[nodiscard]] std::string_view called() const noexcept { return text(static_cast<const Str&>(*function_.qualified_name)); }
  [[nodiscard]] std::string_view parameter(std::uint32_t i) const noexcept { return text(code_.variable(i)); }

  void set(std::uint32_t slot, Object& value) noexcept { slots_[slot] = share(value).release(); }

  void put_rest(std::uint32_t from) {
    slots_[place_of_rest()] = make_tuple(builtins(), given_.positional.subspan(from)).release();
  }

  /// The parameter of this name, or the number of parameters.
  [[nodiscard]] std::uint32_t find(Object& name, std::uint32_t from) const {
    const std::uint32_t end = body_.parameters + body_.keyword_only;
    for (std::uint32_t i = from; i < end; ++i)
      if (&code_.variable(i) == &name) return i;
    for (std::uint32_t i = from; i < end; ++i)
      if (equal_text(code_.variable(i), static_cast<const Str&>(name))) return i;
    return end;
  }

  void place_keyword(Object& name, Object& value) {
    if (!is<Str>(name)) raise(ErrorKind::kTypeError, fmt::format("{}() keywords must be strings", called()));
    const std::uint32_t end = body_.parameters + body_.keyword_only;
    const std::uint32_t place = find(name, body_.positional_only);
    const std::string_view name_text = text(static_cast<const Str&>(name));
    if (place == end) {
      if (takes_keywords()) return static_cast<Dict&>(*slots_[place_of_keywords()]).set(name, value);
      refuse_positional_only();
      raise(ErrorKind::kTypeError, fmt::format("{}() got an unexpected keyword argument '{}'", called(), name_text));
    }
    if (slots_[place] != nullptr)
      raise(ErrorKind::kTypeError, fmt::format("{}() got multiple values for argument '{}'", called(), name_text));
    set(place, value);
  }

  /// Names of parameters that may only be given by position, among the keywords.
  void refuse_positional_only() const {
    std::string names;
    for (std::uint32_t i = 0; i < body_.positional_only; ++i)
      for (Object* const name : given_.keyword_names)
        if (is<Str>(*name) && equal_text(code_.variable(i), static_cast<const Str&>(*name)))
          names += (names.empty() ? "" : ", ") + std::string(parameter(i));
    if (names.empty()) return;
    raise(ErrorKind::kTypeError,
          fmt::format("{}() got some positional-only arguments passed as keyword arguments: '{}'", called(), names));
  }

  void refuse_too_many(std::uint32_t given) const {
    const std::size_t defaults = function_.defaults != nullptr ? function_.its_defaults()->size : 0;
    const std::uint32_t most = body_.parameters;
    const std::string takes = defaults != 0 ? fmt::format("from {} to {}", most - defaults, most) : std::to_string(most);
    const bool is_plural = defaults != 0 || most != 1;
    std::uint32_t named = 0;
    for (std::uint32_t i = most; i < most + body_.keyword_only; ++i) named += slots_[i] != nullptr ? 1U : 0U;
    std::string also;
    if (named != 0)
      also = fmt::format(" positional argument{} (and {} keyword-only argument{})", given != 1 ? "s" : "", named,
                         named != 1 ? "s" : "");
    raise(ErrorKind::kTypeError, fmt::format("{}() takes {} positional argument{} but {}{} {} given", called(), takes,
                                             is_plural ? "s" : "", given, also, given == 1 && named == 0 ? "was" : "were"));
  }

  void fill_defaults(std::uint32_t by_position) {
    if (by_position >= body_.parameters) return;
    const std::uint32_t count =
        function_.defaults != nullptr ? static_cast<std::uint32_t>(function_.its_defaults()->size) : 0;
    const std::uint32_t required = body_.parameters - std::min(count, body_.parameters);
    std::vector<std::uint32_t> missing;
    for (std::uint32_t i = by_position; i < required; ++i)
      if (slots_[i] == nullptr) missing.push_back(i);
    if (!missing.empty()) refuse_missing("positional", missing);
    const std::uint32_t skipped = count - (body_.parameters - required);
    for (std::uint32_t i = required; i < body_.parameters; ++i)
      if (slots_[i] == nullptr) set(i, *function_.its_defaults()->items[i - required + skipped]);
  }

  void fill_keyword_defaults() {
    std::vector<std::uint32_t> missing;
    for (std::uint32_t i = body_.parameters; i < body_.parameters + body_.keyword_only; ++i) {
      if (slots_[i] != nullptr) continue;
      Object* const value = function_.keyword_defaults != nullptr
                                ? static_cast<Dict&>(*function_.keyword_defaults).find(code_.variable(i))
                                : nullptr;
      if (value != nullptr) {
        set(i, *value);
      } else {
        missing.push_back(i);
      }
    }
    if (!missing.empty()) refuse_missing("keyword-only", missing);
  }

  void refuse_missing(std::string_view kind, const std::vector<std::uint32_t>& missing) const {
    std::string names;
    for (std::size_t i = 0; i < missing.size(); ++i) {
      const bool is_last = i + 1 == missing.size();
      const char* const before = i == 0 ? "" : !is_last ? ", " : missing.size() == 2 ? " and " : ", and ";
      names += fmt::format("{}'{}'", before, parameter(missing[i]));
    }
    raise(ErrorKind::kTypeError, fmt::format("{}() missing {} required {} argument{}: {}", called(), missing.size(), kind,
                                             missing.size() == 1 ? "" : "s", names));
  }

  const ScriptFunction& function_;
  const Code& code_;
  const CodeBody& body_;
  const Arguments& given_;
  Object** slots_;
};

}  // namespace

bool bind_arguments(const ScriptFunction& function, const Arguments& given, Object** slots) {
  Heap& heap = heap_of(function);
  const FailureMark mark(heap.failures);
  try {
    Binding(function, given, slots).bind();
    return true;
  } catch (const Error& error) {
    mark.forget();
    static_cast<void>(fail_caught(heap, error));
    return false;
  }
}

}  // namespace ouro::script
