// Looking names up, binding and deleting them.
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/modules/cell.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/operations.h>

#include <fmt/format.h>

namespace ouro::script {

namespace {

/// NameError with the name as its attribute, for suggestions.
void fail_with_name(ErrorKind kind, std::string_view message, Str& name) {
  Builtins& builtins = builtins_of(name);
  const Ref<BaseException> error = make_exception(builtins, kind, message);
  set_attribute(*error, *intern(builtins, "name"), name);
  static_cast<void>(fail(*error));
}

void fail_undefined(Str& name) {
  fail_with_name(ErrorKind::kNameError, fmt::format("name '{}' is not defined", text(name)), name);
}

/// What a namespace that is no dict has; empty if it has nothing, or if looking failed.
Ref<> find_in_mapping(Object& mapping, Str& name) {
  Heap& heap = heap_of(mapping);
  const FailureMark mark(heap.failures);
  Ref<> found = ouro::detail::fail_if_thrown(heap, [&] { return ouro::detail::get_item_or_fail(mapping, name); });
  if (mark.failed(ErrorKind::kKeyError)) mark.forget();
  return found;
}

}  // namespace

Object* load_name(Interpreter& interpreter, Activation& activation, Str& name) {
  Object& locals = *activation.locals;
  if (is_exact<Dict>(locals)) {
    if (Object* const found = static_cast<Dict&>(locals).find(name)) return share(*found).release();
  } else {
    const FailureMark mark(interpreter.heap().failures);
    Ref<> found = find_in_mapping(locals, name);
    if (found || mark.failed()) return found.release();
  }
  Object* found = activation.globals->find(name);
  if (found == nullptr) found = activation.built_ins->find(name);
  if (found != nullptr) return share(*found).release();
  fail_undefined(name);
  return nullptr;
}

void store_name(Activation& activation, Str& name, Object& value) {
  if (is_exact<Dict>(*activation.locals)) return static_cast<Dict&>(*activation.locals).set(name, value);
  set_item(*activation.locals, name, value);
}

bool delete_name(Activation& activation, Str& name) {
  Object& locals = *activation.locals;
  if (is_exact<Dict>(locals)) {
    if (static_cast<Dict&>(locals).discard(name)) return true;
    fail_undefined(name);
    return false;
  }
  Heap& heap = heap_of(locals);
  const FailureMark mark(heap.failures);
  static_cast<void>(ouro::detail::fail_if_thrown(heap, [&] {
    delete_item(locals, name);
    return Ref<>();
  }));
  if (mark.failed(ErrorKind::kKeyError)) {
    mark.forget();
    fail_undefined(name);
  }
  return !mark.failed();
}

namespace {

/// Where a dict has a key that is there, as 1 + the number of its pair.
Word place_in(const Dict& dict, const Str& name) noexcept {
  for (std::uint32_t i = 0; i < dict.used; ++i)
    if (dict.pairs[i].key == &name) return i + 1;
  return 0;
}

}  // namespace

Object* load_global(Activation& activation, Str& name, Word* cache) {
  if (Object* const found = activation.globals->find(name)) {
    cache[0] = place_in(*activation.globals, name);
    return share(*found).release();
  }
  const Dict& built_ins = *activation.built_ins;
  const std::uint32_t place = cache[1] - 1;
  if (place < built_ins.used && built_ins.pairs[place].key == &name) return share(*built_ins.pairs[place].value).release();
  if (Object* const found = built_ins.find(name)) {
    cache[1] = place_in(built_ins, name);
    return share(*found).release();
  }
  fail_undefined(name);
  return nullptr;
}

bool delete_global(Activation& activation, Str& name) {
  if (activation.globals->discard(name)) return true;
  fail_undefined(name);
  return false;
}

Object* load_class_cell(Activation& activation, std::uint32_t slot) {
  Str& name = activation.code->variable(slot);
  Object& locals = *activation.locals;
  const FailureMark mark(heap_of(locals).failures);
  Ref<> found = is_exact<Dict>(locals) ? Ref<>::share(static_cast<Dict&>(locals).find(name)) : find_in_mapping(locals, name);
  if (found || mark.failed()) return found.release();
  Object* const contents = static_cast<Cell&>(*activation.slots[slot]).contents;
  if (contents != nullptr) return share(*contents).release();
  fail_unbound_cell(activation, slot);
  return nullptr;
}

void fail_unbound(const Activation& activation, std::uint32_t slot) {
  Str& name = activation.code->variable(slot);
  fail_with_name(ErrorKind::kUnboundLocalError,
                 fmt::format("cannot access local variable '{}' where it is not associated with a value", text(name)), name);
}

void fail_unbound_cell(const Activation& activation, std::uint32_t slot) {
  const CodeBody& body = *activation.code->body;
  if (slot < body.slots() - body.free) return fail_unbound(activation, slot);
  Str& name = activation.code->variable(slot);
  fail_with_name(
      ErrorKind::kNameError,
      fmt::format("cannot access free variable '{}' where it is not associated with a value in enclosing scope", text(name)),
      name);
}

}  // namespace ouro::script
