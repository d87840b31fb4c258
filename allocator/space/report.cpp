// A list of findings of the checks, which needs no memory of the heap that is checked.
#include <ouro/allocator/space/report.h>

#include <algorithm>
#include <cstdarg>

namespace ouro::alloc {

void Report::add(const char* law, const void* address, const char* format, ...) noexcept {
  ++total_;
  if (noted_ == findings_.size()) return;
  Finding& finding = findings_[noted_++];
  finding.law = law;
  finding.address = address;
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(finding.detail.data(), finding.detail.size(), format, arguments);
  va_end(arguments);
}

bool Report::names(std::string_view law) const noexcept {
  return std::any_of(begin(), end(), [law](const Finding& finding) { return law == finding.law; });
}

void Report::print(std::FILE* file) const noexcept {
  for (const Finding& finding : *this)
    std::fprintf(file, "[%s] %p: %s\n", finding.law, finding.address, finding.detail.data());
  if (total_ > noted_) std::fprintf(file, "... and %zu more\n", total_ - noted_);
}

}  // namespace ouro::alloc
