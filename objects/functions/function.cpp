// Functions as objects: their layout, their slots, and how they are made.
#include <ouro/base/bits.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/hold.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/functions/detail/call_native.h>
#include <ouro/objects/functions/detail/function_parts.h>
#include <ouro/objects/functions/detail/signature.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/messages/copied.h>
#include <ouro/objects/text/intern.h>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace ouro {

std::string_view name_of(const Function& function) noexcept { return text(static_cast<const Str&>(*function.name)); }

namespace detail {

namespace {

/// The last word leads to what few functions have (function_parts.h).
std::size_t bytes_of(std::size_t captured, std::size_t state_bytes) noexcept {
  return sizeof(Function) + captured * sizeof(Object*) + align_up(state_bytes, sizeof(Object*)) + sizeof(Object*);
}

std::size_t bytes_of_function(const Object& object) noexcept {
  const auto& function = static_cast<const Function&>(object);
  return bytes_of(function.captured, function.behaviour->state_bytes);
}

void traverse_function(const Object& object, Visitor visit) noexcept {
  const auto& function = static_cast<const Function&>(object);
  visit(function.name);
  visit(function.parameters);
  visit(extras_of(const_cast<Function&>(function)));
  for (Object* const kept : function.kept()) visit(kept);
  if (function.behaviour->traverse != nullptr) function.behaviour->traverse(function.state(), visit);
}

std::string name_of_edge(const Object& object, std::size_t number) {
  const auto& function = static_cast<const Function&>(object);
  if (number == 0) return ".__name__";
  const std::size_t before_extras = function.parameters != nullptr ? 2 : 1;
  const std::size_t before_kept = before_extras + (extras_of(const_cast<Function&>(function)) != nullptr ? 1 : 0);
  if (number < before_extras) return ".parameters";
  if (number < before_kept) return ".__dict__";
  if (number - before_kept < function.captured) return fmt::format(".kept[{}]", number - before_kept);
  const std::size_t in_state = number - before_kept - function.captured;
  return function.behaviour->edge_name != nullptr ? function.behaviour->edge_name(function.state(), in_state) : ".state";
}

// Name and parameters cannot close a cycle. A kept object becomes None, so that the function can still be called.
void clear_function(Object& object) noexcept {
  auto& function = static_cast<Function&>(object);
  store(extras_of(function), nullptr);
  for (std::uint32_t i = 0; i < function.captured; ++i) store(function.first[i], &builtins_of(object).none());
  if (function.behaviour->clear != nullptr) function.behaviour->clear(function.state());
}

void release_function(Object& object) noexcept {
  auto& function = static_cast<Function&>(object);
  if (function.behaviour->destroy != nullptr) function.behaviour->destroy(function.state());
  for (Object* const kept : function.kept()) decrement(*kept);
  decrement(*function.name);
  if (extras_of(function) != nullptr) decrement(*extras_of(function));
  if (function.parameters != nullptr) decrement(*function.parameters);
}

Ref<> repr_function(Object& object) {
  return make_str(builtins_of(object), fmt::format("<function {} at {}>", name_of(static_cast<const Function&>(object)),
                                                   static_cast<const void*>(&object)));
}

Ref<> call_function(Object& callee, const Arguments& arguments) {
  return call_native(static_cast<Function&>(callee), arguments);
}

}  // namespace

Ref<Function> make_function(Builtins& builtins, const FunctionPlan& plan, void (*build)(void* state, void* from),
                            void* from) {
  HeldItems held(plan.captured);  // making containers may collect
  const SignatureText signature(plan.signature);
  Ref<Str> name = intern(builtins, signature.name);
  const std::string_view first = plan.role == FunctionRole::kConstructor ? "cls" : "";
  Ref<Tuple> parameters = signature.has_list ? parse_parameters(builtins, signature, first, plan.behaviour) : Ref<Tuple>();
  const std::size_t bytes = bytes_of(plan.captured.size(), plan.behaviour.state_bytes);
  Ref<Function> made = make<Function>(builtins.type(Kind::kFunction), bytes, [&](Function& function) noexcept {
    function.behaviour = &plan.behaviour;
    function.name = name.release();
    function.parameters = parameters.release();
    function.captured = static_cast<std::uint32_t>(plan.captured.size());
    function.role = plan.role;
    std::ranges::copy(plan.captured, function.first);
    extras_of(function) = nullptr;
    if (plan.behaviour.state_bytes != 0) build(function.state(), from);
  });
  held.release();
  return made;
}

Object*& extras_of(Function& function) noexcept {
  auto* const end = reinterpret_cast<std::byte*>(&function) + bytes_of_function(function);
  return reinterpret_cast<Object**>(end)[-1];
}

// Foreign, for its state may run anything when it goes.
const TypeSlots kFunctionSlots{
    .name = "function",
    .kind = Kind::kFunction,
    .flags = kContainerType | kWeakableType | kForeignType | kBorrowerType,
    .edges = EdgeLayout::custom(),
    .block_bytes = bytes_of_function,
    .release = release_function,
    .traverse = traverse_function,
    .clear = clear_function,
    .edge_name = name_of_edge,
    .repr = repr_function,
    .hash = default_hash,
    .call = call_function,
    .get_attribute = get_function_attribute,
    .set_attribute = set_function_attribute,
    .attributes = &kFunctionAttributeTable,
    .copy = &kCopiedByName,
};

}  // namespace detail

}  // namespace ouro
