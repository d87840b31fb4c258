// The debug mode's messages. What matters most comes first and is written without asking for memory: the names of calls, for
// which the system's libraries are asked, come last.
#include <ouro/allocator/debug/debug_damage.h>
#include <ouro/base/assert.h>

#include <cinttypes>
#include <cstring>

namespace ouro::alloc {

namespace {

constexpr std::size_t kRow = 16;      ///< bytes in a row of a dump
constexpr std::size_t kMostRows = 2;  ///< of a dump

using Entry = DebugRecords::Entry;
using Text = std::array<char, 40>;

/// The type of what lies, or lay, in the block; empty if that is not known.
Text type_of(const Entry& entry, const BlockDescriber* describer) noexcept {
  const DebugRecord& record = entry.second;
  if (record.state != DebugState::kLive) return record.type;
  Text text{};
  if (describer != nullptr) describer->describe(record.request, entry.first, text.data(), text.size());
  return text;
}

void print_block(const char* what, const Entry& entry, const BlockDescriber* describer) noexcept {
  constexpr std::array<const char*, 3> kStates{"", ", freed", ", freed, its memory given back"};
  const DebugRecord& record = entry.second;
  if (record.made.serial == 0) {
    std::fprintf(stderr, "  %s at %p: never given out, %zu bytes, domain %s (%s)\n", what,
                 static_cast<const void*>(entry.first), record.whole, name_of(record.request.domain),
                 name_of(record.request.purpose));
    return;
  }
  std::fprintf(stderr, "  %s at %p: %zu bytes originally requested, domain %s (%s)", what,
               static_cast<const void*>(entry.first), record.request.bytes, name_of(record.request.domain),
               name_of(record.request.purpose));
  if (const Text type = type_of(entry, describer); type.front() != '\0') std::fprintf(stderr, ", type '%s'", type.data());
  std::fprintf(stderr, "%s\n", kStates[static_cast<std::size_t>(record.state)]);
}

void print_call(const char* what, const DebugCall& call) noexcept {
  if (call.serial == 0) return;
  std::fprintf(stderr, "  %s by call #%" PRIu64 " to the allocator", what, call.serial);
  if (call.site != nullptr) std::fprintf(stderr, ", \"%s\"", call.site);
  std::fprintf(stderr, ":\n");
  std::fflush(stderr);
  std::fputs(describe_frames(call.stack(), "    ").c_str(), stderr);
}

void print_history(const Entry& entry) noexcept {
  print_call("The block was made", entry.second.made);
  print_call("It was freed", entry.second.freed);
}

/// The bytes from the row with the first bad one on. Offsets are those from the start of the block.
void print_dump(const DebugDamage& damage) noexcept {
  const std::byte* row = damage.first - static_cast<std::size_t>(damage.first - damage.range.begin) % kRow;
  for (std::size_t i = 0; i < kMostRows && row < damage.range.end; ++i, row += kRow) {
    std::array<unsigned char, kRow> bytes;
    const std::size_t count = std::min(kRow, static_cast<std::size_t>(damage.range.end - row));
    copy_bytes(bytes.data(), row, count);
    std::fprintf(stderr, "    at p%+td:", row - damage.block->first);
    for (std::size_t k = 0; k < count; ++k) std::fprintf(stderr, " %02x", bytes[k]);
    std::fprintf(stderr, "\n");
  }
}

unsigned first_bad(const DebugDamage& damage) noexcept {
  unsigned char byte = 0;
  copy_bytes(&byte, damage.first, 1);
  return byte;
}

const char* sentence_of(const DebugDamage& damage) noexcept {
  if (std::strcmp(damage.law, "debug-overflow") == 0) return "a block was written to behind its end";
  if (std::strcmp(damage.law, "debug-underflow") == 0) return "a block was written to before its start";
  return damage.block->second.made.serial == 0 ? "a block that was never given out was written to"
                                               : "a freed block was written to";
}

}  // namespace

void complain(const DebugDamage& damage, const BlockDescriber* describer) noexcept {
  std::fprintf(stderr, "ouro: debug memory: %s\n", sentence_of(damage));
  print_block("block", *damage.block, describer);
  std::fprintf(stderr, "  The %td %s bytes at p%+td are not all 0x%02x; the first bad one is 0x%02x at p%+td:\n",
               damage.range.end - damage.range.begin, damage.expected == kDeadByte ? "freed" : "guard",
               damage.range.begin - damage.block->first, damage.expected, first_bad(damage),
               damage.first - damage.block->first);
  print_dump(damage);
  if (damage.neighbour != nullptr) print_block("or else neighbouring block", *damage.neighbour, describer);
  print_history(*damage.block);
  law_broken(damage.law, sentence_of(damage), __FILE__, __LINE__);
}

void complain(const DebugMistake& mistake, const BlockDescriber* describer) noexcept {
  const MemoryRequest& request = mistake.request;
  std::fprintf(stderr, "ouro: debug memory: %s\n", mistake.what);
  if (mistake.address == nullptr)
    std::fprintf(stderr, "  The call asked for %zu bytes, domain %s (%s)\n", request.bytes, name_of(request.domain),
                 name_of(request.purpose));
  else
    std::fprintf(stderr, "  The call freed %p with %zu bytes, domain %s (%s)\n", mistake.address, request.bytes,
                 name_of(request.domain), name_of(request.purpose));
  if (const Entry* const block = mistake.block; block != nullptr) {
    const std::ptrdiff_t inside = static_cast<const std::byte*>(mistake.address) - block->first;
    if (inside != 0) std::fprintf(stderr, "  That is %td bytes inside a block:\n", inside);
    print_block("block", *block, describer);
    print_history(*block);
  }
  law_broken(mistake.law, mistake.what, __FILE__, __LINE__);
}

void note(const DebugDamage& damage, const BlockDescriber* describer, Report& report) noexcept {
  const Text type = type_of(*damage.block, describer);
  report.add(damage.law, damage.block->first, "%zu bytes%s%s%s by call #%" PRIu64 ": 0x%02x in place of 0x%02x at p%+td",
             damage.block->second.request.bytes, type.front() != '\0' ? " of type '" : "", type.data(),
             type.front() != '\0' ? "'" : "", damage.block->second.made.serial, first_bad(damage), damage.expected,
             damage.first - damage.block->first);
}

}  // namespace ouro::alloc
