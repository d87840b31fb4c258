// The makers: one object of each common type, made the shortest way its system offers to C or C++.
//
// What goes into an object (items, keys, a function, targets) is made beforehand, so that a call makes one object and, for
// list3 and dict3, its buffer.
#pragma once

#include <ouro/objects/classes/class.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/weak/weakref.h>

#include <array>

#include "harness.h"
#include "object_side.h"

namespace bench {

inline constexpr std::string_view kMadeText = "hello, world";
inline constexpr std::array<std::string_view, 3> kMadeKeys{"alpha", "beta", "gamma"};
inline constexpr std::string_view kMadeText10 = "0123456789";
inline constexpr std::size_t kMadeItems = 10;            ///< of a long list
inline constexpr std::int64_t kMadeInt = 1'000'000'007;  ///< no int that exists once per runtime

/// Makes objects of Ouroboros. `index` tells the objects of a burst apart; only weakref needs it.
class OuroMaker {
 public:
  using Side = OuroSide;

  /// Prepares weak references to `targets` objects.
  OuroMaker(OuroSide& side, std::size_t targets) : builtins_(ouro::builtins_of(*side.none())) {
    for (std::size_t i = 0; i < kMadeKeys.size(); ++i) {
      keys_[i] = side.interned(kMadeKeys[i]);
      items_[i] = keys_[i].get();
    }
    for (std::size_t i = 0; i < kMadeItems; ++i) {
      ten_items_[i] = side.integer(kMadeInt + static_cast<std::int64_t>(i));
      ten_[i] = ten_items_[i].get();
    }
    function_ = ouro::make_function(builtins_, "self_of", [](ouro::Object& self) { return ouro::share(self); });
    class_ = ouro::make_class(builtins_, "Plain");
    for (std::size_t i = 0; i < targets; ++i) targets_.push_back(ouro::call(*class_, {}));
  }

  [[nodiscard]] auto integer(std::size_t) { return ouro::make_int(builtins_, opaque(kMadeInt)); }
  [[nodiscard]] auto small_integer(std::size_t) { return ouro::make_int(builtins_, opaque(std::int64_t{7})); }
  [[nodiscard]] auto real(std::size_t) { return ouro::make_float(builtins_, opaque(1.5)); }
  [[nodiscard]] auto tuple2(std::size_t) { return ouro::make_tuple(builtins_, {items_[0], items_[1]}); }
  [[nodiscard]] auto tuple3(std::size_t) { return ouro::make_tuple(builtins_, std::span<ouro::Object* const>(items_)); }
  [[nodiscard]] auto list(std::size_t) { return ouro::make_list(builtins_); }
  [[nodiscard]] auto list10(std::size_t) { return ouro::make_list(builtins_, std::span<ouro::Object* const>(ten_)); }
  [[nodiscard]] auto list3(std::size_t) { return ouro::make_list(builtins_, std::span<ouro::Object* const>(items_)); }
  [[nodiscard]] auto dict(std::size_t) { return ouro::make_dict(builtins_); }
  [[nodiscard]] auto dict3(std::size_t) {
    ouro::Ref<ouro::Dict> made = ouro::make_dict(builtins_);
    for (const ouro::Ref<>& key : keys_) made->set(*key, *key);
    return made;
  }
  [[nodiscard]] auto bound_method(std::size_t) { return ouro::make_method(*function_, *keys_[0]); }
  [[nodiscard]] auto instance(std::size_t) { return ouro::call(*class_, {}); }
  [[nodiscard]] auto instance1(std::size_t) {
    ouro::Ref<> made = ouro::call(*class_, {});
    ouro::set_attribute(*made, *keys_[0], *keys_[1]);
    return made;
  }
  [[nodiscard]] auto str(std::size_t) { return ouro::make_str(builtins_, kMadeText); }
  [[nodiscard]] auto str10(std::size_t) { return ouro::make_str(builtins_, kMadeText10); }
  [[nodiscard]] ouro::Ref<ouro::WeakRef> weakref(std::size_t index) { return weakref_to(targets_[index]); }
  [[nodiscard]] ouro::Ref<ouro::WeakRef> weakref_to(const ouro::Ref<>& target) { return ouro::make_weakref(*target); }

 private:
  ouro::Builtins& builtins_;
  std::array<ouro::Ref<>, kMadeKeys.size()> keys_;
  std::array<ouro::Object*, kMadeKeys.size()> items_;
  std::array<ouro::Ref<>, kMadeItems> ten_items_;
  std::array<ouro::Object*, kMadeItems> ten_;
  ouro::Ref<> function_;
  ouro::Ref<ouro::Class> class_;
  std::vector<ouro::Ref<>> targets_;
};

#if OURO_BENCH_PYTHON
/// Makes objects of CPython.
class CPythonMaker {
 public:
  using Side = CPythonSide;

