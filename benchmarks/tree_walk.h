// Walks through a tree of lists and dicts, on any side: the sum of its numbers and of the lengths of its texts.
#pragma once

#include "object_side.h"
#include "shared_side.h"

namespace bench {

[[nodiscard]] inline double tree_sum(OuroSide& side, const ouro::Object& value) {
  double sum = 0;
  switch (kind_of(value)) {
    case ouro::Kind::kInt:
      return static_cast<double>(static_cast<const ouro::Int&>(value).value);
    case ouro::Kind::kFloat:
      return static_cast<const ouro::Float&>(value).value;
    case ouro::Kind::kStr:
      return static_cast<double>(ouro::text(static_cast<const ouro::Str&>(value)).size());
    case ouro::Kind::kList:
      for (const ouro::Object& item : static_cast<const ouro::List&>(value)) sum += tree_sum(side, item);
      return sum;
    case ouro::Kind::kDict:
      for (const auto [key, item] : static_cast<const ouro::Dict&>(value)) sum += tree_sum(side, item);
      return sum;
    default:
      return 0;
  }
}
[[nodiscard]] inline double tree_sum(OuroSide& side, const ouro::Ref<>& root) { return tree_sum(side, *root); }

#if OURO_BENCH_PYTHON
[[nodiscard]] inline double tree_sum(CPythonSide& side, PyObject* value) {
  if (PyLong_CheckExact(value)) return static_cast<double>(PyLong_AsLongLong(value));
  if (PyFloat_CheckExact(value)) return PyFloat_AS_DOUBLE(value);
  if (PyUnicode_CheckExact(value)) return static_cast<double>(PyUnicode_GET_LENGTH(value));
  double sum = 0;
  if (PyList_CheckExact(value))
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(value); ++i) sum += tree_sum(side, PyList_GET_ITEM(value, i));
  PyObject* key = nullptr;
  PyObject* item = nullptr;
  if (PyDict_CheckExact(value))
    for (Py_ssize_t at = 0; PyDict_Next(value, &at, &key, &item) != 0;) sum += tree_sum(side, item);
  return sum;
}
[[nodiscard]] inline double tree_sum(CPythonSide& side, const PyHandle& root) { return tree_sum(side, root.get()); }
#endif

#if OURO_BENCH_LUA
/// Of the value on top of the stack, which it leaves there.
[[nodiscard]] inline double lua_tree_sum(lua_State* state) {
  switch (lua_type(state, -1)) {
    case LUA_TNUMBER:
      return lua_tonumber(state, -1);
    case LUA_TSTRING:
      return static_cast<double>(lua_rawlen(state, -1));
    case LUA_TTABLE:
      break;
    default:
      return 0;
  }
  luaL_checkstack(state, 3, nullptr);
  double sum = 0;
  for (lua_pushnil(state); lua_next(state, -2) != 0; lua_pop(state, 1)) sum += lua_tree_sum(state);
  return sum;
}
[[nodiscard]] inline double tree_sum(LuaSide& side, const LuaHandle& root) {
  root.push_to(side.state());
  const double sum = lua_tree_sum(side.state());
  lua_pop(side.state(), 1);
  return sum;
}
#endif

[[nodiscard]] inline double tree_sum(SharedSide& side, const SharedValue::Pointer& root) {
  const auto& value = root->value;
  if (const auto* const integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  if (const auto* const real = std::get_if<double>(&value)) return *real;
  if (const auto* const text = std::get_if<std::string>(&value)) return static_cast<double>(text->size());
  double sum = 0;
  if (const auto* const items = std::get_if<SharedValue::Items>(&value))
    for (const auto& item : *items) sum += tree_sum(side, item);
  if (const auto* const entries = std::get_if<SharedValue::Entries>(&value))
    for (const auto& [key, item] : *entries) sum += tree_sum(side, item);
  return sum;
}

}  // namespace bench
