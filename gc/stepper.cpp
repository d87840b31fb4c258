// A collection phase by phase, with what each object is known to be in between.
#include <ouro/gc/detail/collection.h>
#include <ouro/gc/stepper.h>

#include <array>
#include <cstdio>

namespace ouro::gc {

namespace {

/// Above this many objects nobody compares before and after.
constexpr std::size_t kMostRemembered = 5000;

/// Changes if a count or a reference of the object does.
[[nodiscard]] std::uint64_t state_of(const Object& object) noexcept {
  std::uint64_t state = object.refcount;
  for_each_edge(object, [&](const Object& target) { state = state * 0x9E37'79B9'7F4A'7C15 + address_of(&target); });
  return state;
}

[[nodiscard]] bool is_before_promotion(Phase phase) noexcept { return phase <= Phase::kPromote; }

}  // namespace

std::string_view name_of(Colour colour) noexcept {
  constexpr std::array<std::string_view, 5> kNames{"not a candidate", "unknown", "reached", "followed", "unreachable"};
  return kNames[static_cast<std::size_t>(colour)];
}

Stepper::Stepper(Collector& collector, int generation) : collector_(collector) {
  collector.heap().assert_locked("gc::Stepper");
  if (generation < 0 || generation > kOldest) raise(ErrorKind::kValueError, "invalid generation");
  if (collector.is_collecting()) raise(ErrorKind::kRuntimeError, "a collection is running");
  try {
    run_ = make_owned<detail::Collection>(collector.heap_, collector.refs_, *collector.space_, *collector.settings_,
                                          generation);
  } catch (const std::bad_alloc&) {
    raise_out_of_memory();
  }
  run_->watched = run_->timed = true;
  collector.begin(*run_);
  remember();
}

Stepper::~Stepper() { finish(); }

Phase Stepper::next() const noexcept { return run_->next; }

bool Stepper::step() {
  if (done()) return false;
  if (is_before_promotion(next())) expect_unchanged();
  collector_.perform(*run_);
  return true;
}

void Stepper::run_to(Phase phase) {
  while (next() < phase) step();
}

std::size_t Stepper::finish() {
  if (collector_.running_ != run_.get()) return result_;
  while (step()) {}
  result_ = collector_.finish(*run_);
  return result_;
}

Colour Stepper::colour_of(const Object& object) const noexcept {
  if (!run_->tracking.is_tracked(object)) return Colour::kNotCandidate;
  if ((object.flags & kTrashFlag) != 0) return Colour::kUnreachable;
  const std::int32_t number = run_->refs[run_->tracking.granule_of(object)];
  if (number == GcRefs::kInTrash) return Colour::kUnreachable;
  if (next() == Phase::kCountReferences || next() > Phase::kPromote || number < 0) return Colour::kNotCandidate;
  if (GcRefs::is_unreached(number)) return Colour::kUnknown;
  if (number == 0) return Colour::kNotCandidate;
  const bool has_followed = (number & (GcRefs::kFollowed | GcRefs::kLeaf)) != 0;  // a leaf has nothing to follow
  return has_followed && next() > Phase::kMarkReachable ? Colour::kFollowed : Colour::kReached;
}

std::int32_t Stepper::gc_refs_of(const Object& object) const noexcept {
  if (next() > Phase::kPromote || !run_->tracking.containers().contains(&object)) return 0;
  const std::int32_t number = run_->refs[run_->tracking.granule_of(object)];
  return number < 0 ? 0 : number & GcRefs::kCount;
}

// What is being deleted must not be found.
std::span<Object* const> Stepper::unreachable() const noexcept {
  return done() ? std::span<Object* const>() : std::as_const(run_->trash).all();
}

const CollectionReport& Stepper::report() const noexcept { return run_->report; }

void Stepper::remember() {
  if constexpr (kChecks < CheckLevel::kInternal) return;
  collector_.heap().tracking.for_each_tracked([this](const Object& object) {
    if (seen_.size() < kMostRemembered) seen_.push_back({&object, state_of(object)});
  });
}

void Stepper::expect_unchanged() const {
  if (seen_.empty()) return;
  std::size_t index = 0;
  collector_.heap().tracking.for_each_tracked([&](const Object& object) {
    if (index >= seen_.size()) return;
    const Seen& seen = seen_[index++];
    if (seen.object == &object && seen.state == state_of(object)) return;
    char text[160];
    std::snprintf(text, sizeof text, "%.*s at %p was made, freed, counted or changed between two steps of a collection",
                  static_cast<int>(object.type->name.size()), object.type->name.data(), static_cast<const void*>(&object));
    law_broken("stepped-unchanged", text, __FILE__, __LINE__);
  });
}

}  // namespace ouro::gc
