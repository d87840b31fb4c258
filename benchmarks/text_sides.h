// What the cases of str and bytes share: both sides' calls, the texts, the clock.
#pragma once

#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/codecs.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/str_append.h>
#include <ouro/objects/text/str_methods.h>

#include <fmt/core.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness.h"
#include "object_side.h"

namespace bench {

inline constexpr int kTextRounds = 5;
inline constexpr std::size_t kTextBytes = 1'000'000;

/// What the cases need of a runtime beside an ObjectSide.
class OuroTexts : public OuroSide {
 public:
  [[nodiscard]] Handle upper(const Handle& text) { return ouro::upper(str(text)); }
  [[nodiscard]] Handle join(const Handle& separator, const Handle& list) { return ouro::join(str(separator), *list); }
  [[nodiscard]] Handle character(const Handle& text, const Handle& index) { return ouro::get_item(*text, *index); }
  [[nodiscard]] Handle format(const Handle& value, const Handle& spec) { return ouro::format(*value, str(spec)); }
  [[nodiscard]] Handle remainder(const Handle& pattern, const Handle& value) {
    return ouro::apply(ouro::Operator::kRemainder, *pattern, *value);
  }
  void extend(Handle& text, const Handle& tail) { ouro::append_if_str(text, *tail); }
  void walk(const Handle& text) {
    const ouro::Ref<> iterator = ouro::iterate(*text);
    while (const ouro::Ref<> character = ouro::next(*iterator)) escape(character.get());
  }

  [[nodiscard]] Handle concatenate(const Handle& left, const Handle& right) {
    return ouro::concatenate(str(left), str(right));
  }
  [[nodiscard]] std::int64_t hash(const Handle& object) { return ouro::hash(*object); }
  [[nodiscard]] bool equal(const Handle& left, const Handle& right) { return ouro::equal(*left, *right); }
  [[nodiscard]] std::int64_t find(const Handle& text, const Handle& part) { return ouro::find(str(text), str(part)); }
  [[nodiscard]] std::int64_t find_last(const Handle& text, const Handle& part) {
    return ouro::find_last(str(text), str(part));
  }
  [[nodiscard]] std::int64_t count(const Handle& text, const Handle& part) { return ouro::count_of(str(text), str(part)); }
  [[nodiscard]] bool starts_with(const Handle& text, const Handle& part) { return ouro::starts_with(str(text), str(part)); }
  [[nodiscard]] Handle split(const Handle& text, const Handle& separator) { return ouro::split(str(text), str(separator)); }
  [[nodiscard]] Handle split_words(const Handle& text) { return ouro::split(str(text)); }
  [[nodiscard]] Handle replace(const Handle& text, const Handle& old, const Handle& by) {
    return ouro::replace(str(text), str(old), str(by));
  }
  [[nodiscard]] Handle strip(const Handle& text) { return ouro::strip(str(text)); }
  [[nodiscard]] Handle encode(const Handle& text, bool latin) {
    return ouro::encode(str(text), latin ? "latin-1" : "utf-8");
  }
  [[nodiscard]] Handle decode(std::string_view bytes, bool latin) {
    return ouro::decode(runtime().builtins(), bytes, latin ? "latin-1" : "utf-8");
  }
  [[nodiscard]] Handle bytes(std::string_view bytes) { return ouro::make_bytes(runtime().builtins(), bytes); }

