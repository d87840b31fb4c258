// Messages, made by the packer and read by the unpacker.
#include <ouro/base/error.h>
#include <ouro/objects/messages/detail/packer.h>
#include <ouro/objects/messages/detail/unpacker.h>
#include <ouro/objects/messages/message.h>

#include <new>

namespace ouro {

Message::Message(const Object& root) {
  heap_of(root).assert_locked("reading a graph into a message");
  try {
    detail::Packer(*this, root).pack();
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

Ref<> Message::unpack(Builtins& builtins) const {
  if (empty()) raise(ErrorKind::kValueError, "the message is empty");
  try {
    return detail::Unpacker(*this, builtins).unpack();
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
}

std::size_t Message::bytes() const noexcept {
  return nodes_.capacity() * sizeof(MessageNode) + (words_.capacity() + made_last_.capacity()) * sizeof(std::uint32_t) +
         bytes_.capacity() + shared_.capacity() * sizeof(Shared<void>);
}

}  // namespace ouro
