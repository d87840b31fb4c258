// Huge pages for large blocks: each of them is touched as a whole, or looked at in no order.
//
// A block of 80 MB has 20,000 small pages. To bring them into memory one by one costs as much as to fill them, and the
// processor knows a tenth of them at a time. What is smaller is not worth a system call. A block that grows is left as it
// is: the system moves it page by page, and would take its huge pages apart each time.
#pragma once

#include <cstddef>

namespace ouro::alloc {

/// Blocks of so many bytes lie on huge pages where the system has them: memory is then taken 2 MiB at a time.
inline constexpr std::size_t kHugeBytes = std::size_t{8} << 20;

/// Lets the system back the whole pages inside a block with huge ones, if it is that large.
void prefer_huge_pages_for(void* block, std::size_t bytes) noexcept;
/// Takes that back for addresses that stay, when the block is gone.
void forget_huge_pages_for(void* block, std::size_t bytes) noexcept;

}  // namespace ouro::alloc
