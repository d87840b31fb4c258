// Making exceptions, and what C++ code does with them.
#include <ouro/base/error.h>
#include <ouro/objects/classes/class.h>
#include <ouro/objects/classes/derived.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/detail/exception_parts.h>
#include <ouro/objects/errors/exception.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <algorithm>

namespace ouro {

std::span<Object* const> BaseException::arguments() const noexcept { return static_cast<const Tuple*>(args)->view(); }

void BaseException::set_cause(BaseException* given) noexcept {
  flags |= kSuppressContextFlag;
  store(cause, Ref<>::share(given).release());
}

void BaseException::set_context(BaseException* given) noexcept { store(context, Ref<>::share(given).release()); }

void BaseException::set_suppress_context(bool value) noexcept {
  flags = value ? flags | kSuppressContextFlag : flags & ~kSuppressContextFlag;
}

Ref<Dict> BaseException::attributes() { return detail::dict_of_derived(*this); }

void BaseException::add_note(std::string_view note) { add_note(*make_str(builtins_of(*this), note)); }

void BaseException::add_note(Object& note) {
  Builtins& builtins = builtins_of(*this);
  if (!is<Str>(note)) raise(ErrorKind::kTypeError, fmt::format("note must be a str, not '{}'", note.type->name));
  const Ref<> held[] = {share(*this), share(note)};
  const Ref<Str> name = make_str(builtins, "__notes__");
  Ref<> notes = find_attribute(*this, *name);
  if (!notes) {
    notes = make_list(builtins);
    set_attribute(*this, *name, *notes);
  }
  if (!is<List>(*notes)) raise(ErrorKind::kTypeError, "Cannot add note: __notes__ is not a list");
  static_cast<List&>(*notes).append(note);
}

void BaseException::push_traceback(std::string_view file, std::int64_t line, std::string_view function) {
  const Ref<> held = share(*this);
  auto* const inner = static_cast<Traceback*>(traceback);
  store(traceback, make_traceback(builtins_of(*this), inner, file, line, function).release());
}

const ErrorType& nearest_error_type(const Type& type) noexcept {
  if (const ErrorType* const error = error_type_of(type)) return *error;
  if (type.has(kClassType)) {
    const Object* const mro = static_cast<const Class&>(type).mro;
    const auto order = mro != nullptr ? static_cast<const Tuple*>(mro)->view() : std::span<Object* const>();
    for (const Object* const step : order)
      if (const ErrorType* const error = error_type_of(static_cast<const Type&>(*step))) return *error;
  }
  for (const Type* step = type.base; step != nullptr; step = step->base)
    if (const ErrorType* const error = error_type_of(*step)) return *error;
  return error_type(ErrorKind::kBaseException);
}

Ref<BaseException> make_exception(Type& type, std::span<Object* const> args) {
  const Ref<> made = call(type, Arguments{args, {}, {}});
  if (is<BaseException>(*made)) return static_ref_cast<BaseException>(made);
  raise(ErrorKind::kTypeError, fmt::format("calling {} should have returned an instance of BaseException, not {}",
                                           text(*repr(type)), text(*repr(*made->type))));
}

Ref<BaseException> make_exception(Builtins& builtins, ErrorKind kind, std::string_view message) {
  const Ref<Str> argument = make_str(builtins, message);
  Object* const args[] = {argument.get()};
  return make_exception(builtins.type(kind), args);
}

namespace detail {

Ref<BaseException> make_bare_exception(Type& type, Ref<Tuple> args) {
  const std::size_t bytes = type.size;
  return make<BaseException>(type, bytes, [&](BaseException& made) noexcept {
    std::fill_n(&made.args, (bytes - sizeof(Object)) / sizeof(Object*), nullptr);
    made.args = args.release();
  });
}

Ref<> construct_exception(Type& type, const Arguments& arguments) {
  return make_bare_exception(type, make_tuple(*type.heap->builtins, arguments.positional));
}

void expect_no_keywords(const Type& type, const Arguments& arguments) {
  if (!arguments.keyword_names.empty())
    raise(ErrorKind::kTypeError, fmt::format("{}() takes no keyword arguments", type.name));
}

void set_arguments(BaseException& exception, std::span<Object* const> args) {
  const auto old = exception.arguments();
  if (std::ranges::equal(old, args)) return;  // as made by `construct`
  store(exception.args, make_tuple(builtins_of(exception), args).release());
}

void initialise_exception(Object& object, const Arguments& arguments) {
  expect_no_keywords(*object.type, arguments);
  set_arguments(exception_of(object), arguments.positional);
}

void set_member(BaseException& exception, std::size_t place, Object* value) noexcept {
  store(exception.members[place], Ref<>::share(value).release());
}

void place_keywords(std::string_view function, std::span<const std::string_view> names, const Arguments& given,
                    std::span<Object*> places) {
  const std::size_t count = given.keyword_names.size();
  if (count > names.size()) {
    raise(ErrorKind::kTypeError, fmt::format("{}() takes at most {} keyword argument{} ({} given)", function, names.size(),
                                             names.size() == 1 ? "" : "s", count));
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view name = text(static_cast<const Str&>(*given.keyword_names[i]));
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
      raise(ErrorKind::kTypeError, fmt::format("'{}' is an invalid keyword argument for {}()", name, function));
    places[static_cast<std::size_t>(found - names.begin())] = given.keyword_values[i];
  }
}

}  // namespace detail

}  // namespace ouro
