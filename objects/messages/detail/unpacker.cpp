#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/messages/detail/packer.h>
#include <ouro/objects/messages/detail/unpacker.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/text/intern.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <bit>
#include <cstring>

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
  make_tuples();
  for (std::size_t i = 0; i < objects_.size(); ++i) fill(message_.nodes_[i], *objects_[i]);
  for (std::size_t i = objects_.size(); i-- > 0;) {
    const MessageNode& node = message_.nodes_[i];
    if (node.form == MessageNode::kDict && node.flag) fill_dict(node, *objects_[i]);
  }
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
    case MessageNode::kInt:
      return make_int(builtins_, static_cast<std::int64_t>(node.place));
    case MessageNode::kBigInt:
      return make_big_int(node);
    case MessageNode::kFloat:
      return make_float(builtins_, std::bit_cast<double>(node.place));
    case MessageNode::kStr: {
      const std::string_view text = text_at(node.place, node.count);
      return node.flag ? intern(builtins_, text) : make_str_unchecked(builtins_, text);
    }
    case MessageNode::kTuple:
      return {};
    case MessageNode::kList:
      return make_list(builtins_, node.count);
    case MessageNode::kDict:
      return make_dict(builtins_, node.count);
    case MessageNode::kInstance:
      return make_instance(class_for(node, nullptr));
    case MessageNode::kNative:
      return make_native(node);
    case MessageNode::kExported:
      break;
  }
  return find_exported(node);
}

Ref<> Unpacker::make_big_int(const MessageNode& node) {
  return with_standard_memory(builtins_.heap, [&] {
    std::vector<Limb, ScratchAllocator<Limb>> limbs(node.count);
    const std::string_view bytes = text_at(node.place, limbs.size() * sizeof(Limb));
    std::memcpy(limbs.data(), bytes.data(), bytes.size());
    return detail::make_int(builtins_, from_limbs(limbs, node.flag));
  });
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

/// The class of a node was made before it; it must have objects of the same layout here.
Class& Unpacker::class_for(const MessageNode& node, const std::type_info* native) const {
  Class* const type = as_class(*object(*words_of(node)));
  const bool same = native == nullptr ? type->native == nullptr : type->native != nullptr && *type->native == *native;
  if (!same)
    raise(ErrorKind::kTypeError,
          fmt::format("objects of class '{}' have another layout where the message comes from", type->name));
  return *type;
}

Ref<> Unpacker::make_native(const MessageNode& node) const {
  const std::uint32_t* const words = words_of(node);
  const std::uint64_t address = words[1] | std::uint64_t{words[2]} << 32;
  Class& type = class_for(node, reinterpret_cast<const std::type_info*>(address));
  return type.slots->copy->make(type);
}

void Unpacker::make_tuples() {
  for (const std::uint32_t number : message_.tuples_) {
    const MessageNode& node = message_.nodes_[number];
    const std::uint32_t* const words = words_of(node);
    objects_[number] =
        build_tuple(builtins_, node.count, [&](std::size_t i) noexcept { return share(*object(words[i])); }).release();
  }
}

void Unpacker::fill(const MessageNode& node, Object& made) {
  if (node.form == MessageNode::kList) {
    const std::uint32_t* const words = words_of(node);
    for (std::uint32_t i = 0; i < node.count; ++i) static_cast<List&>(made).append(*object(words[i]));
  } else if (node.form == MessageNode::kDict) {
    if (!node.flag) fill_dict(node, made);
  } else if (node.form == MessageNode::kInstance) {
    fill_instance(node, made);
  } else if (node.form == MessageNode::kNative) {
    StateReader reader(*this, words_of(node) + 3);
    made.type->slots->copy->read(made, reader);
  }
}

void Unpacker::fill_dict(const MessageNode& node, Object& made) {
  const std::uint32_t* const words = words_of(node);
  for (std::size_t i = 0; i < 2 * std::size_t{node.count}; i += 2)
    static_cast<Dict&>(made).set(*object(words[i]), *object(words[i + 1]));
}

void Unpacker::fill_instance(const MessageNode& node, Object& made) {
  const std::uint32_t* const words = words_of(node);
  auto& instance = static_cast<Instance&>(made);
  if (node.flag) {
    // A native object's constructor, or a finalizer, may have found the instance already and given it attributes.
    while (instance.dict != nullptr || instance.next != 0) made.type->slots->clear(made);
    return adopt_dict(instance, static_cast<Dict&>(*object(words[1])));
  }
  for (std::uint32_t i = 1; i < node.count; i += 2)
    set_own_attribute(instance, static_cast<Str&>(*object(words[i])), *object(words[i + 1]));
}

void Unpacker::empty_all() noexcept {
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    const MessageNode& node = message_.nodes_[i];
    if (objects_[i] == nullptr || node.form == MessageNode::kTuple || node.form == MessageNode::kExported) continue;
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

const std::shared_ptr<void>& StateReader::shared() noexcept { return unpacker_.shared_at(number()); }
Ref<> StateReader::reference() noexcept { return Ref<>::share(unpacker_.object(*next_++)); }

}  // namespace ouro
