// Fresh processes: every sample is measured in a child that runs this very program with hidden arguments.
//
//   parent   ouro_benchmarks                                waits, collects samples
//   child    ouro_benchmarks --measure CASE SIDE ...        prints one number and ends
//   child    ouro_benchmarks --record TRACE ...             writes a file and ends
//
// A fresh address space gives each side the same start: no heap has been fragmented by another side, resident memory means
// something, and a library that replaces malloc can be preloaded for one side only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cases.h"

namespace bench {

/// Binds this process and its children to one core, the last one allowed. Returns its number, or -1 if the system refused.
int pin_to_one_core() noexcept;

/// Measures `side` of `measured` once in a fresh process and returns its sample.
/// Throws std::runtime_error if the child fails or prints no number.
[[nodiscard]] double measure_in_child(const Case& measured, const Side& side, const Settings& settings);

/// What `work` returns when it runs in a copy of this process. For two measurements that make one sample and must not see
/// each other's heap: copy the process before it has one. Throws std::runtime_error if the copy fails.
[[nodiscard]] double measure_in_copy(const std::function<double()>& work);

/// Records the trace `name` into the directory that `settings` name, in a fresh process. Throws std::runtime_error if that
/// fails.
void record_in_child(const std::string& name, const Settings& settings);

/// The measuring child's part: measures, prints the sample on standard output and returns the exit status.
[[nodiscard]] int run_as_child(const Cases& cases, const std::string& case_name, const std::string& side_name,
                               const Settings& settings);

}  // namespace bench
