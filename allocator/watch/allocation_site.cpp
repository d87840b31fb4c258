// Walks the call stack, and gives its frames names.
#include <ouro/allocator/allocator.h>
#include <ouro/allocator/watch/allocation_site.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <cxxabi.h>
#include <dlfcn.h>
#include <unwind.h>

namespace ouro::alloc {

namespace {

struct Walk {
  CallStack stack;
  unsigned to_skip;
  unsigned most;
};

// The unwinder, unlike backtrace(), stops when told to and never loads a library, which would ask for memory.
_Unwind_Reason_Code visit(_Unwind_Context* context, void* argument) noexcept {
  Walk& walk = *static_cast<Walk*>(argument);
  if (walk.stack.depth == walk.most) return _URC_END_OF_STACK;
  if (walk.to_skip != 0) return --walk.to_skip, _URC_NO_REASON;
  const _Unwind_Ptr frame = _Unwind_GetIP(context);
  if (frame == 0) return _URC_END_OF_STACK;
  walk.stack.frames[walk.stack.depth++] = reinterpret_cast<void*>(frame);
  return _URC_NO_REASON;
}

std::string hexadecimal(std::uintptr_t number) {
  std::array<char, 24> text;
  std::snprintf(text.data(), text.size(), "0x%zx", static_cast<std::size_t>(number));
  return text.data();
}

std::string demangled(const char* symbol) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> text(abi::__cxa_demangle(symbol, nullptr, nullptr, &status), std::free);
  return status == 0 ? text.get() : symbol;
}

}  // namespace

[[gnu::noinline]] CallStack capture(unsigned skip, unsigned most) noexcept {
  constexpr unsigned kOfThisFunction = 1;
  Walk walk{.stack = {}, .to_skip = skip + kOfThisFunction, .most = std::min<unsigned>(most, kMostFrames)};
  _Unwind_Backtrace(visit, &walk);
  return walk.stack;
}

std::string name_of_frame(const void* frame) {
  Dl_info info{};
  // A return address lies behind its call, which may be the last instruction of the function.
  const std::uintptr_t call = address_of(frame) - 1;
  if (dladdr(reinterpret_cast<const void*>(call), &info) == 0 || info.dli_fname == nullptr)
    return hexadecimal(address_of(frame));
  const std::string path = info.dli_fname;
  const std::string module = path.substr(path.rfind('/') + 1);
  if (info.dli_sname == nullptr) return module + "+" + hexadecimal(call - address_of(info.dli_fbase));
  return demangled(info.dli_sname) + "+" + hexadecimal(call - address_of(info.dli_saddr)) + " (" + module + ")";
}

std::string describe_frames(const CallStack& stack, const char* indent) {
  std::string text;
  for (unsigned i = 0; i < stack.depth; ++i) text += indent + name_of_frame(stack.frames[i]) + "\n";
  return text;
}

AllocationSite::AllocationSite(Allocator& allocator, const char* label) noexcept
    : allocator_(allocator), outer_(allocator.exchange_site(label)) {}

AllocationSite::~AllocationSite() { allocator_.exchange_site(outer_); }

}  // namespace ouro::alloc
