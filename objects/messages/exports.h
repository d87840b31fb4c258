// Exports: the classes and functions of a runtime that other runtimes know by name.
//
//   runtime A                                    runtime B
//   exports: "Point" -> class Point              exports: "Point" -> class Point, another object
//   Point(1, 2)   ── message: ("Point", 1, 2) ──>  Point(1, 2)
//
// Code does not travel in messages (message.h): a class or function is sent as the name it is exported under, and
// received as what the other runtime exports under that name. CPython's pickle does the same with names of modules.
#pragma once

#include <ouro/base/owned.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/ref.h>

#include <string>
#include <string_view>
#include <typeinfo>

namespace ouro {

struct Class;

/// One runtime's names. It owns a count of what is exported, until the runtime closes. Needs the lock.
class Exports {
 public:
  /// Throws MemoryError.
  explicit Exports(Heap& heap);
  ~Exports();
  Exports(const Exports&) = delete;
  Exports& operator=(const Exports&) = delete;

  /// Exports a class or function under `name`. TypeError for anything else; ValueError if the name is taken or the object
  /// has another one already. Throws MemoryError, and has changed nothing then.
  void add(std::string_view name, Object& object);
  /// The same under its own name: "Point", "scale".
  void add(Object& object);
  /// Takes a name back; false if there is no such name.
  bool remove(std::string_view name) noexcept;
  void clear() noexcept;

  /// Lets the class of a C++ struct be found by the struct's type; the newest one counts. It owns no count of it: the class
  /// says when it dies. Throws MemoryError.
  void add_native(const Class& type);
  void forget_native(const Class& type) noexcept;
  /// Borrowed, or null.
  [[nodiscard]] Class* find_native(const std::type_info& type) const noexcept;

  /// What is exported under `name`, borrowed, or null.
  [[nodiscard]] Object* find(std::string_view name) const noexcept;
  /// The name of an object, or null if it has none.
  [[nodiscard]] const std::string* name_of(const Object& object) const noexcept;

 private:
  struct Tables;

  Heap& heap_;
  const Owned<Tables> tables_;
};

}  // namespace ouro
