// Snapshots as data and as text: groups, differences in tracemalloc's order and words, filters, JSON.
#include <ouro/allocator/watch/allocation_text.h>
#include <support/json.h>
#include <support/python_oracle.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <sstream>

#include <allocator/helpers.h>
#include <allocator/planted.h>

using namespace ouro::test;

namespace {

SiteUse use(const std::string& label, std::size_t blocks, std::size_t bytes, Domain domain = Domain::kObjects) {
  return {{{}, label, domain}, blocks, bytes, blocks, bytes};
}

/// A frame in the function.
template <class F>
void* inside(F* function) {
  return reinterpret_cast<char*>(function) + 2;
}

SiteUse use_from(std::vector<void*> frames, std::size_t bytes) {
  SiteUse result = use("", 1, bytes);
  std::copy(frames.begin(), frames.end(), result.site.stack.frames.begin());
  result.site.stack.depth = static_cast<unsigned>(frames.size());
  return result;
}

/// A function of ouro that every program which links it has.
void* of_library() { return inside(static_cast<const char* (*)(Domain) noexcept>(&ouro::alloc::name_of)); }
void* of_program() { return inside(&planted::first); }
/// One whose name is not exported.
[[gnu::noinline]] int local_function(int number) { return number + 1; }
void* without_name() { return inside(&local_function); }
void* of_program_too() { return inside(&planted::second); }

/// "label size label size ...": what a script printed.
AllocationSnapshot read_snapshot(const std::string& text) {
  AllocationSnapshot snapshot;
  std::istringstream words(text);
  std::string label;
  for (std::size_t bytes; words >> label >> bytes;) snapshot.sites.push_back(use(label, 1, bytes));
  return snapshot;
}

template <class Entries>
std::string lines_of(const Entries& entries) {
  std::string text;
  for (const auto& entry : entries) text += to_text(entry) + "\n";
  return text;
}

}  // namespace

TEST_CASE("Statistics and differences are sorted and worded as tracemalloc does it") {
  compare_with_python(R"(
import tracemalloc
def size(): return rng.choice([1, 99, 100, 1023, 1024, 10239, 10240,
                               rng.randrange(1, 200), rng.randrange(1, 10**6), rng.randrange(1, 10**13)])
def traces(): return [(0, size(), (('site%d' % rng.randrange(6), 0),), 1) for _ in range(rng.randrange(12))]
def told(traces): return ' '.join('%s:0 %d' % (frames[0][0], size) for _, size, frames, _ in traces)
def text(statistics): return ''.join('%s\n' % s for s in statistics)
for _ in range(COUNT(400)):
    before, after = traces(), traces()
    if rng.randrange(3) == 0: after = before + after
    old, new = tracemalloc.Snapshot(before, 1), tracemalloc.Snapshot(after, 1)
    case(told(before), told(after), text(new.compare_to(old, 'filename')), text(new.statistics('filename')))
)",
                      400, [](const PythonCase& line) -> Verdict {
                        const AllocationSnapshot before = read_snapshot(line.text(0)), after = read_snapshot(line.text(1));
                        return {
                            lines_of(compare(before, after, GroupBy::kLabel)) + lines_of(statistics(after, GroupBy::kLabel)),
                            line.text(2) + line.text(3)};
                      });
}

TEST_CASE("A difference has every group of either snapshot, and says what became of it") {
  const AllocationSnapshot before{.sites = {use("gone", 2, 3000), use("same", 1, 10), use("grown", 1, 100)}};
  const AllocationSnapshot after{.sites = {use("same", 1, 10), use("grown", 3, 1100), use("new", 46530, 4'971'520)}};
  CHECK(lines_of(compare(before, after, GroupBy::kLabel)) ==
        "new: size=4855 KiB (+4855 KiB), count=46530 (+46530), average=107 B\n"
        "gone: size=0 B (-3000 B), count=0 (-2)\n"
        "grown: size=1100 B (+1000 B), count=3 (+2), average=367 B\n"
        "same: size=10 B (+0 B), count=1 (+0), average=10 B\n");
  CHECK(lines_of(compare(after, after, GroupBy::kLabel)) ==
        "new: size=4855 KiB (+0 B), count=46530 (+0), average=107 B\n"
        "grown: size=1100 B (+0 B), count=3 (+0), average=367 B\n"
        "same: size=10 B (+0 B), count=1 (+0), average=10 B\n");
  CHECK(compare({}, {}, GroupBy::kSite).empty());
}

