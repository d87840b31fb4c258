// Reads a graph of objects into a message.
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/functions/function.h>
#include <ouro/objects/messages/detail/packer.h>
#include <ouro/objects/messages/errors.h>

#include <fmt/format.h>

#include <string>
#include <utility>

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
  raise(kPicklingError, fmt::format("Can't pickle {}: it is exported under no name", shown));
}

/// The type of errors that a type behind the immortal objects was made of, or null. Another runtime may not have it yet.
const ErrorType* error_of_type(const Object& object) noexcept {
  return kind_of(object) == Kind::kType ? error_type_of(static_cast<const Type&>(object)) : nullptr;
}

/// Such a type may lie elsewhere among the immortal objects of another runtime.
bool is_outside_type(const Object& object) noexcept {
  return kind_of(object) == Kind::kType && !static_cast<const Type&>(object).has(kClassType) &&
         static_cast<const Type&>(object).kind >= Kind::kCount;
}

}  // namespace

void Packer::pack() {
  message_.root_ = word_for(root_);
  for (std::size_t node = 0; node < objects_.size(); ++node)
    if (objects_[node] != nullptr) read(node);
  order_those_made_last();
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

void Packer::put_shared(Shared<void> data) {
  put_number(message_.shared_.size());
  message_.shared_.push_back(std::move(data));
}

std::uint32_t Packer::word_for(const Object& object) {
  if (object.refcount == 1 && &object != &root_) return add(object);
  return remembered(object);
}

std::uint32_t Packer::remembered(const Object& object) {
  const std::uintptr_t offset = address_of(&object) - address_of(builtins_.immortals);
  if (offset < sizeof(Immortals) && !is_outside_type(object))
    return kImmortalWord | static_cast<std::uint32_t>(offset / sizeof(void*));
  const auto [place, is_new] = numbers_.try_emplace(&object, 0);
  if (!is_new) return place->second;
  const std::uint32_t number = add(object);
  numbers_[&object] = number;  // adding an instance adds its class
  return number;
}

std::uint32_t Packer::add(const Object& object) {
  if (is_outside_type(object))
    return add_node({static_cast<const Type&>(object).kind, MessageNode::Form::kType, false, false, 0, 0});
  if (const ErrorType* const error = error_of_type(object)) {
    const auto place = reinterpret_cast<std::uintptr_t>(error);
    return add_node({Kind::kBaseException, MessageNode::Form::kType, false, false, 0, place});
  }
  const CopySlots* const copy = object.type->slots->copy;
  if (copy == nullptr) refuse(object);
  if (copy->by_name) return add_exported(object);
  MessageNode node{kind_of(object), MessageNode::Form::kByValue, false, false, 0, 0};
  if (object.type->has(kClassType)) {
    node.form = MessageNode::Form::kOfClass;
    static_cast<void>(remembered(*object.type));  // the class first
  }
  StateWriter writer(*this);
  if (copy->note != nullptr) copy->note(object, node, writer);
  return add_node(node, copy->write != nullptr ? &object : nullptr);
}

std::uint32_t Packer::add_exported(const Object& object) {
  const std::string* const name = builtins_.exports->name_of(object);
  if (name == nullptr) refuse_unnamed(object);
  return add_node({kind_of(object), MessageNode::Form::kByName, false, false, static_cast<std::uint32_t>(name->size()),
                   append_bytes(*name)});
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
  node.place = message_.words_.size();
  if (node.form == MessageNode::Form::kOfClass) put(remembered(*object.type));
  StateWriter writer(*this);
  object.type->slots->copy->write(object, node, writer);
  message_.nodes_[number] = node;
}

bool Packer::is_made_from_others(std::uint32_t word) const noexcept {
  return word < kImmortalWord && objects_[word] != nullptr && objects_[word]->type->slots->copy->made_from_others;
}

// Tuples in tuples are made first. Only what is made from others leads from one to the next here, so there is no cycle.
// Looked at from the last to the first few are met before their items.
void Packer::order_those_made_last() {
  struct Visit {
    std::uint32_t node;
    std::uint32_t next;  // item
  };
  const auto first_item = [](const MessageNode& node) {
    return node.place + (node.form == MessageNode::Form::kOfClass ? 1 : 0);
  };
  std::vector<bool> met(message_.nodes_.size(), false);
  std::vector<Visit> visits;
  for (std::size_t last = message_.nodes_.size(); last-- > 0;) {
    if (!is_made_from_others(static_cast<std::uint32_t>(last)) || met[last]) continue;
    met[last] = true;
    visits.push_back({static_cast<std::uint32_t>(last), 0});
    while (!visits.empty()) {
      Visit& visit = visits.back();
      const MessageNode& node = message_.nodes_[visit.node];
      if (visit.next == node.count) {
        message_.made_last_.push_back(visit.node);
        visits.pop_back();
        continue;
      }
      const std::uint32_t item = message_.words_[first_item(node) + visit.next++];
      if (!is_made_from_others(item) || met[item]) continue;
      met[item] = true;
      visits.push_back({item, 0});
    }
  }
}

}  // namespace ouro::detail

namespace ouro {

void StateWriter::number(std::uint64_t bits) { packer_.put_number(bits); }
void StateWriter::text(std::string_view text) { packer_.put_text(text); }
void StateWriter::shared(Shared<void> data) { packer_.put_shared(std::move(data)); }
void StateWriter::reference(const Object* target) { packer_.put_reference(target); }
void StateWriter::uncounted(const Object& target) { packer_.put_uncounted(target); }
std::uint64_t StateWriter::keep(std::string_view bytes) { return packer_.append_bytes(bytes); }
std::size_t StateWriter::words() const noexcept { return packer_.words(); }

}  // namespace ouro