 private:
  [[nodiscard]] static ouro::Str& str(const Handle& text) { return static_cast<ouro::Str&>(*text); }
};

#if OURO_BENCH_PYTHON
class CPythonTexts : public CPythonSide {
 public:
  [[nodiscard]] Handle upper(const Handle& text) const { return Handle(PyObject_CallMethod(text.get(), "upper", nullptr)); }
  [[nodiscard]] Handle join(const Handle& separator, const Handle& list) const {
    return Handle(PyUnicode_Join(separator.get(), list.get()));
  }
  [[nodiscard]] Handle character(const Handle& text, const Handle& index) const {
    return Handle(PyObject_GetItem(text.get(), index.get()));
  }
  [[nodiscard]] Handle format(const Handle& value, const Handle& spec) const {
    return Handle(PyObject_Format(value.get(), spec.get()));
  }
  [[nodiscard]] Handle remainder(const Handle& pattern, const Handle& value) const {
    return Handle(PyNumber_Remainder(pattern.get(), value.get()));
  }
  void extend(Handle& text, const Handle& tail) const {
    PyObject* grown = Py_NewRef(text.get());
    text = Handle(Py_NewRef(Py_None));
    PyUnicode_Append(&grown, tail.get());
    text = Handle(grown);
  }
  void walk(const Handle& text) const {
    const Handle iterator(PyObject_GetIter(text.get()));
    while (PyObject* const character = PyIter_Next(iterator.get())) {
      escape(character);
      Py_DECREF(character);
    }
  }
  [[nodiscard]] Handle concatenate(const Handle& left, const Handle& right) const {
    return Handle(PyUnicode_Concat(left.get(), right.get()));
  }
  [[nodiscard]] std::int64_t hash(const Handle& object) const { return PyObject_Hash(object.get()); }
  [[nodiscard]] bool equal(const Handle& left, const Handle& right) const {
    return PyObject_RichCompareBool(left.get(), right.get(), Py_EQ) == 1;
  }
  [[nodiscard]] std::int64_t find(const Handle& text, const Handle& part) const {
    return PyUnicode_Find(text.get(), part.get(), 0, PY_SSIZE_T_MAX, 1);
  }
  [[nodiscard]] std::int64_t find_last(const Handle& text, const Handle& part) const {
    return PyUnicode_Find(text.get(), part.get(), 0, PY_SSIZE_T_MAX, -1);
  }
  [[nodiscard]] std::int64_t count(const Handle& text, const Handle& part) const {
    return PyUnicode_Count(text.get(), part.get(), 0, PY_SSIZE_T_MAX);
  }
  [[nodiscard]] bool starts_with(const Handle& text, const Handle& part) const {
    return PyUnicode_Tailmatch(text.get(), part.get(), 0, PY_SSIZE_T_MAX, -1) == 1;
  }
  [[nodiscard]] Handle split(const Handle& text, const Handle& separator) const {
    return Handle(PyUnicode_Split(text.get(), separator.get(), -1));
  }
  [[nodiscard]] Handle split_words(const Handle& text) const { return Handle(PyUnicode_Split(text.get(), nullptr, -1)); }
  [[nodiscard]] Handle replace(const Handle& text, const Handle& old, const Handle& by) const {
    return Handle(PyUnicode_Replace(text.get(), old.get(), by.get(), -1));
  }
  [[nodiscard]] Handle strip(const Handle& text) const { return Handle(PyObject_CallMethod(text.get(), "strip", nullptr)); }
  [[nodiscard]] Handle encode(const Handle& text, bool latin) const {
    return Handle(latin ? PyUnicode_AsLatin1String(text.get()) : PyUnicode_AsUTF8String(text.get()));
  }
  [[nodiscard]] Handle decode(std::string_view bytes, bool latin) const {
    const auto size = static_cast<Py_ssize_t>(bytes.size());
    return Handle(latin ? PyUnicode_DecodeLatin1(bytes.data(), size, nullptr)
                        : PyUnicode_DecodeUTF8(bytes.data(), size, nullptr));
  }
  [[nodiscard]] Handle bytes(std::string_view bytes) const {
    return Handle(PyBytes_FromStringAndSize(bytes.data(), static_cast<Py_ssize_t>(bytes.size())));
  }
};
#endif

/// What the work is done with. All of it exists before.
template <class S>
class Texts {
 public:
  using Handle = typename S::Handle;

  explicit Texts(std::string_view piece) : piece_(piece) {
    side.pause_collector();
    while (all.size() < kTextBytes) all += piece;
    whole = side.text(all);
    for (std::int64_t i = 0; i < 1000; ++i) indexes.push_back(side.integer(300 * i + i % 97));
  }
  /// A list of short texts, made when it is first asked for.
  const Handle& words() {
    if (has_words_) return words_;
    has_words_ = true;
    words_ = side.list();
    for (std::size_t i = 0; i < kTextBytes / 10; ++i) side.append(words_, side.text(fmt::format("{}{}", piece_, i)));
    return words_;
  }

  S side;
  std::string all;
  Handle whole, space = side.text(", "), spec = side.text(".2f"), percent = side.text("%.2f|"), real = side.real(1234.5678),
                empty = side.text(""), int_percent = side.text("%d|"), seven = side.integer(7);
  Handle ten = side.text("0123456789"), same_ten = side.text("0123456789"), other_ten = side.text("012345678x");
  Handle line = side.text("Here are some words, of which the last but one is a long one"), first_word = side.text("Here"),
         word = side.text("words"), letter = side.text("o"), dot = side.text("."), blank = side.text(" "),
         padded = side.text("   some words with blanks around them   ");
  Handle absent = side.text("wordless"), long_part = side.text(std::string(195, 'o') + "words"),
         bad_part = side.text("b" + std::string(500, 'a')), bad_part_forwards = side.text(std::string(500, 'a') + "b");
  Handle byte_pattern = side.bytes("%d of them"), word_bytes = side.bytes("words");
  std::vector<Handle> indexes;

 private:
  std::string piece_;
  Handle words_;
  bool has_words_ = false;
};

/// ns for each of `count` steps of `work(texts)`.
template <class S, class Work>
double time_steps(std::string_view piece, std::size_t count, Work work) {
  Texts<S> texts(piece);
  work(texts);
  std::vector<double> rounds;
  for (int round = 0; round < kTextRounds; ++round) {
    const Stopwatch watch;
    work(texts);
    rounds.push_back(watch.nanoseconds() / static_cast<double>(count));
  }
  return median(std::move(rounds));
}

template <class Work>
void add_text_case(Cases& cases, const char* name, const char* unit, const char* what, const char* piece, std::size_t count,
                   double limit, Work work) {
  std::vector<Side> sides;
  sides.push_back({kOuroName, Role::kOuro, [=](const Settings&) { return time_steps<OuroTexts>(piece, count, work); }});
#if OURO_BENCH_PYTHON
  sides.push_back(
      {cpython_name(), Role::kPeer, [=](const Settings&) { return time_steps<CPythonTexts>(piece, count, work); }});
#endif
  cases.push_back({fmt::format("objects/str/{}", name), unit, what, std::move(sides), {peer_over("cpython", limit)}});
}

}  // namespace bench
