// Cells (CPython: Objects/cellobject.c).
#include <ouro/base/error.h>
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/slot_tables.h>
#include <ouro/objects/core/ordering.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/dismantle.h>
#include <ouro/objects/modules/cell.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <array>

namespace ouro {

namespace {

Cell& cell_of(Object& object) noexcept { return static_cast<Cell&>(object); }

void clear_slot(Object& object) noexcept { cell_of(object).clear(); }
std::string edge_name_slot(const Object&, std::size_t) { return ".cell_contents"; }

Ref<> repr_slot(Object& object) {
  const void* const at = &object;
  const Object* const contents = cell_of(object).contents;
  return make_str(builtins_of(object), contents == nullptr
                                           ? fmt::format("<cell at {}: empty>", at)
                                           : fmt::format("<cell at {}: {} object at {}>", at, contents->type->name,
                                                         static_cast<const void*>(contents)));
}

/// By what is in them; an empty one is less than all others.
Answer compare_slot(Object& left, Object& right, Comparison op) {
  if (!is<Cell>(left) || !is<Cell>(right)) return Answer::kNotImplemented;
  const Ref<> mine = Ref<>::share(cell_of(left).contents);
  const Ref<> other = Ref<>::share(cell_of(right).contents);
  if (mine && other) return compare(*mine, *other, op) ? Answer::kYes : Answer::kNo;
  return detail::answer(static_cast<bool>(mine) <=> static_cast<bool>(other), op);
}

constexpr Parameters kParameters = parameters("cell(contents=None, /)");

Ref<> construct_slot(Type& type, const Arguments& arguments) {
  const PlacedArguments<1> given(kParameters, arguments);
  return make_cell(*type.heap->builtins, given[0]);
}

constexpr Attribute kAttributes[] = {
    property(
        "cell_contents", [](Cell& cell) { return share(cell.get()); },
        [](Cell& cell, Object* value) { value != nullptr ? cell.set(*value) : cell.clear(); }, ""),
};

}  // namespace

Object& Cell::get() const {
  if (contents == nullptr) raise(ErrorKind::kValueError, "Cell is empty");
  return *contents;
}

void Cell::set(Object& value) {
  expect_one_runtime(*this, value);
  store(contents, share(value).release());
}

Ref<Cell> make_cell(Builtins& builtins, Object* contents) {
  Ref<> held = Ref<>::share(contents);  // making the cell may collect
  return make<Cell>(builtins.type(Kind::kCell), sizeof(Cell), [&](Cell& made) noexcept { made.contents = held.release(); });
}

constinit const TypeSlots detail::kCellSlots{
    .name = "cell",
    .kind = Kind::kCell,
    .flags = kContainerType,
    .size = sizeof(Cell),
    .edges = Cell::kEdges,
    .doc =
        "Create a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n "
        " "
        "  and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.",
    .dismantle = detail::dismantle_as<Cell>,
    .clear = clear_slot,
    .edge_name = edge_name_slot,
    .repr = repr_slot,
    .compare = compare_slot,
    .construct = construct_slot,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro
