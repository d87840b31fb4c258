// What is measured: cases, and the sides that each of them compares.
//
// A case is one workload with a name `area/name/param`. A side is one implementation of it: Ouroboros, a peer (CPython, an
// allocator), or the floor, which is what the hardware lets a toy do and is never counted as a peer. Each measurement of a
// side runs in a process of its own (see child.h), so that no heap has a past.
//
// Law lower-is-better: a sample is a cost (ns or bytes for one unit of work), hence ratio = peer / ouro, for every row.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bar.h"

namespace bench {

/// What a measurement may depend on.
struct Settings {
  std::string document;     ///< path of the JSON document that the graph rows build
  std::string traces = {};  ///< the directory of the recorded traces, once there is one
};

/// Does the work once and returns its cost in the case's unit. Throws std::exception if the work came out wrong.
using Measure = std::function<double(const Settings&)>;

enum class Role { kOuro, kPeer, kFloor };

/// One implementation of a case.
struct Side {
  std::string name;  ///< "ouro", "cpython-3.11", "mimalloc", ...
  Role role = Role::kPeer;
  Measure measure;
  std::string preload = {};  ///< a shared library that replaces malloc in the measuring process; empty: none
};

/// One workload and everybody who does it.
struct Case {
  std::string name;
  std::string unit;  ///< "ns/pair", "bytes/node", ...
  std::string what;  ///< one sentence for --list
  std::vector<Side> sides;
  std::vector<Bar> bars = {};  ///< what it is meant to reach
  std::string trace = {};      ///< the recorded trace that it replays; empty: none

  [[nodiscard]] const Side* find_side(std::string_view side) const {
    for (const Side& candidate : sides)
      if (candidate.name == side) return &candidate;
    return nullptr;
  }
};

using Cases = std::vector<Case>;

/// Name of the Ouroboros side in every case.
inline constexpr const char* kOuroName = "ouro";

/// The cases of one area are appended by the file of that area.
void add_alloc_cases(Cases& cases);
void add_alloc_trace_cases(Cases& cases);
void add_alloc_space_cases(Cases& cases);
void add_alloc_geometry_cases(Cases& cases);
void add_gc_full_cases(Cases& cases);
void add_gc_cases(Cases& cases);
void add_gc_churn_cases(Cases& cases);
void add_gc_young_old_cases(Cases& cases);
void add_graph_cases(Cases& cases);
void add_object_cases(Cases& cases);
void add_class_cases(Cases& cases);
void add_error_cases(Cases& cases);
void add_json_cases(Cases& cases);
void add_dict_cases(Cases& cases);
void add_set_cases(Cases& cases);
void add_iterator_cases(Cases& cases);
void add_list_cases(Cases& cases);
void add_tree_cases(Cases& cases);
void add_text_cases(Cases& cases);
void add_number_cases(Cases& cases);
void add_text_method_cases(Cases& cases);
void add_weak_cases(Cases& cases);
void add_thread_lock_cases(Cases& cases);
void add_thread_echo_cases(Cases& cases);
void add_thread_work_cases(Cases& cases);
void add_thread_message_cases(Cases& cases);
void add_thread_pool_cases(Cases& cases);
void add_script_cases(Cases& cases);
void add_size_cases(Cases& cases);

}  // namespace bench
