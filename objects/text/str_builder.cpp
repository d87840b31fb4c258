// The buffer of a str that is being built.
#include <ouro/base/error.h>
#include <ouro/objects/text/detail/new_str.h>
#include <ouro/objects/text/detail/text_repr.h>
#include <ouro/objects/text/str_builder.h>

#include <algorithm>

namespace ouro {

StrBuilder::~StrBuilder() {
  if (data_ != inline_) builtins_.heap.memory.free_buffer(data_, capacity_);
}

void StrBuilder::append_repr(const Str& str) {
  const detail::ReprPlan plan = detail::plan_repr(text(str));
  detail::write_repr(text(str), plan, room_for(plan.size));
  size_ += plan.size;
}

void StrBuilder::grow(std::size_t bytes) {
  if (bytes > Str::kMaxBytes - size_) detail::raise_str_too_long();
  const std::size_t capacity = std::max(size_ + bytes, capacity_ * 2);
  alloc::Allocator& memory = builtins_.heap.memory;
  const bool is_inline = data_ == inline_;
  const auto allocate = [&] {
    return is_inline ? memory.allocate_buffer(capacity) : memory.reallocate_buffer(data_, capacity_, capacity);
  };
  void* grown = allocate();
  if (grown == nullptr && builtins_.heap.make_room(capacity)) grown = allocate();
  if (grown == nullptr) raise_out_of_memory();
  if (is_inline) std::memcpy(grown, inline_, size_);
  data_ = static_cast<char*>(grown);
  capacity_ = capacity;
}

Ref<Str> StrBuilder::finish() const { return make_str_unchecked(builtins_, view()); }

}  // namespace ouro
