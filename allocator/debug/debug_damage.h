// What the debug mode has found: which law is broken, by a write to which block, and where.
#pragma once

#include <ouro/allocator/debug/block_describer.h>
#include <ouro/allocator/debug/debug_bytes.h>
#include <ouro/allocator/debug/debug_records.h>
#include <ouro/allocator/space/report.h>

namespace ouro::alloc {

/// Bytes that are not what they must be.
struct DebugDamage {
  const char* law = nullptr;                       ///< null: there is no damage
  const DebugRecords::Entry* block = nullptr;      ///< the one whose guard or rest it lies in
  const DebugRecords::Entry* neighbour = nullptr;  ///< another whose user may have written there; or null
  ByteRange range{};                               ///< what was looked at
  const std::byte* first = nullptr;                ///< the first byte that is wrong
  unsigned char expected = 0;

  [[nodiscard]] explicit operator bool() const noexcept { return law != nullptr; }
};

/// A call that no block, or another block than was said, answers to.
struct DebugMistake {
  const char* law;
  const char* what;                  ///< one line
  MemoryRequest request;             ///< what the call said
  const void* address;               ///< what it was about; null: a request
  const DebugRecords::Entry* block;  ///< the one that is meant, if there is one
};

/// Prints what was found on standard error and breaks its law. The describer, which may be null, names types.
[[noreturn]] void complain(const DebugDamage& damage, const BlockDescriber* describer) noexcept;
[[noreturn]] void complain(const DebugMistake& mistake, const BlockDescriber* describer) noexcept;
/// Notes what was found.
void note(const DebugDamage& damage, const BlockDescriber* describer, Report& report) noexcept;

}  // namespace ouro::alloc
