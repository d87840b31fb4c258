#include <ouro/objects/classes/detail/class_body.h>
#include <ouro/objects/classes/instance.h>
#include <ouro/objects/containers/dict.h>
#include <ouro/objects/containers/list.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/messages/detail/packer.h>
#include <ouro/objects/numbers/detail/big_value.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/text/str.h>

#include <fmt/format.h>

#include <bit>
#include <limits>
#include <span>

namespace ouro::detail {

namespace {

[[noreturn, gnu::cold]] void refuse(const Object& object) {
  raise(ErrorKind::kTypeError, fmt::format("cannot pickle '{}' object", object.type->name));
}

/// Classes and functions are known by name only.
[[noreturn, gnu::cold]] void refuse_unnamed(const Object& object) {
  const auto* const function = as<Function>(object);
  const std::string shown = function != nullptr
                                ? fmt::format("<function {}>", ouro::name_of(*function))
                                : fmt::format("<class '{}'>", qualified_name(static_cast<const Type&>(object)));
  raise(ErrorKind::kPicklingError, fmt::format("Can't pickle {}: it is exported under no name", shown));
}

/// True for a key that is hashed and compared without running code of a class.
bool is_plain_key(const Object& key) noexcept {
  const Kind kind = kind_of(key);
  return kind == Kind::kStr || kind == Kind::kInt || kind == Kind::kBool || kind == Kind::kFloat || kind == Kind::kNone;
}

}  // namespace

void Packer::pack() {
  message_.root_ = word_for(root_);
  for (std::size_t node = 0; node < objects_.size(); ++node)
    if (objects_[node] != nullptr) read(node);
  order_tuples();
  message_.root_known_ = true;
}

void Packer::put_number(std::uint64_t number) {
  put(static_cast<std::uint32_t>(number));
  put(static_cast<std::uint32_t>(number >> 32));
}

void Packer::put_text(std::string_view text) {
  put_number(append_bytes(text));
  put_number(text.size());
}

void Packer::put_shared(std::shared_ptr<void> data) {
  put_number(message_.shared_.size());
  message_.shared_.push_back(std::move(data));
}

std::uint32_t Packer::word_for(const Object& object) {
  if (object.refcount == 1 && &object != &root_) return add(object);
  return remembered(object);
}

std::uint32_t Packer::remembered(const Object& object) {
  const std::uintptr_t offset = address_of(&object) - address_of(builtins_.immortals);
  if (offset < sizeof(Immortals)) return kImmortalWord | static_cast<std::uint32_t>(offset / sizeof(void*));
  const auto [place, is_new] = numbers_.try_emplace(&object, 0);
  if (!is_new) return place->second;
  const std::uint32_t number = add(object);
  numbers_[&object] = number;  // adding an instance adds its class
  return number;
}

std::uint32_t Packer::add(const Object& object) {
  using Form = MessageNode::Form;
  const auto container = [&](Form form, std::size_t count) {
    if (form == Form::kInstance || form == Form::kNative) static_cast<void>(remembered(*object.type));  // the class first
    return add_node({form, false, {}, static_cast<std::uint32_t>(count), 0}, &object);
  };
  switch (kind_of(object)) {
    case Kind::kInt:
      return add_int(static_cast<const Int&>(object));
    case Kind::kFloat:
      return add_node({Form::kFloat, false, {}, 0, std::bit_cast<std::uint64_t>(static_cast<const Float&>(object).value)});
    case Kind::kStr:
      return add_str(static_cast<const Str&>(object));
    case Kind::kTuple:
      return container(Form::kTuple, static_cast<const Tuple&>(object).size);
    case Kind::kList:
      return container(Form::kList, static_cast<const List&>(object).size);
    case Kind::kDict:
      return container(Form::kDict, static_cast<const Dict&>(object).size);
    case Kind::kInstance:
      return container(Form::kInstance, 0);
    case Kind::kNative:
      if (object.type->slots->copy == nullptr) refuse(object);
      return container(Form::kNative, 0);
    case Kind::kType:
    case Kind::kFunction:
      return add_exported(object);
    default:
      refuse(object);
  }
}

std::uint32_t Packer::add_int(const Int& value) {
  using Form = MessageNode::Form;
  if (!value.is_big()) return add_node({Form::kInt, false, {}, 0, static_cast<std::uint64_t>(value.value)});
  const std::span<const Limb> limbs = digits_of(value);
  const std::string_view bytes(reinterpret_cast<const char*>(limbs.data()), limbs.size_bytes());
  return add_node({Form::kBigInt, value.is_negative(), {}, static_cast<std::uint32_t>(limbs.size()), append_bytes(bytes)});
}

std::uint32_t Packer::add_str(const Str& str) {
  return add_node({MessageNode::kStr, str.is_interned(), {}, str.bytes, append_bytes(text(str))});
}

std::uint32_t Packer::add_exported(const Object& object) {
  const std::string* const name = builtins_.exports->name_of(object);
  if (name == nullptr) refuse_unnamed(object);
  return add_node(
      {MessageNode::kExported, false, kind_of(object), static_cast<std::uint32_t>(name->size()), append_bytes(*name)});
}

std::uint32_t Packer::add_node(const MessageNode& node, const Object* to_be_read) {
  if (message_.nodes_.size() >= kImmortalWord) raise_out_of_memory();
  message_.nodes_.push_back(node);
  objects_.push_back(to_be_read);
  return static_cast<std::uint32_t>(message_.nodes_.size() - 1);
}

std::uint64_t Packer::append_bytes(std::string_view bytes) {
  const std::size_t place = message_.bytes_.size();
  message_.bytes_.append(bytes);
  return place;
}

void Packer::read(std::size_t number) {
  const Object& object = *objects_[number];
  MessageNode node = message_.nodes_[number];
  const std::size_t place = message_.words_.size();
  node.place = place;
  switch (node.form) {
    case MessageNode::kTuple:
      for (const Object* const item : static_cast<const Tuple&>(object).view()) put(word_for(*item));
      break;
    case MessageNode::kList:
      for (const Object* const item : static_cast<const List&>(object).view()) put(word_for(*item));
      break;
    case MessageNode::kDict:
      read_dict(static_cast<const Dict&>(object), node);
      break;
    case MessageNode::kInstance:
      node.flag = static_cast<const Instance&>(object).dict != nullptr;
      read_instance(static_cast<const Instance&>(object));
      node.count = static_cast<std::uint32_t>(message_.words_.size() - place);
      break;
    default:
      read_native(object);
      break;
  }
  message_.nodes_[number] = node;
}

void Packer::read_dict(const Dict& dict, MessageNode& node) {
  for (const auto [key, value] : dict) {
    node.flag = node.flag || !is_plain_key(key);
    put(word_for(key));
    put(word_for(value));
  }
}

void Packer::read_instance(const Instance& instance) {
  put(remembered(*instance.type));
  if (instance.dict != nullptr) return put(word_for(*instance.dict));
  const Shape& shape = static_cast<const Class*>(instance.type)->body->shape;
  for (std::uint32_t slot = 0; slot < instance.next; ++slot) {
    if (instance.values[slot] == nullptr) continue;
    put(remembered(shape.name(slot)));  // which the shape counts, not the instance
    put(word_for(*instance.values[slot]));
  }
}

void Packer::read_native(const Object& object) {
  put(remembered(*object.type));
  put_number(address_of(static_cast<const Class*>(object.type)->native));
  StateWriter writer(*this);
  object.type->slots->copy->write(object, writer);
}

bool Packer::is_tuple(std::uint32_t word) const noexcept {
  return word < kImmortalWord && message_.nodes_[word].form == MessageNode::kTuple;
}

// Tuples in tuples are made first. Only tuples lead from one to the next here, so there is no cycle. Looked at from the last to
// the first few are met before their items.
void Packer::order_tuples() {
  struct Visit {
    std::uint32_t node;
    std::uint32_t next;  // item
  };
  std::vector<bool> met(message_.nodes_.size(), false);
  std::vector<Visit> visits;
  for (std::size_t last = message_.nodes_.size(); last-- > 0;) {
    if (!is_tuple(static_cast<std::uint32_t>(last)) || met[last]) continue;
    met[last] = true;
    visits.push_back({static_cast<std::uint32_t>(last), 0});
    while (!visits.empty()) {
      Visit& visit = visits.back();
      const MessageNode& tuple = message_.nodes_[visit.node];
      if (visit.next == tuple.count) {
        message_.tuples_.push_back(visit.node);
        visits.pop_back();
        continue;
      }
      const std::uint32_t item = message_.words_[tuple.place + visit.next++];
      if (!is_tuple(item) || met[item]) continue;
      met[item] = true;
      visits.push_back({item, 0});
    }
  }
}

}  // namespace ouro::detail

namespace ouro {

void StateWriter::number(std::uint64_t bits) { packer_.put_number(bits); }
void StateWriter::text(std::string_view text) { packer_.put_text(text); }
void StateWriter::shared(std::shared_ptr<void> data) { packer_.put_shared(std::move(data)); }
void StateWriter::reference(const Object* target) { packer_.put_reference(target); }

}  // namespace ouro
