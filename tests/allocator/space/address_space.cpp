// Reserved address space, and the side tables in it.

#include <algorithm>
#include <utility>

#include <allocator/helpers.h>

using namespace ouro::test;

TEST_CASE("Reserved pages read as zero and cost nothing until touched", "[law-reservation]") {
  const Reservation range = Reservation::reserve(10 * kMiB, kMiB);
  REQUIRE(range);
  CHECK(range.size() == 10 * kMiB);
  CHECK(address_of(range.base()) % kMiB == 0);
  CHECK(resident_bytes(range.base(), range.size()) == 0);
  range.base()[5 * kMiB] = std::byte{7};
  CHECK(resident_bytes(range.base(), range.size()) == page_bytes());
  CHECK(range.base()[5 * kMiB + 1] == std::byte{0});
}

TEST_CASE("Purged pages are zero again, and only those wholly in the range", "[law-reservation]") {
  const std::size_t page = page_bytes();
  const Reservation range = Reservation::reserve(4 * page);
  std::fill_n(range.base(), 4 * page, std::byte{1});
  purge_pages(range.base() + 1, 3 * page - 1);
  CHECK(range.base()[page - 1] == std::byte{1});
  CHECK(range.base()[page] == std::byte{0});
  CHECK(range.base()[3 * page - 1] == std::byte{0});
  CHECK(range.base()[3 * page] == std::byte{1});
  purge_pages(range.base() + 1, page);  // no whole page
  CHECK(range.base()[page - 1] == std::byte{1});
}

TEST_CASE("A reservation has one owner", "[law-reservation]") {
  Reservation a = Reservation::reserve(kMiB);
  std::byte* const base = a.base();
  Reservation b = std::move(a);
  CHECK_FALSE(a);
  CHECK(b.base() == base);
  Reservation c = Reservation::reserve(kMiB);
  c = std::move(b);
  CHECK(c.base() == base);
  Reservation& same = c;
  c = std::move(same);
  CHECK(c.base() == base);
  c.release();
  CHECK_FALSE(c);
  CHECK_FALSE(Reservation::reserve(0));
  CHECK_FALSE(Reservation::reserve(~std::size_t{0} / 2));
}

TEST_CASE("A side table is zero until written and takes memory by the page", "[law-side-table]") {
  SideTable<std::uint32_t> table(100'000'000);
  REQUIRE(table);
  CHECK(table.size() == 100'000'000);
  CHECK(table[99'999'999] == 0);
  table[12'345'678] = 9;
  table[50'000'000] = 8;
  CHECK(table.resident() <= 3 * page_bytes());
  CHECK(table[12'345'678] == 9);
  CHECK(table[12'345'679] == 0);
}

TEST_CASE("Purging a side table zeroes exactly the elements named", "[law-side-table]") {
  const std::size_t per_page = page_bytes() / sizeof(std::uint64_t);
  const std::size_t count = 6 * per_page;
  SideTable<std::uint64_t> table(count);
  const auto purged = [&](std::size_t first, std::size_t last) {
    for (std::size_t i = 0; i < count; ++i) table[i] = i + 1;
    table.purge(first, last);
    for (std::size_t i = 0; i < count; ++i)
      if (table[i] != (i >= first && i < last ? 0 : i + 1)) return false;
    return true;
  };
  CHECK(purged(0, count));
  CHECK(table.resident() <= table.size() * sizeof(std::uint64_t));
  CHECK(purged(3, 5));
  CHECK(purged(3, 3));
  CHECK(purged(per_page - 1, per_page + 1));
  CHECK(purged(1, 3 * per_page - 1));
  CHECK(purged(per_page, 2 * per_page));
  table.purge(0, count);
  CHECK(resident_bytes(table.data(), count * sizeof(std::uint64_t)) == 0);
  table.release();
  CHECK_FALSE(table);
}

TEST_CASE("The machine's numbers are plausible", "[law-reservation]") {
  CHECK(page_bytes() >= 4096);
  CHECK(physical_memory_bytes() > 64 * kMiB);
  CHECK(resident_bytes_of_process() > 100'000);
  CHECK(address_space_limit() > 64 * kMiB);
}
