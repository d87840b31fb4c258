// `match`: patterns (CPython: compiler_match in Python/compile.c).
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/script/compiler/detail/compiling.h>

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <utility>

namespace ouro::script {

using ast::ExprContext;
using ast::Kind;

/// What a pattern has done so far. Names are stored when the whole pattern has matched; until then their values lie on the
/// stack, below what is being looked at.
struct Compiling::PatternState {
  std::vector<std::string_view> stores{};
  bool allows_irrefutable = false;
  std::deque<Label> fails{};  ///< by how many values are to be popped there
  std::uint32_t on_top = 0;   ///< values above those of the names
};

/// Puts the top below `count - 1` others.
void Compiling::rotate(std::uint32_t count) {
  for (std::uint32_t i = count; i > 1; --i) emit(Op::kSwap, i);
}

void Compiling::jump_to_fail(PatternState& state, Op op) {
  const std::size_t pops = state.on_top + state.stores.size();
  while (state.fails.size() <= pops) state.fails.emplace_back();
  out().jump(op, state.fails[pops]);
}

void Compiling::bind_fail_labels(PatternState& state) {
  if (state.fails.empty()) return;
  for (std::size_t pops = state.fails.size(); pops-- > 0;) {
    out().bind(state.fails[pops]);
    if (pops > 0) emit(Op::kPop);
  }
  state.fails.clear();
}

void Compiling::fail_if_false(PatternState& state) { jump_to_fail(state, Op::kJumpIfFalse); }

void Compiling::store_name(std::string_view id, PatternState& state, const ast::Span& place) {
  if (ast::is_absent(id)) return emit(Op::kPop);
  if (std::ranges::find(state.stores, id) != state.stores.end())
    refuse(fmt::format("multiple assignments to name '{}' in pattern", id), place);
  rotate(state.on_top + static_cast<std::uint32_t>(state.stores.size()) + 1);
  state.stores.push_back(id);
}

namespace {

bool is_wildcard(const ast::Pattern& node) noexcept {
  const auto* const as = ast::try_as<ast::MatchAs>(&node);
  return as != nullptr && ast::is_absent(as->name);
}
bool is_star_wildcard(const ast::Pattern& node) noexcept {
  const auto* const star = ast::try_as<ast::MatchStar>(&node);
  return star != nullptr && ast::is_absent(star->name);
}

}  // namespace

void Compiling::subpattern(const ast::Pattern& node, PatternState& state) {
  const bool before = std::exchange(state.allows_irrefutable, true);
  pattern(node, state);
  state.allows_irrefutable = before;
}

void Compiling::as_pattern(const ast::MatchAs& node, PatternState& state) {
  if (node.pattern == nullptr) {
    if (!state.allows_irrefutable) {
      if (ast::is_absent(node.name)) refuse("wildcard makes remaining patterns unreachable", node.span);
      refuse(fmt::format("name capture '{}' makes remaining patterns unreachable", node.name), node.span);
    }
    return store_name(node.name, state, node.span);
  }
  ++state.on_top;
  emit(Op::kCopy, 1);
  pattern(*node.pattern, state);
  --state.on_top;
  store_name(node.name, state, node.span);
}

void Compiling::star_pattern(const ast::MatchStar& node, PatternState& state) { store_name(node.name, state, node.span); }

void Compiling::unpacked_sequence(NodeList<ast::Pattern> patterns, std::size_t star, PatternState& state) {
  const auto size = static_cast<std::uint32_t>(patterns.size());
  if (star < patterns.size()) {
    emit(Op::kUnpackStarred, static_cast<std::uint32_t>(star | (patterns.size() - star - 1) << 8));
  } else {
    emit(Op::kUnpackSequence, size);
  }
  state.on_top += size;
  for (const ast::Pattern* const one : patterns) {
    --state.on_top;
    subpattern(*one, state);
  }
}

/// Without the values between: `[first, *_, last]`.
void Compiling::subscripted_sequence(NodeList<ast::Pattern> patterns, std::size_t star, PatternState& state) {
  ++state.on_top;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (i == star || is_wildcard(*patterns[i])) continue;
    emit(Op::kCopy, 1);
    if (i < star) {
      constant(constants_.of(make_int(builtins_, i)));
    } else {
      emit(Op::kGetLength);
      constant(constants_.of(make_int(builtins_, patterns.size() - i)));
      emit(Op::kBinarySubtract);
    }
    emit(Op::kSubscript);
    subpattern(*patterns[i], state);
  }
  --state.on_top;
  emit(Op::kPop);
}

