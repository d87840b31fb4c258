// The behaviour of traceback entries (CPython: Python/traceback.c).
#include <ouro/base/error.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

namespace ouro {

namespace {

/// `entry.tb_next = next`. A chain that ends in itself is refused.
void set_next(Traceback& entry, Object* value) {
  if (value == nullptr) raise(ErrorKind::kTypeError, "can't delete tb_next attribute");
  if (!is_none(*value) && !is<Traceback>(*value))
    raise(ErrorKind::kTypeError, fmt::format("expected traceback object, got '{}'", value->type->name));
  auto* const next = as<Traceback>(*value);
  for (const Traceback* step = next; step != nullptr; step = step->next_entry())
    if (step == &entry) raise(ErrorKind::kValueError, "traceback loop detected");
  store(entry.next, Ref<>::share(next).release());
}

Ref<> get_next(Traceback& entry) { return entry.next != nullptr ? share(*entry.next) : make_none(builtins_of(entry)); }

constexpr Attribute kAttributes[] = {
    property(
        "tb_next", [](Traceback& entry) { return get_next(entry); },
        [](Traceback& entry, Object* value) { set_next(entry, value); }, ""),
    property(
        "tb_lineno", [](Traceback& entry) { return entry.line; }, ""),
    member(
        "tb_frame",
        [](Traceback& entry) { return entry.frame != nullptr ? share(*entry.frame) : make_none(builtins_of(entry)); }, ""),
    property(
        "tb_lasti", [](Traceback& entry) { return entry.instruction; }, ""),
    member(
        "tb_file", [](Traceback& entry) { return share(*entry.file); }, "the source file of the code"),
    member(
        "tb_function", [](Traceback& entry) { return share(*entry.function); }, "the name of the function"),
};

void clear_slot(Object& object) noexcept {
  store(static_cast<Traceback&>(object).next, nullptr);
  store(static_cast<Traceback&>(object).frame, nullptr);
}

std::string edge_name_slot(const Object&, std::size_t number) {
  constexpr const char* kNames[] = {".tb_next", ".tb_file", ".tb_function", ".tb_frame"};
  return kNames[number];
}

}  // namespace

std::string_view Traceback::file_text() const noexcept { return text(static_cast<const Str&>(*file)); }
std::string_view Traceback::function_text() const noexcept { return text(static_cast<const Str&>(*function)); }

Ref<Traceback> make_traceback(Builtins& builtins, Traceback* next, std::string_view file, std::int64_t line,
                              std::string_view function) {
  Ref<> held = Ref<>::share(next);
  Ref<Str> file_name = intern(builtins, file);
  Ref<Str> function_name = intern(builtins, function);
  return make<Traceback>(builtins.type(Kind::kTraceback), sizeof(Traceback), [&](Traceback& made) noexcept {
    made.next = held.release();
    made.file = file_name.release();
    made.function = function_name.release();
    made.frame = nullptr;
    made.line = line;
    made.instruction = -1;
  });
}

Ref<Traceback> make_traceback(Traceback* next, Str& file, Str& function, Object& frame, std::int64_t line,
                              std::int64_t instruction) {
  Ref<> held[] = {Ref<>::share(next), share<Object>(file), share<Object>(function), share(frame)};
  return make<Traceback>(builtins_of(file).type(Kind::kTraceback), sizeof(Traceback), [&](Traceback& made) noexcept {
    made.next = held[0].release();
    made.file = held[1].release();
    made.function = held[2].release();
    made.frame = held[3].release();
    made.line = line;
    made.instruction = instruction;
  });
}

constinit const TypeSlots detail::kTracebackSlots{
    .name = "traceback",
    .kind = Kind::kTraceback,
    .flags = kContainerType,
    .size = sizeof(Traceback),
    .edges = Traceback::kEdges,
    .doc = "An entry of the way that an exception took.",
    .dismantle = detail::dismantle_as<Traceback>,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .repr = default_repr,
    .hash = default_hash,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
