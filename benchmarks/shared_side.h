// The side of plain C++: a graph of `std::shared_ptr` to a `std::variant`, with `std::unordered_map` for dicts. What a
// program writes that has no object system: it knows no cycles, and a long chain overflows the stack when it is dropped.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace bench {

/// One value of the graph.
struct SharedValue {
  using Pointer = std::shared_ptr<SharedValue>;
  using Items = std::vector<Pointer>;
  using Entries = std::unordered_map<std::string, Pointer>;

  std::variant<std::monostate, bool, std::int64_t, double, std::string, Items, Entries> value;
};

/// What a tree needs of an ObjectSide; see object_side.h for what the calls mean.
class SharedSide {
 public:
  using Handle = SharedValue::Pointer;

  [[nodiscard]] Handle none() const { return make(std::monostate()); }
  [[nodiscard]] Handle boolean(bool value) const { return make(value); }
  [[nodiscard]] Handle integer(std::int64_t value) const { return make(value); }
  [[nodiscard]] Handle real(double value) const { return make(value); }
  [[nodiscard]] Handle text(std::string_view value) const { return make(std::string(value)); }
  [[nodiscard]] Handle interned(std::string_view value) const { return text(value); }
  [[nodiscard]] Handle list() const { return make(SharedValue::Items()); }
  [[nodiscard]] Handle dict() const { return make(SharedValue::Entries()); }

  void append(const Handle& list, const Handle& item) const { std::get<SharedValue::Items>(list->value).push_back(item); }
  void put(const Handle& dict, const Handle& key, const Handle& item) const {
    std::get<SharedValue::Entries>(dict->value).insert_or_assign(std::get<std::string>(key->value), item);
  }

 private:
  template <class T>
  static Handle make(T value) {
    return std::make_shared<SharedValue>(SharedValue{std::move(value)});
  }
};

}  // namespace bench
