// Writes trace files, and maps them.
#include "trace.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bench {

void write_trace(const std::string& path, std::uint64_t slots, const std::vector<TraceEvent>& events) {
  const TraceHead head{slots, events.size()};
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&head), sizeof head);
  file.write(reinterpret_cast<const char*>(events.data()), static_cast<std::streamsize>(events.size() * sizeof(TraceEvent)));
  if (!file.flush()) throw std::runtime_error("cannot write the trace " + path);
}

MappedTrace::MappedTrace(const std::string& path) {
  std::error_code missing;
  bytes_ = std::filesystem::file_size(path, missing);
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (missing || file < 0) throw std::runtime_error("no trace " + path);
  start_ = mmap(nullptr, bytes_, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  close(file);
  if (start_ == MAP_FAILED) throw std::runtime_error("cannot map the trace " + path);
}

MappedTrace::~MappedTrace() { munmap(start_, bytes_); }

}  // namespace bench
