// Makes the objects of a message, and links them.
#include <ouro/objects/classes/class.h>
#include <ouro/objects/messages/detail/packer.h>
#include <ouro/objects/messages/detail/unpacker.h>

#include <fmt/format.h>

namespace ouro::detail {

namespace {

/// How many objects are made between two safepoints.
constexpr std::size_t kStride = 4096;

}  // namespace

Unpacker::~Unpacker() {
  if (!finished_) empty_all();
  for (Object* const object : objects_)
    if (object != nullptr) decrement(*object);
}

Ref<> Unpacker::unpack() {
  objects_.reserve(message_.nodes_.size());
  for (const MessageNode& node : message_.nodes_) {
    objects_.push_back(make(node).release());
    if (objects_.size() % kStride == 0) builtins_.heap.safepoint();
  }
  make_those_made_last();
  for (std::size_t i = 0; i < objects_.size(); ++i)
    if (!message_.nodes_[i].late) fill(message_.nodes_[i], *objects_[i]);
  for (std::size_t i = objects_.size(); i-- > 0;)
    if (message_.nodes_[i].late) fill(message_.nodes_[i], *objects_[i]);
  finished_ = true;
  return Ref<>::share(object(message_.root_));
}

Object* Unpacker::object(std::uint32_t word) const noexcept {
  if (word < kImmortalWord) return objects_[word];
  if (word == kNoObject) return nullptr;
  auto* const first = reinterpret_cast<std::byte*>(builtins_.immortals);
  return reinterpret_cast<Object*>(first + (word - kImmortalWord) * sizeof(void*));
}

Ref<> Unpacker::make(const MessageNode& node) {
  switch (node.form) {
    case MessageNode::Form::kByName:
      return find_exported(node);
    case MessageNode::Form::kType:
      return share<Object>(outside_type(node));
    default:
      break;
  }
  Type& type = type_of(node);
  return type.slots->copy->made_from_others ? Ref<>() : make_by_value(node, type);
}

Ref<> Unpacker::make_by_value(const MessageNode& node, Type& type) {
  StateReader reader = reader_of(node);
  return type.slots->copy->make(type, node, reader);
}

StateReader Unpacker::reader_of(const MessageNode& node) noexcept {
  const bool has_class = node.form == MessageNode::Form::kOfClass;
  return StateReader(*this, has_class ? words_of(node) + 1 : words_of(node));
}

Ref<> Unpacker::find_exported(const MessageNode& node) const {
  const std::string_view name = text_at(node.place, node.count);
  Object* const found = builtins_.exports->find(name);
  if (found == nullptr)
    raise(ErrorKind::kAttributeError, fmt::format("Can't get attribute '{}' from the exports of the runtime", name));
  if (kind_of(*found) != node.kind)
    raise(ErrorKind::kTypeError,
          fmt::format("'{}' is exported as a {} here, and not where the message comes from", name, found->type->name));
  return share(*found);
}

Type& Unpacker::outside_type(const MessageNode& node) const {
  if (node.kind == Kind::kBaseException) return builtins_.type(*reinterpret_cast<const ErrorType*>(node.place));
  Type* const type = builtins_.immortals->outside_type(node.kind);
  if (type == nullptr) raise(ErrorKind::kAttributeError, "Can't get a type from outside that was not added to the runtime");
  return *type;
}

/// The class of a node was made before it; it must have objects of the same layout here.
Type& Unpacker::type_of(const MessageNode& node) const {
  if (node.form != MessageNode::Form::kOfClass)
    return node.kind < Kind::kInstance ? builtins_.type(node.kind) : outside_type(node);
  auto& type = static_cast<Type&>(*object(*words_of(node)));
  if (type.kind != node.kind || type.slots->copy == nullptr) raise_other_layout(type);
  return type;
}

void Unpacker::make_those_made_last() {
  for (const std::uint32_t number : message_.made_last_) {
    const MessageNode& node = message_.nodes_[number];
    objects_[number] = make_by_value(node, type_of(node)).release();
  }
}

void Unpacker::fill(const MessageNode& node, Object& made) {
  if (node.form != MessageNode::Form::kByValue && node.form != MessageNode::Form::kOfClass) return;
  // The type is asked by the node: most objects are atoms, which nobody needs to look at again.
  const CopySlots& copy = *type_of(node).slots->copy;
  if (copy.read == nullptr) return;
  StateReader reader = reader_of(node);
  copy.read(made, node, reader);
}

void Unpacker::empty_all() noexcept {
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const MessageNode& node = message_.nodes_[i];
    const bool is_copy = node.form == MessageNode::Form::kByValue || node.form == MessageNode::Form::kOfClass;
    if (objects_[i] == nullptr || !is_copy) continue;
    Object& made = *objects_[i];
    if (!made.type->has(kContainerType)) continue;
    made.flags |= kFinalizedFlag;
    if (made.type->slots->clear != nullptr) made.type->slots->clear(made);
  }
}

}  // namespace ouro::detail

namespace ouro {

std::uint64_t StateReader::number() noexcept {
  const std::uint64_t bits = next_[0] | std::uint64_t{next_[1]} << 32;
  next_ += 2;
  return bits;
}

std::string_view StateReader::text() noexcept {
  const std::uint64_t place = number();
  return unpacker_.text_at(place, number());
}

const Shared<void>& StateReader::shared() noexcept { return unpacker_.shared_at(number()); }
std::string_view StateReader::kept(std::uint64_t place, std::size_t size) const noexcept {
  return unpacker_.text_at(place, size);
}
Ref<> StateReader::reference() noexcept { return Ref<>::share(unpacker_.object(*next_++)); }

void raise_other_layout(const Type& type) {
  raise(ErrorKind::kTypeError,
        fmt::format("objects of class '{}' have another layout where the message comes from", type.name));
}

}  // namespace ouro
