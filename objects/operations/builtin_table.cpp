// The functions of builtins as objects, and the dict of all its names.
#include <ouro/base/error_kinds.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/aggregate.h>
#include <ouro/objects/core/detail/index_arguments.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/functions/module_function.h>
#include <ouro/objects/iterators/detail/generator_parts.h>
#include <ouro/objects/iterators/lazy_iterators.h>
#include <ouro/objects/numbers/arithmetic.h>
#include <ouro/objects/operations/builtin_functions.h>
#include <ouro/objects/text/format.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

#include <string_view>

namespace ouro {

namespace {

// ---- Functions whose arguments say more than C++'s do ----

/// Without an argument CPython looks at the frame that calls, and there is none.
Object& of_frame(Object* object) {
  if (object == nullptr) raise(ErrorKind::kSystemError, "frame does not exist");
  return *object;
}

Ref<Str> formatted(Object& value, Object* spec) {
  if (spec == nullptr) return format(value);
  if (!is<Str>(*spec))
    raise(ErrorKind::kTypeError,
          fmt::format("format() argument 2 must be str, not {}", is_none(*spec) ? "None" : spec->type->name));
  return format(value, static_cast<Str&>(*spec));
}

Ref<> attribute(Object& object, Object& name, Object* fallback) {
  return fallback != nullptr ? get_attribute(object, name, *fallback) : detail::get_attribute_or_fail(object, name);
}

Ref<> iterator(Object& object, Object* sentinel) {
  return sentinel != nullptr ? Ref<>(iterate(object, *sentinel)) : iterate(object);
}

/// What a generator returns is the value of the StopIteration.
Ref<> step(Object& iterator) {
  Generator* const generator = as<Generator>(iterator);
  return generator != nullptr ? detail::send_or_fail(*generator, builtins_of(iterator).none())
                              : detail::next_or_fail(iterator);
}

Ref<> next_or_fallback(Object& iterator, Object* fallback) {
  const FailureMark mark(heap_of(iterator).failures);
  if (Ref<> item = step(iterator)) return item;
  if (mark.failed() && (fallback == nullptr || !mark.failed(ErrorKind::kStopIteration))) return {};
  if (fallback == nullptr) return fail(iterator, ErrorKind::kStopIteration);
  mark.forget();
  return share(*fallback);
}

Ref<> power(Object& base, Object& exponent, Object* modulus) {
  return modulus != nullptr ? pow(base, exponent, *modulus) : pow(base, exponent);
}

constexpr Parameters kMaxKeywords = parameters("max(*, key=None, default=None)");
constexpr Parameters kMinKeywords = parameters("min(*, key=None, default=None)");

/// `max(iterable, *, key, default)`, `max(first, second, ..., *, key)`, and the same of min.
Ref<> extreme(Object& module, const Arguments& given, Comparison better) {
  const bool is_max = better == Comparison::kGreater;
  const std::string_view name = is_max ? "max" : "min";
  if (given.positional.empty()) raise(ErrorKind::kTypeError, fmt::format("{} expected at least 1 argument, got 0", name));
  const PlacedArguments<2> named(is_max ? kMaxKeywords : kMinKeywords, {{}, given.keyword_names, given.keyword_values});
  const bool several = given.positional.size() > 1;
  if (several && named[1] != nullptr)
    raise(ErrorKind::kTypeError, fmt::format("Cannot specify a default for {}() with multiple positional arguments", name));
  const Ref<> among = several ? make_tuple(builtins_of(module), given.positional) : share(*given.positional[0]);
  return is_max ? max_of(*among, named[0], named[1]) : min_of(*among, named[0], named[1]);
}

constexpr Parameters kSortKeywords = parameters("sort(*, key=None, reverse=False)");

/// The list is made before the keywords are looked at.
Ref<List> sorted_list(const Arguments& given) {
  if (given.positional.size() != 1)
    raise(ErrorKind::kTypeError, fmt::format("sorted expected 1 argument, got {}", given.positional.size()));
  Ref<List> made = list_from(*given.positional[0]);
  const PlacedArguments<2> named(kSortKeywords, {{}, given.keyword_names, given.keyword_values});
  const bool backwards = detail::flag_argument(named[1]);
  made->sort(named[0] == nullptr || is_none(*named[0]) ? nullptr : named[0], backwards);
  return made;
}

// ---- The table ----

constexpr Attribute kFunctions[] = {
    function(
        "abs(x, /)", [](Object&, Object& x) { return absolute(x); }, "Return the absolute value of the argument."),
    function(
        "all(iterable, /)", [](Object&, Object& iterable) { return all_of(iterable); },
        "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True."),
    function(
        "any(iterable, /)", [](Object&, Object& iterable) { return any_of(iterable); },
        "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False."),
    function(
        "ascii(obj, /)", [](Object&, Object& object) { return ascii(object); },
        "Return an ASCII-only representation of an object.\n\nAs repr(), return a string containing a printable "
        "representation of an\nobject, but escape the non-ASCII characters in the string returned by\nrepr() using \\\\x, "
        "\\\\u or \\\\U escapes. This generates a string similar\nto that returned by repr() in Python 2."),
    function(
        "bin(number, /)", [](Object&, Object& number) { return bin(number); },
        "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'"),
    function(
        "callable(obj, /)", [](Object&, Object& object) { return is_callable(object); },
        "Return whether the object is callable (i.e., some kind of function).\n\nNote that classes are callable, as are "
        "instances of classes with a\n__call__() method."),
    function(
        "chr(i, /)", [](Object&, Object& code_point) { return chr(code_point); },
        "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."),
    function(
        "delattr(obj, name, /)", [](Object&, Object& object, Object& name) { delete_attribute(object, name); },
        "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y``"),
    function(
        "dir(object=None, /)", [](Object&, Object* object) { return dir(of_frame(object)); },
        "dir([object]) -> list of strings\n\nIf called without an argument, return the names in the current scope.\nElse, "
        "return an alphabetized list of names comprising (some of) the attributes\nof the given object, and of attributes "
        "reachable from it.\nIf the object supplies a method named __dir__, it will be used; otherwise\nthe default dir() "
        "logic is used and returns:\n  for a module object: the module's attributes.\n  for a class object:  its "
        "attributes, and recursively the attributes\n    of its bases.\n  for any other object: its attributes, its class's "
        "attributes, and\n    recursively the attributes of its class's base classes."),
    function(
        "divmod(x, y, /)", [](Object&, Object& x, Object& y) { return divmod(x, y); },
        "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x."),
    function(
        "format(value, format_spec='', /)", [](Object&, Object& value, Object* spec) { return formatted(value, spec); },
        "Return value.__format__(format_spec)\n\nformat_spec defaults to the empty string.\nSee the Format Specification "
        "Mini-Language section of help('FORMATTING') for\ndetails."),
    function(
        "getattr(object, name, default=None, /)",
        [](Object&, Object& object, Object& name, Object* fallback) { return attribute(object, name, fallback); },
        "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; getattr(x, 'y') is equivalent "
        "to x.y.\nWhen a default argument is given, it is returned when the attribute doesn't\nexist; without it, an "
        "exception is raised in that case."),
    function(
        "hasattr(obj, name, /)", [](Object&, Object& object, Object& name) { return has_attribute(object, name); },
        "Return whether the object has an attribute with the given name.\n\nThis is done by calling getattr(obj, name) and "
        "catching AttributeError."),
    function(
        "hash(obj, /)", [](Object&, Object& object) { return hash(object); },
        "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, "
        "but the\nreverse is not necessarily true."),
    function(
        "hex(number, /)", [](Object&, Object& number) { return hex(number); },
        "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'"),
    function(
        "id(obj, /)", [](Object&, Object& object) { return id(object); },
        "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing "
        "objects.\n(CPython uses the object's memory address.)"),
    function(
        "isinstance(obj, class_or_tuple, /)",
        [](Object&, Object& object, Object& info) { return is_instance_of(object, info); },
        "Return whether an object is an instance of a class or of a subclass thereof.\n\nA tuple, as in ``isinstance(x, (A, "
        "B, ...))``, may be given as the target to\ncheck against. This is equivalent to ``isinstance(x, A) or "
        "isinstance(x, B)\nor ...`` etc."),
    function(
        "issubclass(cls, class_or_tuple, /)",
        [](Object&, Object& derived, Object& info) { return is_subclass_of(derived, info); },
        "Return whether 'cls' is derived from another class or is the same class.\n\nA tuple, as in ``issubclass(x, (A, B, "
        "...))``, may be given as the target to\ncheck against. This is equivalent to ``issubclass(x, A) or issubclass(x, "
        "B)\nor ...``."),
    function(
        "iter(object, sentinel=None, /)",
        [](Object&, Object& object, Object* sentinel) { return iterator(object, sentinel); },
        "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.  In the first "
        "form, the argument must\nsupply its own iterator, or be a sequence.\nIn the second form, the callable is called "
        "until it returns the sentinel."),
    function(
        "len(obj, /)", [](Object&, Object& object) { return length(object); }, "Return the number of items in a container."),
    function(
        "max(*args, **kwargs)",
        [](Object& module, const Arguments& given) { return extreme(module, given, Comparison::kGreater); },
        "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a "
        "single iterable argument, return its biggest item. The\ndefault keyword-only argument specifies an object to "
        "return if\nthe provided iterable is empty.\nWith two or more arguments, return the largest argument."),
    function(
        "min(*args, **kwargs)",
        [](Object& module, const Arguments& given) { return extreme(module, given, Comparison::kLess); },
        "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a "
        "single iterable argument, return its smallest item. The\ndefault keyword-only argument specifies an object to "
        "return if\nthe provided iterable is empty.\nWith two or more arguments, return the smallest argument."),
    function(
        "next(iterator, default=None, /)",
        [](Object&, Object& iterator, Object* fallback) { return next_or_fallback(iterator, fallback); },
        "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given and the iterator\nis "
        "exhausted, it is returned instead of raising StopIteration."),
    function(
        "oct(number, /)", [](Object&, Object& number) { return oct(number); },
        "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'"),
    function(
        "ord(c, /)", [](Object&, Object& character) { return ord(character); },
        "Return the Unicode code point for a one-character string."),
    function(
        "pow(base, exp, mod=None)",
        [](Object&, Object& base, Object& exponent, Object* modulus) { return power(base, exponent, modulus); },
        "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments\n\nSome types, such as ints, are able "
        "to use a more efficient algorithm when\ninvoked using the three argument form."),
    function(
        "repr(obj, /)", [](Object&, Object& object) { return repr(object); },
        "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, "
        "eval(repr(obj)) == obj."),
    function(
        "round(number, ndigits=None)", [](Object&, Object& number, Object* digits) { return round(number, digits); },
        "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or "
        "None.  Otherwise\nthe return value has the same type as the number.  ndigits may be negative."),
    function(
        "setattr(obj, name, value, /)",
        [](Object&, Object& object, Object& name, Object& value) { set_attribute(object, name, value); },
        "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y "
        "= v``"),
    function(
        "sorted(*args, **kwargs)", [](Object&, const Arguments& given) { return sorted_list(given); },
        "Return a new list containing all items from the iterable in ascending order.\n\nA custom key function can be "
        "supplied to customize the sort order, and the\nreverse flag can be set to request the result in descending order."),
    function(
        "sum(iterable, /, start=0)", [](Object&, Object& iterable, Object* start) { return sum(iterable, start); },
        "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, return "
        "the start value.\nThis function is intended specifically for use with numeric values and may\nreject non-numeric "
        "types."),
    function(
        "vars(object=None, /)", [](Object&, Object* object) { return vars(of_frame(object)); },
        "vars([object]) -> dictionary\n\nWithout arguments, equivalent to locals().\nWith an argument, equivalent to "
        "object.__dict__."),
};

constexpr char kModuleName[] = "builtins";

constexpr Kind kTypes[] = {
    Kind::kObject,       Kind::kType,        Kind::kBool,      Kind::kInt,        Kind::kFloat,       Kind::kComplex,
    Kind::kStr,          Kind::kBytes,       Kind::kByteArray, Kind::kMemoryView, Kind::kTuple,       Kind::kList,
    Kind::kDict,         Kind::kSet,         Kind::kFrozenSet, Kind::kRange,      Kind::kSliceObject, Kind::kProperty,
    Kind::kStaticMethod, Kind::kClassMethod, Kind::kSuper,     Kind::kEnumerate,  Kind::kZip,         Kind::kMap,
    Kind::kFilter,       Kind::kReversed,
};

}  // namespace

Ref<> builtin_function(Builtins& builtins, std::string_view name) {
  for (const ModuleFunction& function : kFunctionsOf<kFunctions, kModuleName>)
    if (function.attribute->parameters.name == name) return make_module_function(function, builtins.none());
  return {};
}

Ref<Dict> builtin_functions(Builtins& builtins, Object* module) {
  const Ref<> owner = module != nullptr ? share(*module) : make_none(builtins);
  Ref<Dict> made = make_dict(builtins);
  const auto add = [&](std::string_view name, Object& value) { made->set(*intern(builtins, name), value); };
  add_functions(*made, *owner, kFunctionsOf<kFunctions, kModuleName>);
  for (const Kind kind : kTypes) add(builtins.type(kind).name, builtins.type(kind));
  for (const ErrorType& error : kErrorTypes) add(error.name, builtins.type(error.kind));
  for (const std::string_view alias : {"EnvironmentError", "IOError"}) add(alias, builtins.type(ErrorKind::kOSError));
  add("None", builtins.none());
  add("True", builtins.boolean(true));
  add("False", builtins.boolean(false));
  add("NotImplemented", builtins.not_implemented());
  add("Ellipsis", builtins.ellipsis());
  return made;
}

}  // namespace ouro
