// Keywords are names whose entry has their type.
#include <ouro/script/syntax/name_table.h>

namespace ouro::script {

NameTable::NameTable(Arena& arena) : arena_(arena), slots_(256, kEmpty) {
  for (auto type = static_cast<std::size_t>(TokenType::kFalse); type < kTokenTypes; ++type)
    entries_[intern(kTokenTexts[type])].type = static_cast<TokenType>(type);
  match = intern("match");
  case_ = intern("case");
  underscore = intern("_");
}

std::uint32_t NameTable::add(std::string_view text, std::uint32_t hash, std::size_t slot) {
  const auto name = static_cast<std::uint32_t>(entries_.size());
  entries_.push_back({arena_.copy(text), hash, TokenType::kName});
  slots_[slot] = name;
  if (entries_.size() * 2 > slots_.size()) grow();
  return name;
}

void NameTable::grow() {
  slots_.assign(slots_.size() * 2, kEmpty);
  for (std::uint32_t name = 0; name < entries_.size(); ++name) {
    std::size_t slot = entries_[name].hash & (slots_.size() - 1);
    while (slots_[slot] != kEmpty) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = name;
  }
}

}  // namespace ouro::script
