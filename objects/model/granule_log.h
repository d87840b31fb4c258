// GranuleLog: a growing array of granules, for Tracking.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ouro {

/// Granules in the order they were noted. Growing may fail; nothing else can.
class GranuleLog {
 public:
  GranuleLog() = default;
  GranuleLog(const GranuleLog&) = delete;
  GranuleLog& operator=(const GranuleLog&) = delete;
  ~GranuleLog();

  /// False if there was no room and no memory to make any.
  [[nodiscard]] bool append(std::uint32_t granule) noexcept {
    if (size_ == capacity_ && !grow(capacity_ + 1)) [[unlikely]]
      return false;
    entries_[size_++] = granule;
    return true;
  }
  [[nodiscard]] std::uint32_t* entries_begin() noexcept { return entries_; }
  /// Where the next entry goes. After `reserve_more`, entries may be written there and then be taken in with `extend_to`,
  /// which can cut the log short, too.
  [[nodiscard]] std::uint32_t* entries_end() noexcept { return entries_ + size_; }
  void extend_to(const std::uint32_t* end) noexcept { size_ = static_cast<std::size_t>(end - entries_); }
  /// The same, after `reserve_more` has made room.
  void append_reserved(std::uint32_t granule) noexcept { entries_[size_++] = granule; }
  /// Makes room for `more` entries. False if there was no memory; the log is unchanged then.
  [[nodiscard]] bool reserve_more(std::size_t more) noexcept { return capacity_ - size_ >= more || grow(size_ + more); }
  [[nodiscard]] std::span<const std::uint32_t> entries() const noexcept { return {entries_, size_}; }
  [[nodiscard]] bool full() const noexcept { return size_ == capacity_; }
  /// Drops the entries. The memory of a short log stays.
  void clear() noexcept;
  /// Gives back the room that no entry takes.
  void shrink() noexcept;
  /// Room for at least `capacity` entries, and at least twice as much as before. False if there was no memory.
  bool grow(std::size_t capacity) noexcept;

 private:
  std::uint32_t* entries_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace ouro
