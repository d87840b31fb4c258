// Tells the allocator's debug mode what an object is, by reading memory that may be damaged.
#include <ouro/allocator/debug/debug_bytes.h>
#include <ouro/allocator/space/os_memory.h>
#include <ouro/objects/model/heap.h>
#include <ouro/objects/model/object_describer.h>

#include <algorithm>

namespace ouro {

namespace {

/// A copy of what lies at the address, if anything does. It may be freed memory, which AddressSanitizer forbids to read.
template <class T>
[[nodiscard]] bool read_wild(const void* address, T& into) noexcept {
  if (reinterpret_cast<std::uintptr_t>(address) % alignof(T) != 0 || !alloc::is_mapped(address, sizeof(T))) return false;
  alloc::copy_bytes(&into, address, sizeof(T));
  return true;
}

/// What of a type is needed to name it, copied.
struct TypeCopy {
  alignas(Type) std::byte bytes[sizeof(Type)];
  [[nodiscard]] const Type& type() const noexcept { return *reinterpret_cast<const Type*>(bytes); }
};

}  // namespace

bool ObjectDescriber::may_call() const noexcept { return heap_.is_locked(); }

void ObjectDescriber::describe(const alloc::MemoryRequest& request, const void* block, char* text,
                               std::size_t room) const noexcept {
  text[0] = '\0';
  if (request.purpose == alloc::Purpose::kBuffer) return;
  Type* type = nullptr;
  TypeCopy copy;
  if (!read_wild(static_cast<const std::byte*>(block) + heap_.object_offset(request) + offsetof(Object, type), type)) return;
  if (type == nullptr || !read_wild(type, copy.bytes) || copy.type().heap != &heap_) return;
  const std::string_view name = copy.type().name;
  const std::size_t length = std::min(name.size(), room - 1);
  if (!alloc::is_mapped(name.data(), length)) return;
  alloc::copy_bytes(text, name.data(), length);
  text[length] = '\0';
  // The name of a class may have been freed before its last instance.
  const auto is_text = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > ' ' && byte != alloc::kDeadByte;
  };
  if (!std::all_of(text, text + length, is_text)) text[0] = '\0';
}

}  // namespace ouro
