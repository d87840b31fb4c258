// The marks under the lines of a traceback, and suggestions (CPython: Python/traceback.c, Python/suggestions.c).
#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/traceback.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/report.h>
#include <ouro/script/machine/source_lines.h>
#include <ouro/script/syntax/parse.h>
#include <ouro/script/syntax/statements.h>

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <vector>

namespace ouro::script {

std::string source_line(Interpreter& interpreter, std::string_view file, std::int64_t number) {
  if (!interpreter.permissions().files || file.starts_with('<')) return {};
  std::ifstream source{std::string(file)};
  std::string line;
  for (std::int64_t at = 0; at < number; ++at)
    if (!std::getline(source, line)) return {};
  return line;
}

namespace {

/// The part of a marked text that is marked more: an operator, an index.
struct Anchors {
  std::size_t begin = 0, end = 0;
};

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\f'; }

/// Of the text of an expression that stands by itself.
std::optional<Anchors> anchors_in(std::string_view segment) {
  std::optional<Tree> tree;
  try {
    tree = parse(segment, {.is_text = true});
  } catch (const SyntaxError&) {
    return std::nullopt;
  }
  const auto& body = static_cast<const ast::Module&>(tree->root()).body;
  if (body.size() != 1) return std::nullopt;
  const auto* const statement = ast::try_as<ast::ExprStmt>(body[0]);
  if (statement == nullptr) return std::nullopt;
  if (const auto* const item = ast::try_as<ast::Subscript>(statement->value))
    return Anchors{static_cast<std::size_t>(item->value->span.end_col_offset),
                   static_cast<std::size_t>(item->slice->span.end_col_offset) + 1};
  const auto* const operation = ast::try_as<ast::BinOp>(statement->value);
  if (operation == nullptr) return std::nullopt;
  const auto last = static_cast<std::size_t>(operation->right->span.col_offset);
  for (auto i = static_cast<std::size_t>(operation->left->span.end_col_offset); i < last; ++i) {
    if (is_space(segment[i])) continue;
    const bool has_two = i + 1 < last && !is_space(segment[i + 1]);
    return Anchors{i, i + (has_two ? 2U : 1U)};
  }
  return std::nullopt;
}

std::size_t characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string marks_under(std::string_view line, std::int32_t begin, std::int32_t end, bool is_one_line) {
  const auto first = static_cast<std::size_t>(begin);
  const auto last = std::min(static_cast<std::size_t>(std::max(end, 0)), line.size());
  if (first > last) return {};
  const std::size_t indent = line.find_first_not_of(" \t\f");
  const std::string_view segment = line.substr(first, last - first);
  const std::optional<Anchors> anchors = is_one_line ? anchors_in(segment) : std::nullopt;
  if (segment.size() == line.size() - indent && !anchors) return {};
  std::string marks(characters(line.substr(indent, first > indent ? first - indent : 0)), ' ');
  if (!anchors) return marks + std::string(characters(segment), '^');
  marks.append(characters(segment.substr(0, anchors->begin)), '~');
  marks.append(characters(segment.substr(anchors->begin, anchors->end - anchors->begin)), '^');
  marks.append(characters(segment.substr(std::min(anchors->end, segment.size()))), '~');
  return marks;
}

// ---- Suggestions ----

namespace {

constexpr std::size_t kMoveCost = 2;
constexpr std::size_t kCaseCost = 1;
constexpr std::size_t kLongestName = 40;
constexpr std::size_t kMostCandidates = 750;

std::size_t cost_of(char a, char b) noexcept {
  if ((a & 31) != (b & 31)) return kMoveCost;
  if (a == b) return 0;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

/// How far two names are apart; more than `most` if they are further.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
  if (a == b) return 0;
  while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.empty() || b.empty()) return (a.size() + b.size()) * kMoveCost;
  if (a.size() > kLongestName || b.size() > kLongestName) return most + 1;
  if (b.size() < a.size()) std::swap(a, b);
  if ((b.size() - a.size()) * kMoveCost > most) return most + 1;
  std::vector<std::size_t> row(a.size());
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = (i + 1) * kMoveCost;
  std::size_t result = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    std::size_t diagonal = result = j * kMoveCost;
    std::size_t least = static_cast<std::size_t>(-1);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const std::size_t substitute = diagonal + cost_of(b[j], a[i]);
      diagonal = row[i];
      const std::size_t insert_or_delete = std::min(result, diagonal) + kMoveCost;
      result = std::min(insert_or_delete, substitute);
      row[i] = result;
      least = std::min(least, result);
    }
    if (least > most) return most + 1;
  }
  return result;
}

std::string nearest(const std::vector<std::string>& names, std::string_view wanted) {
  if (names.size() >= kMostCandidates) return {};
  std::size_t best = static_cast<std::size_t>(-1);
  std::string found;
  for (const std::string& name : names) {
    if (name == wanted) continue;
    std::size_t most = (characters(name) + characters(wanted) + 3) * kMoveCost / 6;
    if (best != static_cast<std::size_t>(-1)) most = std::min(most, best - 1);
    const std::size_t far = distance(wanted, name, most);
    if (far > most) continue;
    if (found.empty() || far < best) {
      found = name;
      best = far;
    }
  }
  return found;
}

void add_names(Object& mapping, std::vector<std::string>& to) {
  const Ref<List> keys = list_from(mapping);
  for (Object* const key : keys->view())
    if (is<Str>(*key)) to.emplace_back(text(static_cast<const Str&>(*key)));
}

/// The names that the code that failed could have meant.
std::vector<std::string> names_in_reach(BaseException& exception) {
  const Traceback* entry = static_cast<const Traceback*>(exception.traceback);
  while (entry != nullptr && entry->next_entry() != nullptr) entry = entry->next_entry();
  std::vector<std::string> names;
  if (entry == nullptr || entry->frame == nullptr || !is<Frame>(*entry->frame)) return names;
  const auto& frame = static_cast<const Frame&>(*entry->frame);
  for (std::uint32_t slot = 0; slot < frame.its_code().body->slots(); ++slot)
    names.emplace_back(text(frame.its_code().variable(slot)));
  add_names(*frame.globals, names);
  add_names(*frame.built_ins, names);
  return names;
}

}  // namespace

std::string suggestion_for(Interpreter& interpreter, BaseException& exception) {
  Builtins& builtins = interpreter.builtins();
  const bool is_name = is_instance(exception, builtins.type(ErrorKind::kNameError));
  const bool is_attribute = is_instance(exception, builtins.type(ErrorKind::kAttributeError));
  if (!is_name && !is_attribute) return {};
  const Ref<> name = find_attribute(exception, *intern(builtins, "name"));
  if (!name || !is<Str>(*name)) return {};
  const std::string_view wanted = text(static_cast<const Str&>(*name));
  std::vector<std::string> names;
  if (is_name) {
    names = names_in_reach(exception);
  } else {
    const Ref<> object = find_attribute(exception, *intern(builtins, "obj"));
    if (!object || is_none(*object)) return {};
    const Ref<List> listed = dir(*object);
    add_names(*listed, names);
  }
  const std::string found = nearest(names, wanted);
  return found.empty() ? std::string() : fmt::format(". Did you mean: '{}'?", found);
}

}  // namespace ouro::script