TEST_CASE("Sites of one group are added up, whatever else they differ in") {
  AllocationSnapshot snapshot;
  snapshot.sites = {use_from({of_program(), of_program_too()}, 100), use_from({of_program()}, 10),
                    use_from({of_program(), of_program_too()}, 1), use("a label", 2, 50, Domain::kRaw)};
  CHECK(statistics(snapshot, GroupBy::kSite).size() == 3);
  CHECK(statistics(snapshot, GroupBy::kSite).front().bytes == 101);
  const std::vector<Statistic> callers = statistics(snapshot, GroupBy::kCaller);
  REQUIRE(callers.size() == 2);
  CHECK(callers[0].bytes == 111);
  CHECK(callers[0].blocks == 3);
  CHECK_THAT(to_text(callers[0]), StartsWith("planted::first("));
  CHECK_THAT(to_text(callers[1]), StartsWith("(unknown): size=50 B, count=2"));
  CHECK(lines_of(statistics(snapshot, GroupBy::kDomain)) ==
        "objects: size=111 B, count=3, average=37 B\nraw: size=50 B, count=2, average=25 B\n");
  CHECK(lines_of(statistics(snapshot, GroupBy::kLabel)) ==
        "(no label): size=111 B, count=3, average=37 B\na label: size=50 B, count=2, average=25 B\n");
}

TEST_CASE("The caller is the innermost function that is neither Ouroboros's nor the standard library's") {
  void* const nameless = reinterpret_cast<void*>(0x1234);
  const auto caller = [](std::vector<void*> frames) { return caller_of(use_from(std::move(frames), 1).site.stack); };
  CHECK(caller({}) == nullptr);
  CHECK(caller({of_program(), of_program_too()}) == of_program());
  CHECK(caller({of_library(), of_program(), of_program_too()}) == of_program());
  CHECK(caller({of_library(), of_library()}) == of_library());
  CHECK(caller({nameless, of_library(), of_program()}) == of_program());
  CHECK(caller({of_library(), nameless, of_program()}) == nameless);
  CHECK(caller({nameless, nameless}) == nameless);
  // Of the same program, whose functions have names, and of another one.
  CHECK(caller({of_library(), without_name(), of_program()}) == of_program());
  CHECK(caller({without_name(), of_program()}) == of_program());
  CHECK(caller({of_library(), without_name(), inside(&std::qsort)}) == without_name());
  const std::string text = group_name(use_from({of_library(), of_program()}, 1).site, GroupBy::kSite);
  CHECK_THAT(text, StartsWith("planted::first(ouro::alloc::Allocator&, unsigned long)+0x1 ("));
  SiteUse labelled = use_from({of_program()}, 1);
  labelled.site.label = "the index";
  CHECK_THAT(group_name(labelled.site, GroupBy::kSite), EndsWith(") [the index]"));
}

TEST_CASE("Filters keep or leave out sites by a part of the label or of a function's name") {
  AllocationSnapshot snapshot;
  snapshot.sites = {use("load document", 1, 1), use("load index", 1, 2), use("", 1, 4),
                    use_from({of_library(), of_program()}, 8)};
  snapshot.memory = {.current = 15, .peak = 99};
  const auto bytes_left = [&](std::vector<SiteFilter> filters) {
    const AllocationSnapshot left = filtered(snapshot, filters);
    CHECK(left.memory.peak == 99);
    return std::accumulate(left.sites.begin(), left.sites.end(), std::size_t{0},
                           [](std::size_t sum, const SiteUse& site) { return sum + site.live_bytes; });
  };
  CHECK(bytes_left({}) == 15);
  CHECK(bytes_left({{true, "load"}}) == 3);
  CHECK(bytes_left({{false, "load"}}) == 12);
  CHECK(bytes_left({{true, "load"}, {false, "index"}}) == 1);
  CHECK(bytes_left({{true, "index"}, {true, "planted::first"}}) == 10);
  CHECK(bytes_left({{false, "ouro::alloc::name_of"}}) == 7);
  CHECK(bytes_left({{true, "no such thing"}}) == 0);
}

TEST_CASE("A snapshot as JSON has every site with its numbers") {
  AllocationSnapshot snapshot;
  snapshot.sites = {use("plain", 3, 30, Domain::kBuffers), use("\"quoted\" \\ and\n\x01 caf\xc3\xa9", 1, 500, Domain::kRaw),
                    use_from({of_program(), of_program_too()}, 7)};
  snapshot.sites[0].total_blocks = 9;
  snapshot.sites[0].total_bytes = 90;
  snapshot.memory = {.current = 537, .peak = 600};
  snapshot.lost = 4;
  const boost::json::value json = parse_json(to_json(snapshot));
  CHECK(number_at(json, "current_bytes") == 537);
  CHECK(number_at(json, "peak_bytes") == 600);
  CHECK(number_at(json, "lost") == 4);
  REQUIRE(json.at("sites").as_array().size() == 3);
  CHECK(json.at_pointer("/sites/0/label").as_string() == "\"quoted\" \\ and\n\x01 caf\xc3\xa9");
  CHECK(json.at_pointer("/sites/0/domain").as_string() == "raw");
  CHECK(number_at(json, "sites/1/live_blocks") == 3);
  CHECK(number_at(json, "sites/1/live_bytes") == 30);
  CHECK(number_at(json, "sites/1/total_blocks") == 9);
  CHECK(number_at(json, "sites/1/total_bytes") == 90);
  CHECK(json.at_pointer("/sites/2/frames").as_array().size() == 2);
  CHECK_THAT(std::string(json.at_pointer("/sites/2/frames/1").as_string()), StartsWith("planted::second("));
}