void Compiling::sequence_pattern(const ast::MatchSequence& node, PatternState& state) {
  std::size_t star = node.patterns.size();
  bool only_wildcards = true;
  bool has_star_wildcard = false;
  for (std::size_t i = 0; i < node.patterns.size(); ++i) {
    const ast::Pattern& one = *node.patterns[i];
    if (one.kind == Kind::kMatchStar) {
      if (star < node.patterns.size()) refuse("multiple starred expressions in sequence pattern", node.span);
      has_star_wildcard = is_star_wildcard(one);
      only_wildcards = only_wildcards && has_star_wildcard;
      star = i;
      continue;
    }
    only_wildcards = only_wildcards && is_wildcard(one);
  }
  ++state.on_top;
  emit(Op::kMatchSequence);
  fail_if_false(state);
  const bool has_star = star < node.patterns.size();
  if (!has_star || node.patterns.size() > 1) {
    emit(Op::kGetLength);
    constant(constants_.of(make_int(builtins_, node.patterns.size() - (has_star ? 1 : 0))));
    emit(Op::kCompare, static_cast<std::uint32_t>(has_star ? Comparison::kGreaterEqual : Comparison::kEqual));
    fail_if_false(state);
  }
  --state.on_top;
  if (only_wildcards) return emit(Op::kPop);
  has_star_wildcard ? subscripted_sequence(node.patterns, star, state) : unpacked_sequence(node.patterns, star, state);
}

void Compiling::mapping_pattern(const ast::MatchMapping& node, PatternState& state) {
  const auto size = static_cast<std::uint32_t>(node.keys.size());
  const bool has_rest = !ast::is_absent(node.rest);
  ++state.on_top;
  emit(Op::kMatchMapping);
  fail_if_false(state);
  if (size == 0 && !has_rest) {
    --state.on_top;
    return emit(Op::kPop);
  }
  if (size > 0) {
    emit(Op::kGetLength);
    constant(constants_.of(make_int(builtins_, size)));
    emit(Op::kCompare, static_cast<std::uint32_t>(Comparison::kGreaterEqual));
    fail_if_false(state);
  }
  for (const Expr* const key : node.keys) expression(*key);
  emit(Op::kBuildTuple, size);
  emit(Op::kMatchKeys);
  state.on_top += 2;
  emit(Op::kCopy, 1);
  emit(Op::kLoadConst, unit_->constant_number(constants_.none()));
  emit(Op::kIs, 1);
  fail_if_false(state);
  emit(Op::kUnpackSequence, size);
  state.on_top += size;
  --state.on_top;
  for (const ast::Pattern* const one : node.patterns) {
    --state.on_top;
    subpattern(*one, state);
  }
  // subject, keys
  state.on_top -= 2;
  if (!has_rest) {
    emit(Op::kPop);
    return emit(Op::kPop);
  }
  emit(Op::kBuildMap, 0);           // subject, keys, {}
  emit(Op::kSwap, 3);               // {}, keys, subject
  emit(Op::kDictUpdate, 2);         // copy, keys
  emit(Op::kUnpackSequence, size);  // copy, key...
  for (std::uint32_t left = size; left > 0; --left) {
    emit(Op::kCopy, 1 + left);  // copy, key..., copy
    emit(Op::kSwap, 2);         // copy, key..., copy, key
    emit(Op::kDeleteSubscript);
  }
  store_name(node.rest, state, node.span);
}

void Compiling::class_pattern(const ast::MatchClass& node, PatternState& state) {
  for (std::size_t i = 0; i < node.kwd_attrs.size(); ++i)
    for (std::size_t j = i + 1; j < node.kwd_attrs.size(); ++j)
      if (node.kwd_attrs[i] == node.kwd_attrs[j])
        refuse(fmt::format("attribute name repeated in class pattern: {}", node.kwd_attrs[i]), node.kwd_patterns[j]->span);
  expression(*node.cls);
  std::vector<Constant> names;
  for (const ast::Identifier id : node.kwd_attrs) names.push_back(constants_.text(id));
  constant(constants_.tuple(names));
  emit(Op::kMatchClass, static_cast<std::uint32_t>(node.patterns.size()));
  emit(Op::kCopy, 1);
  constant(constants_.none());
  emit(Op::kIs, 1);
  ++state.on_top;
  fail_if_false(state);
  const auto all = static_cast<std::uint32_t>(node.patterns.size() + node.kwd_patterns.size());
  emit(Op::kUnpackSequence, all);
  state.on_top += all;
  --state.on_top;
  for (const auto& part : {node.patterns, node.kwd_patterns})
    for (const ast::Pattern* const one : part) {
      --state.on_top;
      subpattern(*one, state);
    }
}

