// ErrorEvaluator: expressions of Python that need no more than literals, names, attributes, calls and items, for comparing
// with CPython line by line. `name = expression` remembers what it gives.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <cctype>
#include <list>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ouro::test {

class ErrorEvaluator {
 public:
  explicit ErrorEvaluator(Builtins& builtins) : builtins_(builtins) {
    for (const ErrorType& error : kErrorTypes) names_[std::string(error.name)] = share<Object>(builtins.type(error.kind));
    for (const Kind kind : {Kind::kInt, Kind::kStr, Kind::kList, Kind::kTuple, Kind::kDict, Kind::kObject})
      names_[std::string(builtins.type(kind).name)] = share<Object>(builtins.type(kind));
    names_["None"] = make_none(builtins);
    names_["True"] = make_bool(builtins, true);
    names_["False"] = make_bool(builtins, false);
    add("repr", [](Object& of) { return Ref<>(ouro::repr(of)); });
    add("type", [](Object& of) { return share<Object>(*of.type); });
    add("len", [](Object& of) { return static_cast<std::int64_t>(length(of)); });
    add("isinstance", [](Object& of, Object& type) { return is_instance(of, static_cast<Type&>(type)); });
    add("issubclass", [](Object& of, Object& type) { return is_subtype(static_cast<Type&>(of), static_cast<Type&>(type)); });
    add("getattr", [](Object& of, Object& name) { return get_attribute(of, name); });
    add("hasattr", [](Object& of, Object& name) { return has_attribute(of, name); });
    add("setattr", [](Object& of, Object& name, Object& value) { set_attribute(of, name, value); });
    add("delattr", [](Object& of, Object& name) { delete_attribute(of, name); });
  }

  void set(const std::string& name, Ref<> value) { names_[name] = std::move(value); }

  /// What CPython's script prints for the line: a repr, or "TypeError: text".
  std::string run(const std::string& line) {
    try {
      const Ref<> value = evaluate(line);
      return std::string(text(*ouro::repr(*value)));
    } catch (const Error& error) {
      return error.what();
    }
  }

  Ref<> evaluate(const std::string& line) {
    const std::size_t equals = line.find(" = ");
    const std::string name = equals == std::string::npos ? "" : line.substr(0, equals);
    rest_ = std::string_view(line).substr(equals == std::string::npos ? 0 : equals + 3);
    Ref<> value = expression();
    if (!rest_.empty()) throw std::runtime_error("cannot read: " + line);
    if (!name.empty()) names_[name] = value;
    return value;
  }

 private:
  template <class F>
  void add(const char* name, F function) {
    names_[name] = make_function(builtins_, name, function);
  }

  [[nodiscard]] bool take(std::string_view what) {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }

  Ref<> expression() {
    Ref<> value = primary();
    for (;;) {
      if (take(".")) {
        const Ref<Str> name = intern(builtins_, word());
        value = get_attribute(*value, *name);
      } else if (take("(")) {
        value = call_with_arguments(*value);
      } else if (take("[")) {
        const Ref<> key = expression();
        expect("]");
        value = get_item(*value, *key);
      } else {
        return value;
      }
    }
  }

  Ref<> call_with_arguments(Object& callee) {
    std::vector<Ref<>> positional, names, values;
    while (!take(")")) {
      const std::string_view before = rest_;
      const std::string_view name = word();
      if (!name.empty() && rest_.starts_with('=')) {
        rest_.remove_prefix(1);
        names.emplace_back(intern(builtins_, name));
        values.push_back(expression());
      } else {
        rest_ = before;
        positional.push_back(expression());
      }
      static_cast<void>(take(","));
    }
    return call(callee, Arguments{borrowed(positional), borrowed(names), borrowed(values)});
  }

  std::vector<Object*>& borrowed(const std::vector<Ref<>>& owned) {
    std::vector<Object*>& made = borrowed_.emplace_back();
    for (const Ref<>& each : owned) made.push_back(each.get());
    return made;
  }

  void expect(std::string_view what) {
    if (!take(what)) throw std::runtime_error("expected " + std::string(what) + " at " + std::string(rest_));
  }

  std::string_view word() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
    std::size_t size = 0;
    while (size < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[size])) != 0 || rest_[size] == '_')) ++size;
    const std::string_view found = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return found;
  }

  Ref<List> items_until(std::string_view end) {
    Ref<List> made = make_list(builtins_);
    while (!take(end)) {
      made->append(*expression());
      static_cast<void>(take(","));
    }
    return made;
  }

  Ref<> dict() {
    Ref<Dict> made = make_dict(builtins_);
    while (!take("}")) {
      const Ref<> key = expression();
      expect(":");
      made->set(*key, *expression());
      static_cast<void>(take(","));
    }
    return made;
  }

  Ref<> number() {
    const bool negative = take("-");
    const std::string digits(word());
    if (take(".")) return make_float(builtins_, (negative ? -1 : 1) * std::stod(digits + "." + std::string(word())));
    return int_from_text(builtins_, (negative ? "-" : "") + digits);
  }

  Ref<> primary() {
    if (take("(")) return tuple_from(*items_until(")"));
    if (take("[")) return items_until("]");
    if (take("{")) return dict();
    if (take("'")) {
      const std::string_view content = rest_.substr(0, rest_.find('\''));
      rest_.remove_prefix(content.size() + 1);
      return make_str(builtins_, content);
    }
    if (rest_.starts_with('-') || std::isdigit(static_cast<unsigned char>(rest_.empty() ? 'x' : rest_[0])) != 0)
      return number();
    const std::string name(word());
    const auto found = names_.find(name);
    if (found == names_.end()) throw std::runtime_error("no name " + name + " before " + std::string(rest_));
    return found->second;
  }

  Builtins& builtins_;
  std::map<std::string, Ref<>> names_;
  std::string_view rest_;
  std::list<std::vector<Object*>> borrowed_;
};

}  // namespace ouro::test
