// Numbers of names, constants and slots; the finished code.
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/text/intern.h>
#include <ouro/script/compiler/unit.h>

#include <algorithm>
#include <utility>

namespace ouro::script {

namespace {

std::string qualified(const Scope& scope, const Unit* outer, const std::string& name) {
  if (outer == nullptr || outer->scope.sort == Scope::Sort::kModule) return name;
  const auto found = outer->scope.symbols.find(scope.name);
  if (found != outer->scope.symbols.end() && found->second.where == Where::kGlobalExplicit) return name;
  return outer->qualified_name + (outer->scope.is_function() ? ".<locals>." : ".") + name;
}

bool uses_slot(Op op) noexcept {
  switch (op) {
    case Op::kMakeCell:
    case Op::kLoadClosure:
    case Op::kLoadCell:
    case Op::kLoadClassCell:
    case Op::kStoreCell:
    case Op::kDeleteCell:
      return true;
    default:
      return false;
  }
}

}  // namespace

Unit::Unit(const Scope& its_scope, Unit* around, std::string its_name)
    : scope(its_scope), outer(around), name(std::move(its_name)), qualified_name(qualified(its_scope, around, name)) {
  emitter.set_switching(around != nullptr && around->emitter.is_switching());
  for (const auto& [symbol_name, symbol] : scope.symbols) {
    if (symbol.where == Where::kCell) cell_names_.push_back(symbol_name);
    if (symbol.where == Where::kFree || (symbol.uses & kFreeOfClass) != 0) free_names_.push_back(symbol_name);
  }
  if (scope.needs_class_cell) cell_names_.push_back("__class__");
}

std::uint32_t Unit::constant_number(Constant constant) {
  const auto [place, is_new] = constant_numbers_.try_emplace(constant.key, static_cast<std::uint32_t>(constants_.size()));
  if (is_new) constants_.push_back(std::move(constant));
  return place->second;
}

std::uint32_t Unit::name_number(std::string_view wanted) {
  const auto [place, is_new] = name_numbers_.try_emplace(wanted, static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.push_back(wanted);
  return place->second;
}

std::uint32_t Unit::local_slot(std::string_view wanted) {
  const auto [place, is_new] = local_slots_.try_emplace(wanted, static_cast<std::uint32_t>(locals_.size()));
  if (is_new) locals_.push_back(wanted);
  return place->second;
}

std::uint32_t Unit::cell_slot(std::string_view wanted) {
  const auto cell = std::ranges::find(cell_names_, wanted);
  const auto place = static_cast<std::uint32_t>(cell - cell_names_.begin());
  if (cell != cell_names_.end()) return kCellBit | place;
  const auto free = std::ranges::find(free_names_, wanted);
  return kCellBit | static_cast<std::uint32_t>(cell_names_.size() + static_cast<std::size_t>(free - free_names_.begin()));
}

bool Unit::is_parameter(std::string_view wanted) const {
  const auto found = local_slots_.find(wanted);
  return found != local_slots_.end() && found->second < body.all_parameters();
}

void Unit::begin() {
  if (!free_names_.empty()) emitter.emit(Op::kCopyFreeVariables, static_cast<std::uint32_t>(free_names_.size()));
  for (std::uint32_t i = 0; i < cell_names_.size(); ++i) emitter.emit(Op::kMakeCell, kCellBit | i);
}

/// Gives cells their slots: that of the parameter, or one behind the locals.
void Unit::place_cells() {
  std::vector<std::uint32_t> slots;
  std::vector<std::string_view> own;
  const auto first = static_cast<std::uint32_t>(locals_.size());
  for (const std::string_view cell : cell_names_) {
    if (is_parameter(cell)) {
      slots.push_back(local_slots_.at(cell));
      body.parameter_cells.push_back(slots.back());
    } else {
      slots.push_back(first + static_cast<std::uint32_t>(own.size()));
      own.push_back(cell);
    }
  }
  body.locals = first;
  body.cells = static_cast<std::uint32_t>(own.size());
  body.free = static_cast<std::uint32_t>(free_names_.size());
  for (std::uint32_t i = 0; i < body.free; ++i) slots.push_back(first + body.cells + i);
  locals_.insert(locals_.end(), own.begin(), own.end());
  locals_.insert(locals_.end(), free_names_.begin(), free_names_.end());
  for (std::size_t at = 0; at < body.words.size();) {
    Word& word = body.words[at];
    const Op op = op_of(word);
    if (uses_slot(op) && (argument_of(word) & kCellBit) != 0) word = make_word(op, slots[argument_of(word) & ~kCellBit]);
    at += 1U + cache_words(op);
  }
}

Ref<Code> Unit::finish(Constants& constants, Str& file) {
  emitter.finish(body);
  place_cells();
  Builtins& builtins = constants.builtins();
  const auto names_of = [&](const std::vector<std::string_view>& all) {
    std::vector<Ref<Str>> made;
    for (const std::string_view one : all) made.push_back(intern(builtins, one));
    return build_tuple(builtins, made.size(), [&](std::size_t i) noexcept { return made[i]; });
  };
  const Ref<Tuple> values =
      build_tuple(builtins, constants_.size(), [&](std::size_t i) noexcept { return share(*constants_[i].object); });
  const Ref<Tuple> names = names_of(names_);
  const Ref<Tuple> variables = names_of(locals_);
  const Ref<Str> own_name = intern(builtins, name);
  const Ref<Str> full_name = intern(builtins, qualified_name);
  return make_code(builtins, {*values, *names, *variables, file, *own_name, *full_name}, std::move(body));
}

}  // namespace ouro::script