void Compiling::or_pattern(const ast::MatchOr& node, PatternState& state) {
  Label end;
  PatternState outer = std::move(state);
  std::vector<std::string_view> control;
  for (std::size_t i = 0; i < node.patterns.size(); ++i) {
    state = PatternState{};
    state.allows_irrefutable = i + 1 == node.patterns.size() && outer.allows_irrefutable;
    emit(Op::kCopy, 1);
    pattern(*node.patterns[i], state);
    if (i == 0) {
      control = state.stores;
    } else {
      if (state.stores.size() != control.size()) refuse("alternative patterns bind different names", node.span);
      // The names of all alternatives lie in the same order.
      for (std::size_t at = control.size(); at-- > 0;) {
        const auto found = std::ranges::find(state.stores, control[at]);
        if (found == state.stores.end()) refuse("alternative patterns bind different names", node.span);
        const auto place = static_cast<std::size_t>(found - state.stores.begin());
        if (place == at) continue;
        // The value of the first name lies on top.
        const auto a = static_cast<std::uint32_t>(place + 1);
        const auto b = static_cast<std::uint32_t>(at + 1);
        if (a > 1) emit(Op::kSwap, a);
        if (b > 1) emit(Op::kSwap, b);
        if (a > 1) emit(Op::kSwap, a);
        std::swap(state.stores[place], state.stores[at]);
      }
    }
    out().jump(Op::kJump, end);
    bind_fail_labels(state);
  }
  state = std::move(outer);
  emit(Op::kPop);
  jump_to_fail(state, Op::kJump);
  out().bind(end);
  const auto count = static_cast<std::uint32_t>(control.size());
  // The subject still lies below the values of the names; those go below what is being looked at.
  const std::uint32_t below = count + 1 + state.on_top + static_cast<std::uint32_t>(state.stores.size());
  for (const std::string_view id : control) {
    rotate(below);
    if (std::ranges::find(state.stores, id) != state.stores.end())
      refuse(fmt::format("multiple assignments to name '{}' in pattern", id), node.span);
    state.stores.push_back(id);
  }
  emit(Op::kPop);
}

void Compiling::pattern(const ast::Pattern& node, PatternState& state) {
  const At at(*this, node.span);
  switch (node.kind) {
    case Kind::kMatchValue:
      expression(*static_cast<const ast::MatchValue&>(node).value);
      emit(Op::kCompare, static_cast<std::uint32_t>(Comparison::kEqual));
      return fail_if_false(state);
    case Kind::kMatchSingleton:
      constant(constants_.literal(static_cast<const ast::MatchSingleton&>(node).value));
      emit(Op::kIs, 0);
      return fail_if_false(state);
    case Kind::kMatchSequence:
      return sequence_pattern(static_cast<const ast::MatchSequence&>(node), state);
    case Kind::kMatchMapping:
      return mapping_pattern(static_cast<const ast::MatchMapping&>(node), state);
    case Kind::kMatchClass:
      return class_pattern(static_cast<const ast::MatchClass&>(node), state);
    case Kind::kMatchStar:
      return star_pattern(static_cast<const ast::MatchStar&>(node), state);
    case Kind::kMatchAs:
      return as_pattern(static_cast<const ast::MatchAs&>(node), state);
    default:
      return or_pattern(static_cast<const ast::MatchOr&>(node), state);
  }
}

void Compiling::match_statement(const ast::Match& node) {
  expression(*node.subject);
  Label end;
  for (std::size_t i = 0; i < node.cases.size(); ++i) {
    const ast::MatchCase& one = *node.cases[i];
    const bool is_last = i + 1 == node.cases.size();
    const bool keeps_subject = !(is_last && is_wildcard(*one.pattern) && i > 0);
    if (keeps_subject) emit(Op::kCopy, 1);
    PatternState state;
    state.allows_irrefutable = one.guard != nullptr || is_last;
    pattern(*one.pattern, state);
    for (const std::string_view id : state.stores) name(id, ExprContext::kStore);
    state.stores.clear();
    if (one.guard != nullptr) {
      while (state.fails.empty()) state.fails.emplace_back();
      jump_if(*one.guard, state.fails[0], false);
    }
    if (keeps_subject) emit(Op::kPop);
    statements(one.body);
    out().jump(Op::kJump, end);
    bind_fail_labels(state);
    if (is_last && keeps_subject) emit(Op::kPop);
  }
  out().bind(end);
}

}  // namespace ouro::script
