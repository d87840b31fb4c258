// The Lua side: Lua 5.4 embedded through its C API. Its collector is a tracing one, incremental by default, and counts
// nothing.
//
// A handle is an entry of Lua's registry, which is the C API's own way to hold a value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <lua.hpp>

namespace bench {

/// Name of this side: "lua-5.4".
[[nodiscard]] inline std::string lua_name() { return "lua-" LUA_VERSION_MAJOR "." LUA_VERSION_MINOR; }

/// Owns one entry of the registry, or means `false` and owns nothing.
class LuaHandle {
 public:
  LuaHandle() noexcept = default;
  /// Takes the value off the top of the stack.
  explicit LuaHandle(lua_State* state) : state_(state), entry_(luaL_ref(state, LUA_REGISTRYINDEX)) {}
  LuaHandle(const LuaHandle&) = delete;
  LuaHandle(LuaHandle&& other) noexcept : state_(other.state_), entry_(std::exchange(other.entry_, kFalse)) {}
  LuaHandle& operator=(LuaHandle other) noexcept {
    std::swap(state_, other.state_);
    std::swap(entry_, other.entry_);
    return *this;
  }
  ~LuaHandle() {
    if (entry_ != kFalse) luaL_unref(state_, LUA_REGISTRYINDEX, entry_);
  }

  /// Puts the value on top of `state`'s stack.
  void push_to(lua_State* state) const {
    if (entry_ == kFalse)
      lua_pushboolean(state, 0);
    else
      lua_rawgeti(state, LUA_REGISTRYINDEX, entry_);
  }

 private:
  static constexpr int kFalse = LUA_NOREF;

  lua_State* state_ = nullptr;
  int entry_ = kFalse;
};

/// A GraphSide; see object_side.h for what the calls mean. Lists and instances are tables, None is `false` because a table
/// cannot hold `nil`. No handle may outlive its side. A call that fails ends the process, by Lua's panic function.
class LuaSide {
 public:
  using Handle = LuaHandle;

  LuaSide() : state_(luaL_newstate()) {
    if (state_ == nullptr) std::abort();
  }
  LuaSide(const LuaSide&) = delete;
  LuaSide& operator=(const LuaSide&) = delete;
  ~LuaSide() { lua_close(state_); }

  [[nodiscard]] Handle none() const { return {}; }
  [[nodiscard]] Handle integer(std::int64_t value) const {
    lua_pushinteger(state_, value);
    return Handle(state_);
  }
  [[nodiscard]] Handle boolean(bool value) const {
    lua_pushboolean(state_, value);
    return Handle(state_);
  }
  [[nodiscard]] Handle real(double value) const {
    lua_pushnumber(state_, value);
    return Handle(state_);
  }
  [[nodiscard]] Handle text(std::string_view value) const { return interned(value); }
  [[nodiscard]] Handle dict() const { return list(); }
  [[nodiscard]] Handle interned(std::string_view value) const {
    lua_pushlstring(state_, value.data(), value.size());
    return Handle(state_);
  }
  [[nodiscard]] Handle list() const {
    lua_createtable(state_, 0, 0);
    return Handle(state_);
  }
  [[nodiscard]] Handle list_of(const Handle& item) const {
    lua_createtable(state_, 1, 0);
    item.push_to(state_);
    lua_rawseti(state_, -2, 1);
    return Handle(state_);
  }
  /// The metatable that marks its instances.
  [[nodiscard]] Handle new_class(std::string_view name) const {
    lua_createtable(state_, 0, 1);
    lua_pushlstring(state_, name.data(), name.size());
    lua_setfield(state_, -2, "__name");
    return Handle(state_);
  }
  [[nodiscard]] Handle instance(const Handle& type) const {
    lua_createtable(state_, 0, 2);
    type.push_to(state_);
    lua_setmetatable(state_, -2);
    return Handle(state_);
  }

  void append(const Handle& list, const Handle& item) const {
    list.push_to(state_);
    item.push_to(state_);
    lua_rawseti(state_, -2, static_cast<lua_Integer>(lua_rawlen(state_, -2)) + 1);
    lua_pop(state_, 1);
  }
  void set_item(const Handle& list, std::size_t index, const Handle& item) const {
    list.push_to(state_);
    item.push_to(state_);
    lua_rawseti(state_, -2, static_cast<lua_Integer>(index) + 1);
    lua_pop(state_, 1);
  }
  void put(const Handle& dict, const Handle& key, const Handle& item) const { set_attribute(dict, key, item); }
  void set_attribute(const Handle& object, const Handle& name, const Handle& value) const {
    object.push_to(state_);
    name.push_to(state_);
    value.push_to(state_);
    lua_settable(state_, -3);
    lua_pop(state_, 1);
  }

  void pause_collector() const { lua_gc(state_, LUA_GCSTOP); }
  void resume_collector() const { lua_gc(state_, LUA_GCRESTART); }
  std::optional<std::size_t> collect() const {
    lua_gc(state_, LUA_GCCOLLECT);
    return std::nullopt;  // it does not say
  }

  [[nodiscard]] lua_State* state() const noexcept { return state_; }

 private:
  lua_State* state_;
};

}  // namespace bench
