// What the types of errors share: the slots of their layout, members as attributes, arguments.
#pragma once

#include <ouro/objects/classes/derived.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/messages/copied.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace ouro {
struct Str;
struct Tuple;
}  // namespace ouro

namespace ouro::detail {

[[nodiscard]] inline BaseException& exception_of(Object& object) noexcept { return static_cast<BaseException&>(object); }
[[nodiscard]] inline const BaseException& exception_of(const Object& object) noexcept {
  return static_cast<const BaseException&>(object);
}

/// An exception that was not initialised. Throws MemoryError.
[[nodiscard]] Ref<BaseException> make_bare_exception(Type& type, Ref<Tuple> args);
/// What most types' `construct` and `initialise` do (CPython: BaseException_new, BaseException_init).
[[nodiscard]] Ref<> construct_exception(Type& type, const Arguments& arguments);
void initialise_exception(Object& object, const Arguments& arguments);

/// TypeError "OSError() takes no keyword arguments".
void expect_no_keywords(const Type& type, const Arguments& arguments);
/// `exception.args = args`.
void set_arguments(BaseException& exception, std::span<Object* const> args);
/// Null: None.
void set_member(BaseException& exception, std::size_t place, Object* value) noexcept;
/// The keyword arguments of a call, each where its name stands. TypeError "'x' is an invalid keyword argument for
/// NameError()".
void place_keywords(std::string_view function, std::span<const std::string_view> names, const Arguments& given,
                    std::span<Object*> places);

[[nodiscard]] inline Ref<> or_none(const Object& owner, Object* value) noexcept {
  return value != nullptr ? share(*value) : make_none(builtins_of(owner));
}

/// What `str` of most exceptions gives: nothing, the only argument's text, or that of all.
[[nodiscard]] Ref<> str_of_arguments(Object& object);
/// `str(value)`, "None" for null.
[[nodiscard]] std::string text_of(Object* value);

void clear_exception(Object& object) noexcept;
[[nodiscard]] std::string name_of_exception_edge(const Object& object, std::size_t number);
[[nodiscard]] Ref<> repr_of_exception(Object& object);
/// `(type(exception), args)`, with the attributes if there are any (CPython: BaseException_reduce).
[[nodiscard]] Ref<> reduce_exception(BaseException& exception, Object& args, Object* state);
extern const CopySlots kExceptionCopy;

/// Where BaseException::dict lies.
inline constexpr std::uint32_t kExceptionDictOffset = sizeof(Object) + 4 * sizeof(Object*);

/// The slots of a layout with that many members. Name, base and docs follow from the type of errors (error_types.cpp).
[[nodiscard]] constexpr TypeSlots exception_slots(std::size_t members) {
  TypeSlots made;
  made.kind = Kind::kBaseException;
  made.flags = kContainerType | kBaseType;
  made.size = static_cast<std::uint32_t>(sizeof(BaseException) + members * sizeof(Object*));
  made.edges = EdgeLayout::fixed(sizeof(Object), BaseException::kCommonEdges + members);
  made.dict_offset = kExceptionDictOffset;
  made.clear = clear_exception;
  made.edge_name = name_of_exception_edge;
  made.repr = repr_of_exception;
  made.str = str_of_arguments;
  made.hash = default_hash;
  made.get_attribute = get_attribute_with_dict;
  made.set_attribute = set_attribute_with_dict;
  made.construct = construct_exception;
  made.initialise = initialise_exception;
  made.copy = &kExceptionCopy;
  return made;
}

/// A member of the layout as an attribute that can be read, set and deleted, or only be read.
template <std::size_t kPlace>
[[nodiscard]] constexpr Attribute read_only_member(std::string_view name, std::string_view doc) {
  return member(
      name, [](BaseException& exception) { return or_none(exception, exception.members[kPlace]); }, doc);
}
template <std::size_t kPlace>
[[nodiscard]] constexpr Attribute object_member(std::string_view name, std::string_view doc) {
  Attribute made = read_only_member<kPlace>(name, doc);
  made.set = [](Object& object, Object* value) { set_member(exception_of(object), kPlace, value); };
  return made;
}

// The layouts: each stands in the file of its types.
extern const TypeSlots kStopIterationSlots, kSystemExitSlots, kKeyErrorSlots, kMemoryErrorSlots;  // simple_errors.cpp
extern const TypeSlots kImportErrorSlots, kNameErrorSlots, kAttributeErrorSlots;                  // named_errors.cpp
extern const TypeSlots kOsErrorSlots;                                                             // os_error.cpp
extern const TypeSlots kSyntaxErrorSlots;                                                         // syntax_error.cpp
extern const TypeSlots kUnicodeDecodeErrorSlots, kUnicodeEncodeErrorSlots,
    kUnicodeTranslateErrorSlots;              // unicode_errors.cpp
extern const TypeSlots kExceptionGroupSlots;  // exception_group.cpp

}  // namespace ouro::detail
