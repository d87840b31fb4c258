// Frames as objects, and the end of an activation (CPython: Python/frame.c, Objects/frameobject.c).
#include <ouro/objects/core/attributes.h>
#include <ouro/objects/core/detail/default_slots.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/model/make.h>
#include <ouro/objects/modules/cell.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/frame.h>

#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <utility>

namespace ouro::script {

namespace {

const Frame& frame_in(const Object& object) noexcept { return static_cast<const Frame&>(object); }
Frame& frame_in(Object& object) noexcept { return static_cast<Frame&>(object); }

// ---- Life ----

void traverse_frame(const Object& object, Visitor visit) noexcept {
  const Frame& frame = frame_in(object);
  for (Object* const part : {frame.code, frame.globals, frame.built_ins, frame.locals, frame.back, frame.trace}) visit(part);
  for (std::uint32_t i = 0; i < frame.count; ++i) visit(frame.values[i]);
}

void drop_values(Frame& frame) noexcept {
  Object** const values = std::exchange(frame.values, nullptr);
  const std::uint32_t count = std::exchange(frame.count, 0);
  for (std::uint32_t i = 0; i < count; ++i)
    if (values[i] != nullptr) decrement(*values[i]);
  std::free(values);
}

void clear_frame(Object& object) noexcept {
  Frame& frame = frame_in(object);
  drop_values(frame);
  store(frame.locals, nullptr);
  store(frame.trace, nullptr);
  store(frame.back, nullptr);
}

void release_frame(Object& object) noexcept {
  Frame& frame = frame_in(object);
  clear_frame(object);
  for (Object* const part : {frame.code, frame.globals, frame.built_ins}) decrement(*part);
}

std::string edge_name_of_frame(const Object& object, std::size_t number) {
  constexpr const char* kNames[] = {".f_code", ".f_globals", ".f_builtins", ".f_locals", ".f_back", ".f_trace"};
  if (number < std::size(kNames)) return kNames[number];
  const Frame& frame = frame_in(object);
  const std::size_t slot = number - std::size(kNames);
  return slot < frame.count ? "." + std::string(text(frame.its_code().variable(static_cast<std::uint32_t>(slot)))) : ".?";
}

// ---- Variables ----

bool is_cell_slot(const Code& code, std::uint32_t slot) noexcept {
  if (slot >= code.body->locals) return true;
  for (const std::uint32_t cell : code.body->parameter_cells)
    if (cell == slot) return true;
  return false;
}

/// The variables of the slots by name; those without a value are left out.
Ref<Dict> snapshot(const Code& code, Object* const* values, Dict& to) {
  const std::uint32_t slots = code.body->slots();
  for (std::uint32_t slot = 0; slot < slots; ++slot) {
    Object* value = values[slot];
    if (value != nullptr && is_cell_slot(code, slot) && is<Cell>(*value)) value = static_cast<Cell&>(*value).contents;
    const Ref<> held = Ref<>::share(value);
    if (held) {
      to.set(code.variable(slot), *held);
    } else {
      static_cast<void>(to.discard(code.variable(slot)));
    }
  }
  return share(to);
}

Ref<Dict> kept_dict(Frame& frame) {
  if (frame.locals == nullptr) frame.locals = make_dict(builtins_of(frame)).release();
  return share(static_cast<Dict&>(*frame.locals));
}

Ref<> locals_of_frame(Frame& frame) {
  const Ref<Frame> held = share(frame);
  if (frame.activation != nullptr && frame.activation->locals != nullptr) return share(*frame.activation->locals);
  Object* const* const values = frame.activation != nullptr ? frame.activation->slots : frame.values;
  if (values == nullptr) return frame.locals != nullptr ? share(*frame.locals) : Ref<>(kept_dict(frame));
  const Ref<Dict> kept = kept_dict(frame);
  return snapshot(frame.its_code(), values, *kept);
}

Ref<> back_of(Frame& frame) {
  if (frame.activation != nullptr) {
    Activation* const previous = frame.activation->previous;
    return previous != nullptr ? Ref<>(frame_of(*previous)) : make_none(builtins_of(frame));
  }
  return frame.back != nullptr ? share(*frame.back) : make_none(builtins_of(frame));
}

Ref<> repr_frame(Object& object) {
  const Frame& frame = frame_in(object);
  return make_str(builtins_of(object),
                  fmt::format("<frame at {}, file '{}', line {}, code {}>", static_cast<const void*>(&object),
                              frame.its_code().file_text(), frame.line(), frame.its_code().name_text()));
}

Ref<> cleared(Frame& frame) {
  if (frame.activation != nullptr && !frame.activation->is_generator)
    return fail(frame, ErrorKind::kRuntimeError, "cannot clear an executing frame");
  const Ref<Frame> held = share(frame);
  clear_frame(frame);
  return make_none(builtins_of(frame));
}

constexpr Attribute kAttributes[] = {
    property(
        "f_back", [](Frame& frame) { return back_of(frame); }, ""),
    member(
        "f_code", [](Frame& frame) { return share(*frame.code); }, ""),
    member(
        "f_globals", [](Frame& frame) { return share(*frame.globals); }, ""),
    member(
        "f_builtins", [](Frame& frame) { return share(*frame.built_ins); }, ""),
    property(
        "f_locals", [](Frame& frame) { return locals_of_frame(frame); }, ""),
    property(
        "f_lineno", [](Frame& frame) { return frame.line(); }, ""),
    property(
        "f_lasti",
        [](Frame& frame) { return frame.activation != nullptr ? frame.activation->instruction() : frame.instruction; }, ""),
    property(
        "f_trace", [](Frame& frame) { return frame.trace != nullptr ? share(*frame.trace) : make_none(builtins_of(frame)); },
        [](Frame& frame, Object* value) {
          const bool is_kept = value != nullptr && !is_none(*value);
          store(frame.trace, is_kept ? share(*value).release() : nullptr);
        },
        ""),
    method(
        "clear()", [](Frame& frame) { return cleared(frame); }, "F.clear(): clear most references held by the frame"),
};

}  // namespace

std::int32_t Frame::line() const noexcept {
  const std::uint32_t at = activation != nullptr ? activation->instruction() : instruction;
  return its_code().body->location_of(at).line;
}

Ref<Frame> frame_of(Activation& activation) {
  if (activation.frame != nullptr) return share(*activation.frame);
  Builtins& builtins = builtins_of(*activation.code);
  const auto build = [&](Frame& made) noexcept {
    made.activation = &activation;
    made.code = share<Object>(*activation.code).release();
    made.globals = share<Object>(*activation.globals).release();
    made.built_ins = share<Object>(*activation.built_ins).release();
    made.locals = made.back = made.trace = nullptr;
    made.values = nullptr;
    made.count = made.instruction = 0;
  };
  Ref<Frame> made = make<Frame>(builtins.type(kFrameKind), sizeof(Frame), build);
  activation.frame = share(*made).release();
  return made;
}

namespace {

/// The variables go to the frame. Without memory for them they are dropped.
void hand_over(Activation& activation, Frame& frame) noexcept {
  const std::uint32_t slots = activation.code->body->slots();
  frame.instruction = activation.instruction();
  if (activation.previous != nullptr && !activation.is_generator) {
    try {
      store(frame.back, frame_of(*activation.previous).release());
    } catch (const Error&) {
      frame.back = nullptr;  // without memory it has none, as in CPython
    }
  }
  if (activation.locals != nullptr) store(frame.locals, std::exchange(activation.locals, nullptr));
  frame.activation = nullptr;
  auto* const values = static_cast<Object**>(std::malloc((slots + 1) * sizeof(Object*)));
  if (values == nullptr) return;
  for (std::uint32_t i = 0; i < slots; ++i) values[i] = std::exchange(activation.slots[i], nullptr);
  frame.values = values;
  frame.count = slots;
}

}  // namespace

void forget_frame(Activation& activation) noexcept {
  const Ref<Frame> frame = Ref<Frame>::adopt(std::exchange(activation.frame, nullptr));
  frame->instruction = activation.instruction();
  frame->activation = nullptr;
}

void leave(Activation& activation) noexcept {
  if (Frame* const frame = std::exchange(activation.frame, nullptr); frame != nullptr) {
    const Ref<Frame> held = Ref<Frame>::adopt(frame);
    if (frame->refcount > 1) {
      hand_over(activation, *frame);
    } else {
      frame->instruction = activation.instruction();
      frame->activation = nullptr;
    }
  }
  const std::uint32_t slots = activation.code->body->slots();
  for (std::uint32_t i = 0; i < slots; ++i)
    if (Object* const value = std::exchange(activation.slots[i], nullptr); value != nullptr) decrement(*value);
  if (Object* const locals = std::exchange(activation.locals, nullptr); locals != nullptr) decrement(*locals);
  // What died may have asked for the frame once more.
  if (activation.frame != nullptr) forget_frame(activation);
  decrement(*activation.code);
}

Ref<> locals_of(Activation& activation) {
  if (activation.locals != nullptr) return share(*activation.locals);
  const Ref<Frame> frame = frame_of(activation);
  return locals_of_frame(*frame);
}

constinit const TypeSlots kFrameSlots{
    .name = "frame",
    .kind = kFrameKind,
    .flags = kContainerType | kForeignType | kBorrowerType,
    .size = sizeof(Frame),
    .edges = EdgeLayout::custom(),
    .release = release_frame,
    .traverse = traverse_frame,
    .clear = clear_frame,
    .edge_name = edge_name_of_frame,
    .repr = repr_frame,
    .hash = default_hash,
    .attributes = &kAttributeTable<kAttributes>,
};

}  // namespace ouro::script
