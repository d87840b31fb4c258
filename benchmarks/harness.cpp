// Runs a case on all its sides, and takes the medians.
#include "harness.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "child.h"
#include <unistd.h>

namespace bench {

double median(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  const std::size_t middle = samples.size() / 2;
  return samples.size() % 2 == 1 ? samples[middle] : (samples[middle - 1] + samples[middle]) / 2;
}

double Row::ouro() const {
  for (const Cell& cell : cells)
    if (cell.role == Role::kOuro) return cell.median;
  throw std::logic_error("a case without Ouroboros: " + name);
}

const Row::Cell* Row::best_peer() const {
  const Cell* best = nullptr;
  for (const Cell& cell : cells)
    if (cell.role == Role::kPeer && (best == nullptr || cell.median < best->median)) best = &cell;
  return best;
}

Row run_case(const Case& measured, int repetitions, const Settings& settings) {
  std::vector<std::vector<double>> samples(measured.sides.size());
  for (int repetition = 0; repetition < repetitions; ++repetition)
    for (std::size_t side = 0; side < measured.sides.size(); ++side)
      samples[side].push_back(measure_in_child(measured, measured.sides[side], settings));

  Row row{measured.name, measured.unit, {}, measured.bars};
  for (std::size_t side = 0; side < measured.sides.size(); ++side)
    row.cells.push_back({measured.sides[side].name, measured.sides[side].role, median(std::move(samples[side]))});
  return row;
}

void require(bool fact, const char* law) {
  if (!fact) throw std::runtime_error(law);
}

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double total_pages = 0;
  double resident_pages = 0;
  statm >> total_pages >> resident_pages;
  require(resident_pages > 0, "/proc/self/statm tells the resident pages");
  return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace bench
