// The CPython side: the interpreter embedded through its C API, with nothing of its own left for the collector to walk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <Python.h>

namespace bench {

/// Name of this side: "cpython-3.11".
[[nodiscard]] std::string cpython_name();

/// Owns one reference, as Ref does on the other side.
class PyHandle {
 public:
  PyHandle() noexcept = default;
  /// Takes over a new reference; a call that failed ends the process, as there is nothing to measure any more.
  explicit PyHandle(PyObject* adopted) noexcept : object_(adopted) {
    if (adopted == nullptr) [[unlikely]]
      std::abort();
  }
  PyHandle(const PyHandle&) = delete;
  PyHandle(PyHandle&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  PyHandle& operator=(PyHandle other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~PyHandle() { Py_XDECREF(object_); }

  [[nodiscard]] PyObject* get() const noexcept { return object_; }

 private:
  PyObject* object_ = nullptr;
};

/// An ObjectSide; see object_side.h for what the calls mean. Starts the interpreter, once a process; never ends it, because
/// the process does.
class CPythonSide {
 public:
  using Handle = PyHandle;

  CPythonSide();

  [[nodiscard]] Handle none() const { return share(Py_None); }
  [[nodiscard]] Handle boolean(bool value) const { return share(value ? Py_True : Py_False); }
  [[nodiscard]] Handle integer(std::int64_t value) const { return Handle(PyLong_FromLongLong(value)); }
  [[nodiscard]] Handle real(double value) const { return Handle(PyFloat_FromDouble(value)); }
  [[nodiscard]] Handle text(std::string_view value) const {
    return Handle(PyUnicode_FromStringAndSize(value.data(), static_cast<Py_ssize_t>(value.size())));
  }
  [[nodiscard]] Handle interned(std::string_view value) const {
    PyObject* key = PyUnicode_FromStringAndSize(value.data(), static_cast<Py_ssize_t>(value.size()));
    PyUnicode_InternInPlace(&key);
    return Handle(key);
  }
  [[nodiscard]] Handle list() const { return Handle(PyList_New(0)); }
  [[nodiscard]] Handle list_of(const Handle& item) const {
    Handle made(PyList_New(1));
    PyList_SET_ITEM(made.get(), 0, Py_NewRef(item.get()));
    return made;
  }
  [[nodiscard]] Handle dict() const { return Handle(PyDict_New()); }
  /// `class name: pass`
  [[nodiscard]] Handle new_class(std::string_view name) const;
  [[nodiscard]] Handle instance(const Handle& type) const { return Handle(PyObject_CallNoArgs(type.get())); }

  void append(const Handle& list, const Handle& item) const { check(PyList_Append(list.get(), item.get())); }
  void set_item(const Handle& list, std::size_t index, const Handle& item) const {
    check(PyList_SetItem(list.get(), static_cast<Py_ssize_t>(index), Py_NewRef(item.get())));
  }
  void set_attribute(const Handle& object, const Handle& name, const Handle& value) const {
    check(PyObject_SetAttr(object.get(), name.get(), value.get()));
  }
  [[nodiscard]] void* find(const Handle& dict, const Handle& key) const { return PyDict_GetItem(dict.get(), key.get()); }
  void put(const Handle& dict, const Handle& key, const Handle& item) const {
    check(PyDict_SetItem(dict.get(), key.get(), item.get()));
  }

  void pause_collector() const { PyGC_Disable(); }
  void resume_collector() const { PyGC_Enable(); }
  std::size_t collect() const;
  std::size_t collect_young() const;
  void trim() const { collect(); }  // empties the free lists; it has no call that does more

 private:
  static Handle share(PyObject* object) noexcept {
    Py_INCREF(object);
    return Handle(object);
  }
  static void check(int status) noexcept {
    if (status != 0) [[unlikely]]
      std::abort();
  }

  Handle collect_function_;  ///< gc.collect
  Handle youngest_;          ///< 0
};

/// CPython's object allocator, pymalloc, as an extension module calls it.
class CPythonHeap {
 public:
  [[nodiscard]] void* allocate(std::size_t size) const noexcept { return PyObject_Malloc(size); }
  void deallocate(void* block, std::size_t) const noexcept { PyObject_Free(block); }
  void trim() const noexcept {}  // it has no such call

 private:
  CPythonSide started_;
};

}  // namespace bench
