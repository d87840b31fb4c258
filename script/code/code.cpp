// Code objects: life, look-ups by instruction, attributes (CPython: Objects/codeobject.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/code/code.h>
#include <ouro/script/code/quicken.h>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>

namespace ouro::script {

namespace {

const Tuple& tuple_of(const Object* object) noexcept { return static_cast<const Tuple&>(*object); }
Str& str_in(const Object* tuple, std::size_t place) noexcept { return static_cast<Str&>(*tuple_of(tuple).items[place]); }

void release_code(Object& object) noexcept { delete static_cast<Code&>(object).body; }

Ref<> repr_code(Object& object) {
  const auto& code = static_cast<const Code&>(object);
  return make_str(builtins_of(object),
                  fmt::format("<code object {} at {}, file \"{}\", line {}>", code.name_text(),
                              static_cast<const void*>(&object), code.file_text(), code.body->first_line));
}

std::string edge_name_of_code(const Object&, std::size_t number) {
  constexpr const char* kNames[] = {".co_consts", ".co_names", ".co_varnames", ".co_filename", ".co_name", ".co_qualname"};
  return kNames[number];
}

/// The variables of slots [first, last).
Ref<Tuple> variables_between(const Code& code, std::size_t first, std::size_t last) {
  return make_tuple(builtins_of(code), tuple_of(code.variables).view().subspan(first, last - first));
}

/// Parameters that are cells stand among the locals, and are named here as well.
Ref<Tuple> cell_variables(const Code& code) {
  std::vector<Object*> names;
  for (const std::uint32_t slot : code.body->parameter_cells) names.push_back(&code.variable(slot));
  const auto all = tuple_of(code.variables).view();
  for (std::size_t i = 0; i < code.body->cells; ++i) names.push_back(all[code.body->locals + i]);
  return make_tuple(builtins_of(code), std::span<Object* const>(names));
}

constexpr Attribute kAttributes[] = {
    member(
        "co_argcount", [](Code& code) { return code.body->parameters; }, ""),
    member(
        "co_posonlyargcount", [](Code& code) { return code.body->positional_only; }, ""),
    member(
        "co_kwonlyargcount", [](Code& code) { return code.body->keyword_only; }, ""),
    member(
        "co_stacksize", [](Code& code) { return code.body->stack; }, ""),
    member(
        "co_flags", [](Code& code) { return code.body->flags; }, ""),
    member(
        "co_firstlineno", [](Code& code) { return code.body->first_line; }, ""),
    property(
        "co_nlocals", [](Code& code) { return code.body->locals; }, ""),
    member(
        "co_consts", [](Code& code) { return share(*code.constants); }, ""),
    member(
        "co_names", [](Code& code) { return share(*code.names); }, ""),
    property(
        "co_varnames", [](Code& code) { return variables_between(code, 0, code.body->locals); }, ""),
    property(
        "co_cellvars", [](Code& code) { return cell_variables(code); }, ""),
    property(
        "co_freevars",
        [](Code& code) { return variables_between(code, code.body->slots() - code.body->free, code.body->slots()); }, ""),
    member(
        "co_filename", [](Code& code) { return share(*code.file); }, ""),
    member(
        "co_name", [](Code& code) { return share(*code.name); }, ""),
    member(
        "co_qualname", [](Code& code) { return share(*code.qualified_name); }, ""),
};

}  // namespace

Location CodeBody::location_of(std::uint32_t instruction) const noexcept {
  const auto after = std::ranges::upper_bound(locations, instruction, {}, &LocationChange::begin);
  return after == locations.begin() ? Location{} : std::prev(after)->location;
}

const Handler* CodeBody::handler_of(std::uint32_t instruction) const noexcept {
  const auto after = std::ranges::upper_bound(handlers, instruction, {}, &Handler::begin);
  if (after == handlers.begin()) return nullptr;
  const Handler& found = *std::prev(after);
  return instruction < found.end ? &found : nullptr;
}

Str& Code::variable(std::uint32_t slot) const noexcept { return str_in(variables, slot); }
std::string_view Code::file_text() const noexcept { return text(static_cast<const Str&>(*file)); }
std::string_view Code::name_text() const noexcept { return text(static_cast<const Str&>(*name)); }

Ref<Code> make_code(Builtins& builtins, const CodeParts& parts, CodeBody body) {
  auto owned = std::make_unique<CodeBody>(std::move(body));
  constexpr std::uint32_t kOther = kVarArgs | kVarKeywords | kGeneratorCode | kCoroutineCode | kAsyncGeneratorCode;
  if (owned->keyword_only == 0 && (owned->flags & kOther) == 0) owned->simple_arguments = owned->parameters;
  quicken(owned->words);
  Ref<> held[] = {share<Object>(parts.constants), share<Object>(parts.names), share<Object>(parts.variables),
                  share<Object>(parts.file),      share<Object>(parts.name),  share<Object>(parts.qualified_name)};
  return make<Code, Birth::kUntracked>(builtins.type(Code::kKind), sizeof(Code), [&](Code& made) noexcept {
    made.constants = held[0].release();
    made.names = held[1].release();
    made.variables = held[2].release();
    made.file = held[3].release();
    made.name = held[4].release();
    made.qualified_name = held[5].release();
    made.body = owned.release();
  });
}

constinit const TypeSlots kCodeSlots{
    .name = "code",
    .kind = Code::kKind,
    .flags = kContainerType | kWeakableType,
    .size = sizeof(Code),
    .edges = Code::kEdges,
    .dismantle = ouro::detail::dismantle_as<Code, release_code>,
    .release = release_code,
    .edge_name = edge_name_of_code,
    .repr = repr_code,
    .hash = default_hash,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro::script
