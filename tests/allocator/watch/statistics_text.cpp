// Statistics for others: JSON, the report and the page say what the structs say.
#include <ouro/allocator/watch/detail/stats_fields.h>
#include <ouro/allocator/watch/stats_json.h>
#include <ouro/allocator/watch/stats_report.h>
#include <support/json.h>
#include <support/python_oracle.h>

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <allocator/used_allocator.h>

using namespace ouro::test;

namespace {

template <class S, std::size_t N>
void require_fields(const boost::json::value& value, const S& stats, const std::array<alloc::detail::Field<S>, N>& fields) {
  for (const auto& field : fields) {
    INFO(field.name);
    REQUIRE(number_at(value, field.name) == stats.*field.value);
  }
}

std::string page(const char* name) {
  std::ostringstream text;
  text
      << std::ifstream(std::filesystem::path(OURO_TRACES).parent_path().parent_path().parent_path() / "docs" / name).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("The statistics as JSON have every field of the structs") {
  Used used;
  const AllocatorStats stats = used.memory.stats();
  const boost::json::value json = parse_json(to_json(stats));
  const auto area = [&](const char* name, const SpaceStats& space) {
    INFO(name);
    const boost::json::value& value = json.at(name);
    require_fields(value, space, alloc::detail::kSpaceFields);
    std::size_t index = 0;
    for (const ClassStats& of_class : space.classes)
      if (of_class.pools != 0) require_fields(value.at("classes").at(index++), of_class, alloc::detail::kClassFields);
    CHECK(value.at("classes").as_array().size() == index);
    CHECK(index > 5);
    CHECK(value.at("arenas_by_pools_taken").as_array().size() == 65);
    for (std::size_t n = 0; n <= 64; ++n)
      REQUIRE(value.at("arenas_by_pools_taken").at(n).to_number<std::size_t>() == space.arenas_by_pools_taken[n]);
  };
  area("containers", stats.containers);
  area("atoms", stats.atoms);
  area("buffers", stats.buffers);
  require_fields(json.at("raw"), stats.raw, alloc::detail::kRawFields);
  require_fields(json.at("domains").at("raw"), stats.raw_domain, alloc::detail::kDomainFields);
  require_fields(json.at("domains").at("buffers"), stats.buffers_domain, alloc::detail::kDomainFields);
  require_fields(json.at("domains").at("objects"), stats.objects_domain, alloc::detail::kDomainFields);
  require_fields(json, stats, alloc::detail::kBudgetFields);
  CHECK(parse_json(to_json(AllocatorStats{})).is_object());
}

TEST_CASE("A name in the JSON stands for the field of that name") {
  // The table of names might pair them wrongly, and the test above would not see it.
  Used used;
  const AllocatorStats stats = used.memory.stats();
  const boost::json::value json = parse_json(to_json(stats));
  const SpaceStats& space = stats.buffers;
  CHECK(number_at(json, "buffers/pools_used") == space.pools_used);
  CHECK(number_at(json, "buffers/pools_full") == space.pools_full);
  CHECK(number_at(json, "buffers/pools_empty") == space.pools_empty);
  CHECK(number_at(json, "buffers/arenas_obtained") == space.arenas_obtained);
  CHECK(number_at(json, "buffers/arenas_peak") == space.arenas_peak);
  CHECK(number_at(json, "buffers/peak_bytes") == space.peak_bytes);
  CHECK(number_at(json, "buffers/cached_bytes") == space.cached_bytes);
  CHECK(number_at(json, "buffers/allocated_blocks") == space.allocated_blocks);
  CHECK(number_at(json, "containers/runs") == stats.containers.runs);
  CHECK(number_at(json, "containers/run_bytes") == stats.containers.run_bytes);
  CHECK(number_at(json, "raw/total_blocks") == stats.raw.total_blocks);
  CHECK(number_at(json, "domains/objects/live_blocks") == stats.objects_domain.live_blocks);
  CHECK(number_at(json, "budget_peak") == stats.budget_peak);
  const StatsSummary sum = summary_of(stats);
  CHECK(number_at(json, "summary/held_bytes") == sum.held_bytes);
  CHECK(number_at(json, "summary/live_bytes") == sum.live_bytes);
  CHECK(number_at(json, "summary/free_bytes") == sum.free_bytes);
  CHECK(number_at(json, "summary/untouched_bytes") == sum.untouched_bytes);
  CHECK(number_at(json, "summary/waste_bytes") == sum.waste_bytes);
  CHECK(number_at(json, "summary/empty_bytes") == sum.empty_bytes);
  CHECK(number_at(json, "summary/retained_bytes") == sum.retained_bytes);
  CHECK(number_at(json, "summary/purged_bytes") == sum.purged_bytes);
  CHECK(std::abs(json.at("summary").at("fragmentation").to_number<double>() - sum.fragmentation) < 1e-12);
}

TEST_CASE("The page about statistics explains every field") {
  const std::string text = page("statistics.md");
  const auto explains = [&](const auto& fields) {
    for (const auto& field : fields) {
      INFO(field.name);
      CHECK(text.find("\n| `" + std::string(field.name) + "` |") != std::string::npos);
    }
  };
  explains(alloc::detail::kClassFields);
  explains(alloc::detail::kSpaceFields);
  explains(alloc::detail::kRawFields);
  explains(alloc::detail::kDomainFields);
  explains(alloc::detail::kBudgetFields);
  for (const char* name : {"classes", "arenas_by_pools_taken", "free_bytes", "empty_bytes", "fragmentation"})
    CHECK(text.find("\n| `" + std::string(name) + "` |") != std::string::npos);
}

TEST_CASE("The report has the lines of CPython's, and its totals are what is held") {
  Used used;
  const AllocatorStats stats = used.memory.stats();
  const std::string report = stats_report(stats);
  const auto has_line = [&](const std::string& line) { return report.find(line) != std::string::npos; };
  CHECK(has_line(stats_line("Total", stats.containers.held_bytes())));
  CHECK(has_line(stats_line("Total", stats.atoms.held_bytes())));
  CHECK(has_line(stats_line("Total", stats.buffers.held_bytes())));
  CHECK(has_line(stats_line("Total", stats.raw.live_bytes)));
  CHECK(has_line(stats_line("# bytes held", stats.budget_used)));
  for (unsigned c = 0; c < kSizeClasses; ++c) {
    const ClassStats& of_class = stats.atoms.classes[c];
    if (of_class.pools == 0) continue;
    CHECK(has_line(fmt::format("{:>5} {:>6} {:>11} {:>15} {:>13}", c, of_class.block_bytes, of_class.pools,
                               of_class.allocated, of_class.free + of_class.untouched) +
                   "\n"));
  }
  CHECK_THAT(stats_report(AllocatorStats{}), ContainsSubstring("Total"));

  // The head of CPython's table, and how it writes a number.
  compare_with_python(R"(
import subprocess
text = subprocess.run([sys.executable, '-c', 'import sys; sys._debugmallocstats()'], stderr=subprocess.PIPE).stderr.decode()
lines = text.split('\n')
head = lines.index('class   size   num pools   blocks in use  avail blocks')
case('head', lines[head]); case('head', lines[head + 1])
for line in lines:
    if line.startswith('# bytes in allocated blocks'): case('number', line)
)",
                      3, [&](const PythonCase& line) -> Verdict {
                        std::string theirs = line.text(1);
                        if (line.text(0) == "head") return {has_line(theirs) ? theirs : "no such line", theirs};
                        std::string digits = theirs.substr(theirs.find('=') + 1);
                        std::erase_if(digits, [](char c) { return c == ',' || c == ' '; });
                        return {stats_line("# bytes in allocated blocks", std::stoull(digits)), theirs + "\n"};
                      });
}
