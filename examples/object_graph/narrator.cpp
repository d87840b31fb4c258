// Prints what happens to the graph.
#include "narrator.h"

#include <ouro/allocator/watch/arena_board.h>

#include <fmt/color.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include <unistd.h>

namespace object_graph {

namespace {

using ouro::alloc::ArenaView;
using ouro::gc::CollectionReport;
using ouro::gc::Phase;

double milliseconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

}  // namespace

std::string bytes(std::size_t number) {
  constexpr std::array<const char*, 4> kUnits{"B", "KiB", "MiB", "GiB"};
  auto amount = static_cast<double>(number);
  std::size_t unit = 0;
  while (amount >= 1024 && unit + 1 < kUnits.size()) amount /= 1024, ++unit;
  return unit == 0 ? fmt::format("{} B", number) : fmt::format("{:.1f} {}", amount, kUnits[unit]);
}

std::string grouped(std::size_t number) {
  std::string digits = fmt::format("{}", number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

Narrator::Narrator() : colour_(isatty(STDOUT_FILENO) != 0) {}

std::string Narrator::paint(Tone tone, std::string_view text) const {
  if (!colour_) return std::string(text);
  switch (tone) {
    case Tone::kTitle:
      return fmt::format(fmt::emphasis::bold | fg(fmt::terminal_color::cyan), "{}", text);
    case Tone::kFull:
      return fmt::format(fg(fmt::terminal_color::red), "{}", text);
    case Tone::kUsed:
      return fmt::format(fg(fmt::terminal_color::yellow), "{}", text);
    case Tone::kEmpty:
      return fmt::format(fg(fmt::terminal_color::blue), "{}", text);
    case Tone::kUntouched:
      return fmt::format(fg(fmt::terminal_color::bright_black), "{}", text);
    case Tone::kGood:
      return fmt::format(fg(fmt::terminal_color::green), "{}", text);
  }
  return std::string(text);
}

Narrator::Tone Narrator::tone_of(char letter) {
  switch (letter) {
    case '+':
      return Tone::kUsed;
    case '.':
      return Tone::kEmpty;
    case ' ':
      return Tone::kUntouched;
    default:
      return Tone::kFull;
  }
}

// What cannot be written is told at the end (main.cpp): nothing throws here, where a second thread is at work.

void Narrator::chapter(std::string_view title) {
  std::fputs(fmt::format("\n{}\n", paint(Tone::kTitle, title)).c_str(), stdout);
}

void Narrator::say(std::string_view line) {
  std::fputs(fmt::format("  {}\n", line).c_str(), stdout);
  std::fflush(stdout);
}

void Narrator::document(const std::filesystem::path& file, const Document& document, const Links& links) {
  chapter("1. A document becomes objects");
  say(fmt::format("{}: {:.1f} MB of JSON, {} values in {:.0f} ms ({:.0f} ns a value)", shown(file.filename()),
                  static_cast<double>(document.bytes) / 1e6, grouped(document.values), document.seconds * 1e3,
                  document.seconds * 1e9 / static_cast<double>(std::max<std::size_t>(document.values, 1))));
  say(fmt::format("{} containers, up to {} deep, each given a reference to the one it lies in: {} references in all",
                  grouped(links.containers), grouped(links.deepest), grouped(links.edges)));
  if (links.renamed != 0)
    say(fmt::format("({} dicts have a \"parent\" of their own; theirs is under \"{}\")", grouped(links.renamed),
                    kOtherParentKey));
}

void Narrator::census(const ouro::Heap& heap) {
  chapter("2. Who lives here");
  say(fmt::format("{:<12} {:>12} {:>12} {:>8}", "type", "objects", "bytes", "each"));
  std::size_t objects = 0, size = 0;
  for (const ouro::gc::TypeCensus& entry : ouro::gc::census(heap)) {
    say(fmt::format("{:<12} {:>12} {:>12} {:>8.1f}", entry.name, grouped(entry.objects), bytes(entry.bytes),
                    static_cast<double>(entry.bytes) / static_cast<double>(entry.objects)));
    objects += entry.objects;
    size += entry.bytes;
  }
  say(fmt::format("{:<12} {:>12} {:>12}", "all", grouped(objects), bytes(size)));
}

void Narrator::memory(const ouro::Heap& heap) {
  chapter("3. Where they lie");
  const ouro::alloc::AllocatorStats stats = heap.memory.stats();
  say(fmt::format("{:<12} {:>7} {:>8} {:>8} {:>8} {:>12} {:>12} {:>10}", "area", "arenas", "full", "used", "empty", "blocks",
                  "in blocks", "held"));
  const auto row = [&](std::string_view name, const ouro::alloc::SpaceStats& space) {
    say(fmt::format("{:<12} {:>7} {:>8} {:>8} {:>8} {:>12} {:>12} {:>10}", name, grouped(space.arenas_in_use),
                    grouped(space.pools_full), grouped(space.pools_used), grouped(space.pools_empty),
                    grouped(space.allocated_blocks), bytes(space.allocated_bytes), bytes(space.held_bytes())));
  };
  row("containers", stats.containers);
  row("atoms", stats.atoms);
  row("buffers", stats.buffers);
  say(fmt::format("{:<12} {:>46} {:>12} {:>10}", "raw (>512 B)", grouped(stats.raw.live_blocks), bytes(stats.raw.live_bytes),
                  bytes(stats.raw.live_bytes)));
}

void Narrator::board(std::string_view name, const ouro::alloc::Space& space) {
  const std::optional<ArenaView> arena = ouro::alloc::most_telling_arena(space);
  if (!arena) return say(fmt::format("no arena of {} is in use", name));
  say(fmt::format("an arena of {} at {}: 8 x 8 pools of 4 KiB (# full, + used, . empty, blank: not carved yet)", name,
                  static_cast<const void*>(arena->base)));
  for (const std::string& row : ouro::alloc::arena_board(*arena)) {
    std::string line = "    |";
    for (const char letter : row) line += ' ' + paint(tone_of(letter), std::string_view(&letter, 1));
    say(line + " |");
  }
}

void Narrator::collection(const CollectionReport& report) {
  chapter("5. The collector, phase by phase");
  const auto phase = [&](Phase which, const std::string& what) {
    say(fmt::format("{:<20} {:>9.3f} ms   {}", ouro::gc::name_of(which), milliseconds(report.duration(which)), what));
  };
  phase(Phase::kCountReferences,
        fmt::format("{} candidates with {} references to them; {} of these come from candidates and are subtracted",
                    grouped(report.candidates), grouped(report.counts_added), grouped(report.edges_subtracted)));
  phase(Phase::kMarkReachable, fmt::format("{} are referred to from outside; {} reached again from there",
                                           grouped(report.roots), grouped(report.reached - report.roots)));
  phase(Phase::kGatherUnreachable, fmt::format("{} unreachable", grouped(report.unreachable)));
  phase(Phase::kPromote, fmt::format("{} survivors untracked", grouped(report.untracked)));
  phase(Phase::kWeakReferences,
        fmt::format("{} weak references died, {} callbacks", grouped(report.weak_references), grouped(report.callbacks)));
  phase(Phase::kFinalize, fmt::format("{} finalized", grouped(report.finalized)));
  phase(Phase::kResurrect, fmt::format("{} resurrected", grouped(report.resurrected)));
  phase(Phase::kDelete,
        fmt::format("{} freed{}", grouped(report.collected), report.in_bulk ? ", in bulk and in address order" : ""));
  say(fmt::format("{:<20} {:>9.3f} ms   {:.1f} ns a container", "all of it", milliseconds(report.total_duration()),
                  static_cast<double>(report.total_duration().count()) /
                      static_cast<double>(std::max<std::size_t>(report.candidates, 1))));
}

void Narrator::given_back(const ouro::alloc::AllocatorStats& before, const ouro::alloc::AllocatorStats& after) {
  chapter("6. What the operating system gets back");
  const auto held = [](const ouro::alloc::AllocatorStats& stats) {
    return stats.containers.held_bytes() + stats.atoms.held_bytes() + stats.buffers.held_bytes() + stats.raw.live_bytes;
  };
  const auto arenas = [](const ouro::alloc::AllocatorStats& stats) {
    return stats.containers.arenas_in_use + stats.atoms.arenas_in_use + stats.buffers.arenas_in_use;
  };
  say(fmt::format("before: {} in {} arenas", bytes(held(before)), grouped(arenas(before))));
  say(paint(Tone::kGood, fmt::format("after:  {} in {} arenas; {} arenas returned", bytes(held(after)),
                                     grouped(arenas(after)), grouped(arenas(before) - arenas(after)))));
}

}  // namespace object_graph
