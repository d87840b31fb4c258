// Address space and pages of the operating system: reserving, giving back, and what the process uses.
#include <ouro/allocator/space/huge_pages.h>
#include <ouro/allocator/space/os_memory.h>
#include <ouro/base/bits.h>

#include <array>
#include <cstdlib>
#include <limits>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace ouro::alloc {

namespace {

/// What the system says of this process, in bytes; 0 if it says nothing.
struct MemoryOfProcess {
  std::size_t mapped = 0;
  std::size_t resident = 0;
};

[[nodiscard]] MemoryOfProcess memory_of_process() noexcept {
  const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  std::array<char, 128> text{};
  const ssize_t length = ::read(file, text.data(), text.size() - 1);
  ::close(file);
  if (length <= 0) return {};
  char* after_mapped = nullptr;
  const std::size_t mapped = std::strtoull(text.data(), &after_mapped, 10);
  const std::size_t resident = std::strtoull(after_mapped, nullptr, 10);
  return {mapped * page_bytes(), resident * page_bytes()};
}

}  // namespace

Reservation::Reservation(Reservation&& other) noexcept
    : base_(std::exchange(other.base_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Reservation& Reservation::operator=(Reservation&& other) noexcept {
  if (this == &other) return *this;
  release();
  base_ = std::exchange(other.base_, nullptr);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

Reservation Reservation::reserve(std::size_t bytes, std::size_t alignment) noexcept {
  Reservation result;
  const std::size_t page = page_bytes();
  if (alignment < page) alignment = page;
  if (bytes == 0 || bytes > std::numeric_limits<std::size_t>::max() - 2 * alignment) return result;
  const std::size_t wanted = align_up(bytes, page);
  const std::size_t slack = alignment - page;
  // Not PROT_NONE: the pages are usable without another call, and NORESERVE keeps them free of charge until touched.
  void* const start =
      ::mmap(nullptr, wanted + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) return result;
  auto* const first = static_cast<std::byte*>(start);
  const std::size_t before = align_up(address_of(first), alignment) - address_of(first);
  if (before != 0) ::munmap(first, before);
  if (slack != before) ::munmap(first + before + wanted, slack - before);
  result.base_ = first + before;
  result.size_ = wanted;
  // Where the system gives huge pages unasked, one touched byte of a sparse table would cost 2 MiB.
  ::madvise(result.base_, wanted, MADV_NOHUGEPAGE);
  return result;
}

void Reservation::release() noexcept {
  if (base_ != nullptr) ::munmap(base_, size_);
  base_ = nullptr;
  size_ = 0;
}

std::size_t page_bytes() noexcept {
  const long bytes = ::sysconf(_SC_PAGESIZE);
  return bytes > 0 ? static_cast<std::size_t>(bytes) : 4096;
}

std::size_t physical_memory_bytes() noexcept {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  return pages > 0 ? static_cast<std::size_t>(pages) * page_bytes() : std::size_t{1} << 30;
}

std::size_t address_space_limit() noexcept {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::numeric_limits<std::size_t>::max();
  return static_cast<std::size_t>(limit.rlim_cur);
}

void unmap_pages(void* start, std::size_t bytes) noexcept {
  if (bytes != 0) ::munmap(start, bytes);
}

void purge_pages(void* start, std::size_t bytes) noexcept {
  const std::size_t page = page_bytes();
  auto* const first = static_cast<std::byte*>(start);
  const std::size_t before = align_up(address_of(first), page) - address_of(first);
  if (bytes < before + page) return;
  ::madvise(first + before, align_down(bytes - before, page), MADV_DONTNEED);
}

void prefer_huge_pages(void* start, std::size_t bytes) noexcept { ::madvise(start, bytes, MADV_HUGEPAGE); }

namespace {

/// Gives the system advice on the whole pages inside a large block.
void advise_on_large(void* block, std::size_t bytes, int advice) noexcept {
  if (bytes < kHugeBytes) return;
  const std::size_t page = page_bytes();
  auto* const first = static_cast<std::byte*>(block);
  const std::size_t before = align_up(address_of(first), page) - address_of(first);
  ::madvise(first + before, align_down(bytes - before, page), advice);
}

}  // namespace

void prefer_huge_pages_for(void* block, std::size_t bytes) noexcept { advise_on_large(block, bytes, MADV_HUGEPAGE); }
void forget_huge_pages_for(void* block, std::size_t bytes) noexcept { advise_on_large(block, bytes, MADV_NOHUGEPAGE); }

void bring_pages(void* start, std::size_t bytes) noexcept {
#ifdef MADV_POPULATE_WRITE
  ::madvise(start, bytes, MADV_POPULATE_WRITE);
#else
  static_cast<void>(start), static_cast<void>(bytes);
#endif
}

std::size_t resident_bytes(const void* start, std::size_t bytes) noexcept {
  constexpr std::size_t kPagesAtOnce = 4096;
  std::array<unsigned char, kPagesAtOnce> present;
  const std::size_t page = page_bytes();
  const std::size_t step = kPagesAtOnce * page;
  auto* first = static_cast<std::byte*>(const_cast<void*>(start));
  const std::size_t before = address_of(first) - align_down(address_of(first), page);
  first -= before;
  bytes += before;
  std::size_t resident = 0;
  for (std::size_t done = 0; done < bytes; done += step) {
    const std::size_t part = bytes - done < step ? bytes - done : step;
    if (::mincore(first + done, part, present.data()) != 0) continue;
    for (std::size_t i = 0; i < divide_up(part, page); ++i) resident += (present[i] & 1U) != 0 ? page : 0;
  }
  return resident;
}

bool is_mapped(const void* start, std::size_t bytes) noexcept {
  std::array<unsigned char, 8> present;
  const std::size_t page = page_bytes();
  const std::uintptr_t first = align_down(address_of(start), page);
  const std::size_t length = address_of(start) + bytes - first;
  if (length > present.size() * page) return false;
  return ::mincore(reinterpret_cast<void*>(first), length, present.data()) == 0;
}

std::size_t address_space_in_use() noexcept { return memory_of_process().mapped; }

std::size_t resident_bytes_of_process() noexcept { return memory_of_process().resident; }

}  // namespace ouro::alloc
