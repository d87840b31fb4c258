// Virtual memory: the only place of the allocator that talks to the operating system.
//
// A `Reservation` is a range of addresses. Its pages read as zero and cost nothing until they are touched; `purge` makes
// them so again [law-reservation]. Everything above this file works on such a range and asks for nothing more.
#pragma once

#include <cstddef>

namespace ouro::alloc {

/// A range of zero pages of address space, owned. Empty if the system refused.
class [[nodiscard]] Reservation {
 public:
  Reservation() noexcept = default;
  Reservation(Reservation&& other) noexcept;
  Reservation& operator=(Reservation&& other) noexcept;
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;
  ~Reservation() { release(); }

  /// Reserves `bytes`, rounded up to pages, at an address that is a multiple of `alignment` (a power of two).
  /// The result is empty if the system refuses or if `bytes` is 0. Huge pages are switched off for it (see below).
  static Reservation reserve(std::size_t bytes, std::size_t alignment = 0) noexcept;

  /// Gives the range back. All pointers into it become invalid.
  void release() noexcept;
  /// Leaves the range to the caller, who gives it back in parts (unmap_pages); the reservation is empty afterwards.
  void abandon() noexcept { base_ = nullptr, size_ = 0; }

  [[nodiscard]] std::byte* base() const noexcept { return base_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] explicit operator bool() const noexcept { return base_ != nullptr; }

 private:
  std::byte* base_ = nullptr;
  std::size_t size_ = 0;
};

/// The size of a page of virtual memory, in bytes.
[[nodiscard]] std::size_t page_bytes() noexcept;

/// The memory of the machine, in bytes.
[[nodiscard]] std::size_t physical_memory_bytes() noexcept;

/// The limit of this process's address space (RLIMIT_AS), in bytes; the largest size_t if there is none.
[[nodiscard]] std::size_t address_space_limit() noexcept;

/// Bytes of this process's address space that are mapped or reserved now; 0 if unknown.
[[nodiscard]] std::size_t address_space_in_use() noexcept;

/// The addresses a process can have, in bytes, whatever its limit: 2^47 on x86-64 and about as much elsewhere.
inline constexpr std::size_t kAddressSpace = std::size_t{1} << 47;

/// Gives the memory of all pages that lie wholly inside the range back to the system. They read as zero afterwards.
/// Costs one system call; per page about as much as touching it did when called for single pages, a fifth in long runs.
void purge_pages(void* start, std::size_t bytes) noexcept;

/// Gives back the addresses of whole pages of a reservation that was abandoned. All pointers into them become invalid.
void unmap_pages(void* start, std::size_t bytes) noexcept;

/// Lets the system back the range with huge pages: growth gets cheaper, and memory is then taken 2 MiB at a time.
void prefer_huge_pages(void* start, std::size_t bytes) noexcept;

/// Brings all pages of the range into memory with one system call, where the system can (Linux 5.14: MADV_POPULATE_WRITE);
/// else each comes when it is touched. The range begins and ends with a page.
void bring_pages(void* start, std::size_t bytes) noexcept;

/// How many bytes of the range are in memory now. For tests and statistics: walks the page table.
[[nodiscard]] std::size_t resident_bytes(const void* start, std::size_t bytes) noexcept;

/// True if the range, of some pages at most, can be read. For who must look at addresses that may be wrong.
[[nodiscard]] bool is_mapped(const void* start, std::size_t bytes) noexcept;

/// How many bytes of this process are in memory now; 0 if unknown.
[[nodiscard]] std::size_t resident_bytes_of_process() noexcept;

}  // namespace ouro::alloc