  CPythonMaker(CPythonSide& side, std::size_t targets)
      : keys_{side.interned(kMadeKeys[0]), side.interned(kMadeKeys[1]), side.interned(kMadeKeys[2])},
        function_(evaluate("lambda self: self")),
        class_(evaluate("type('Plain', (), {})")) {
    for (std::size_t i = 0; i < kMadeItems; ++i) ten_[i] = side.integer(kMadeInt + static_cast<std::int64_t>(i));
    for (std::size_t i = 0; i < targets; ++i) targets_.push_back(PyHandle(PyObject_CallNoArgs(class_.get())));
  }

  [[nodiscard]] PyHandle integer(std::size_t) { return PyHandle(PyLong_FromLongLong(opaque(kMadeInt))); }
  [[nodiscard]] PyHandle small_integer(std::size_t) { return PyHandle(PyLong_FromLongLong(opaque(7LL))); }
  [[nodiscard]] PyHandle real(std::size_t) { return PyHandle(PyFloat_FromDouble(opaque(1.5))); }
  [[nodiscard]] PyHandle tuple2(std::size_t) {
    PyHandle made(PyTuple_New(2));
    for (Py_ssize_t i = 0; i < 2; ++i) PyTuple_SET_ITEM(made.get(), i, Py_NewRef(key(i)));
    return made;
  }
  [[nodiscard]] PyHandle tuple3(std::size_t) {
    PyHandle made(PyTuple_New(3));
    for (Py_ssize_t i = 0; i < 3; ++i) PyTuple_SET_ITEM(made.get(), i, Py_NewRef(key(i)));
    return made;
  }
  [[nodiscard]] PyHandle list10(std::size_t) {
    PyHandle made(PyList_New(kMadeItems));
    for (Py_ssize_t i = 0; i < Py_ssize_t{kMadeItems}; ++i)
      PyList_SET_ITEM(made.get(), i, Py_NewRef(ten_[static_cast<std::size_t>(i)].get()));
    return made;
  }
  [[nodiscard]] PyHandle list(std::size_t) { return PyHandle(PyList_New(0)); }
  [[nodiscard]] PyHandle list3(std::size_t) {
    PyHandle made(PyList_New(3));
    for (Py_ssize_t i = 0; i < 3; ++i) PyList_SET_ITEM(made.get(), i, Py_NewRef(key(i)));
    return made;
  }
  [[nodiscard]] PyHandle dict(std::size_t) { return PyHandle(PyDict_New()); }
  [[nodiscard]] PyHandle dict3(std::size_t) {
    PyHandle made(PyDict_New());
    for (const PyHandle& key : keys_) require(PyDict_SetItem(made.get(), key.get(), key.get()) == 0, "a pair goes in");
    return made;
  }
  [[nodiscard]] PyHandle bound_method(std::size_t) { return PyHandle(PyMethod_New(function_.get(), key(0))); }
  [[nodiscard]] PyHandle instance(std::size_t) { return PyHandle(PyObject_CallNoArgs(class_.get())); }
  [[nodiscard]] PyHandle instance1(std::size_t) {
    PyHandle made(PyObject_CallNoArgs(class_.get()));
    require(PyObject_SetAttr(made.get(), key(0), key(1)) == 0, "the attribute is set");
    return made;
  }
  [[nodiscard]] PyHandle str10(std::size_t) {
    return PyHandle(PyUnicode_FromStringAndSize(kMadeText10.data(), static_cast<Py_ssize_t>(kMadeText10.size())));
  }
  [[nodiscard]] PyHandle str(std::size_t) {
    return PyHandle(PyUnicode_FromStringAndSize(kMadeText.data(), static_cast<Py_ssize_t>(kMadeText.size())));
  }
  [[nodiscard]] PyHandle weakref(std::size_t index) { return weakref_to(targets_[index]); }
  [[nodiscard]] PyHandle weakref_to(const PyHandle& target) { return PyHandle(PyWeakref_NewRef(target.get(), nullptr)); }

 private:
  [[nodiscard]] static PyHandle evaluate(const char* expression) {
    const PyHandle names(PyDict_New());
    return PyHandle(PyRun_String(expression, Py_eval_input, names.get(), names.get()));
  }
  [[nodiscard]] PyObject* key(Py_ssize_t index) const { return keys_[static_cast<std::size_t>(index)].get(); }

  std::array<PyHandle, kMadeKeys.size()> keys_;
  std::array<PyHandle, kMadeItems> ten_;
  PyHandle function_;
  PyHandle class_;
  std::vector<PyHandle> targets_;
};
#endif

}  // namespace bench
