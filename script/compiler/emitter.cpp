// The words of one code, jumps, handlers, and the depth of the stack.
#include <ouro/base/assert.h>
#include <ouro/script/compiler/emitter.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace ouro::script {

namespace {

/// How many values an instruction leaves more than it finds, where it does not jump.
std::int32_t effect_of(Op op, std::uint32_t argument) {
  const auto operands = static_cast<std::int32_t>(argument);
  switch (op) {
    case Op::kPushNull:
    case Op::kCopy:
    case Op::kLoadConst:
    case Op::kLoadLocal:
    case Op::kLoadLocalChecked:
    case Op::kLoadClosure:
    case Op::kLoadCell:
    case Op::kLoadClassCell:
    case Op::kLoadName:
    case Op::kLoadGlobal:
    case Op::kLoadMethod:
    case Op::kForIterate:
    case Op::kPushExceptionInfo:
    case Op::kBeforeWith:
    case Op::kBeforeAsyncWith:
    case Op::kWithExceptStart:
    case Op::kGetAsyncNext:
    case Op::kImportFrom:
    case Op::kLoadBuildClass:
    case Op::kLoadAssertionError:
    case Op::kMatchMapping:
    case Op::kMatchSequence:
    case Op::kMatchKeys:
    case Op::kGetLength:
      return 1;
    case Op::kPop:
    case Op::kStoreLocal:
    case Op::kStoreCell:
    case Op::kStoreName:
    case Op::kStoreGlobal:
    case Op::kDeleteAttribute:
    case Op::kBinaryAdd:
    case Op::kBinarySubtract:
    case Op::kBinaryMultiply:
    case Op::kBinary:
    case Op::kInPlace:
    case Op::kCompare:
    case Op::kIs:
    case Op::kContains:
    case Op::kSubscript:
    case Op::kListAppend:
    case Op::kSetAdd:
    case Op::kListExtend:
    case Op::kSetUpdate:
    case Op::kDictUpdate:
    case Op::kDictMerge:
    case Op::kJumpIfFalse:
    case Op::kJumpIfTrue:
    case Op::kJumpIfNone:
    case Op::kJumpIfNotNone:
    case Op::kJumpIfFalseOrPop:
    case Op::kJumpIfTrueOrPop:
    case Op::kReturn:
    case Op::kReraise:
    case Op::kPopExcept:
    case Op::kPrepareReraiseStar:
    case Op::kImportName:
    case Op::kImportStar:
    case Op::kPrintExpression:
      return -1;
    case Op::kStoreAttribute:
    case Op::kDeleteSubscript:
    case Op::kMapAdd:
    case Op::kEndAsyncFor:
    case Op::kMatchClass:
      return -2;
    case Op::kStoreSubscript:
      return -3;
    case Op::kBuildTuple:
    case Op::kBuildList:
    case Op::kBuildSet:
    case Op::kBuildString:
    case Op::kBuildSlice:
      return 1 - operands;
    case Op::kBuildMap:
      return 1 - 2 * operands;
    case Op::kBuildConstKeyMap:
    case Op::kCall:
      return -operands;
    case Op::kCallMethod:
    case Op::kCallKeywords:
      return -operands - 1;
    case Op::kCallExpanded:
      return argument != 0 ? -2 : -1;
    case Op::kFormatValue:
      return (argument & 4) != 0 ? -1 : 0;
    case Op::kUnpackSequence:
      return operands - 1;
    case Op::kUnpackStarred:
      return (operands & 0xFF) + (operands >> 8);
    case Op::kMakeFunction:
      return -static_cast<std::int32_t>((argument & 1) + (argument >> 1 & 1) + (argument >> 2 & 1) + (argument >> 3 & 1));
    case Op::kRaise:
      return -operands;
    default:
      return 0;
  }
}

bool ends_here(Op op) noexcept {
  return op == Op::kReturn || op == Op::kRaise || op == Op::kReraise || op == Op::kJump || op == Op::kJumpBack;
}

/// True for what must not be parted from the next instruction: it begins a block, or is a safepoint itself.
bool goes_on_at_once(Op op) noexcept {
  return op == Op::kBeforeWith || op == Op::kBeforeAsyncWith || op == Op::kReturnGenerator || op == Op::kMakeCell ||
         op == Op::kCopyFreeVariables || op == Op::kResume;
}

/// What is on the stack where a jump arrives, seen from where it would go on otherwise.
std::int32_t at_target(Op op, std::int32_t depth_behind) noexcept {
  switch (op) {
    case Op::kJumpIfFalseOrPop:
    case Op::kJumpIfTrueOrPop:
      return depth_behind + 1;
    case Op::kForIterate:
      return depth_behind - 2;
    case Op::kSend:
      return depth_behind - 1;
    default:
      return depth_behind;
  }
}

}  // namespace

void Emitter::set_location(const Location& location) { location_ = location; }

void Emitter::write(Word word) {
  const auto at = static_cast<std::uint32_t>(words_.size());
  if (locations_.empty() || !(locations_.back().location == location_)) locations_.push_back({at, location_});
  words_.push_back(word);
}

void Emitter::add_depth(std::int32_t values) {
  depth_ += values;
  most_ = std::max(most_, depth_);
}

void Emitter::emit(Op op, std::uint32_t argument) {
  if (!reachable_) return;
  if (argument > kMostArgument) throw std::length_error("the code is too large");
  write(make_word(op, argument));
  for (int i = 0; i < cache_words(op); ++i) words_.push_back(0);
  depth_ += effect_of(op, argument);
  OURO_ASSERT(depth_ >= 0, "emitter-depth");
  most_ = std::max(most_, depth_ + 1);
  if (ends_here(op)) reachable_ = false;
  if (switches_ && reachable_ && !goes_on_at_once(op)) write(make_word(Op::kResume, 0));
}

void Emitter::record_jump(std::uint32_t at, Label& to, std::int32_t depth) {
  OURO_ASSERT(to.depth < 0 || to.depth == depth, "emitter-depth");
  to.depth = depth;
  to.jumps_here.push_back(at);
}

void Emitter::jump(Op op, Label& to) {
  if (!reachable_) return;
  const auto at = static_cast<std::uint32_t>(words_.size());
  emit(op);
  record_jump(at, to, at_target(op, depth_));
  if (to.place < 0) return;
  to.jumps_here.pop_back();
  const std::int64_t behind = at + 1 + cache_words(op);
  words_[at] = make_word(op, static_cast<std::uint32_t>(to.place - behind));
}

void Emitter::bind(Label& label) {
  label.place = static_cast<std::int64_t>(words_.size());
  for (const std::uint32_t at : label.jumps_here) {
    const Op op = op_of(words_[at]);
    const std::int64_t behind = at + 1 + cache_words(op);
    words_[at] = make_word(op, static_cast<std::uint32_t>(label.place - behind));
  }
  label.jumps_here.clear();
  for (HandlerPlan& plan : plans_) {
    if (plan.label != &label) continue;
    plan.target = static_cast<std::uint32_t>(label.place);
    plan.label = nullptr;
  }
  if (label.depth >= 0) {
    OURO_ASSERT(!reachable_ || depth_ == label.depth, "emitter-depth");
    depth_ = label.depth;
    reachable_ = true;
    most_ = std::max(most_, depth_);
  } else if (reachable_) {
    label.depth = depth_;
  }
}

// ---- Handlers ----

void Emitter::push_handler(Label& label, bool keeps_instruction) {
  plans_.push_back({&label, 0, static_cast<std::uint32_t>(depth_), keeps_instruction});
  if (reachable_) label.depth = depth_ + (keeps_instruction ? 2 : 1);
  in_force_.push_back(static_cast<std::uint32_t>(plans_.size() - 1));
  note_handlers();
}

void Emitter::pop_handler() {
  in_force_.pop_back();
  note_handlers();
}

void Emitter::set_handlers(Handlers handlers) {
  in_force_ = std::move(handlers);
  note_handlers();
}

void Emitter::note_handlers() {
  changes_.push_back({static_cast<std::uint32_t>(words_.size()), in_force_.empty() ? -1 : std::int64_t{in_force_.back()}});
}

void Emitter::finish(CodeBody& body) {
  changes_.push_back({static_cast<std::uint32_t>(words_.size()), -1});
  for (std::size_t i = 0; i + 1 < changes_.size(); ++i) {
    const HandlerChange& change = changes_[i];
    if (change.plan < 0 || change.begin == changes_[i + 1].begin) continue;
    const HandlerPlan& plan = plans_[static_cast<std::size_t>(change.plan)];
    body.handlers.push_back({change.begin, changes_[i + 1].begin, plan.target, plan.depth, plan.keeps_instruction});
  }
  body.words = std::move(words_);
  body.locations = std::move(locations_);
  body.stack = static_cast<std::uint32_t>(most_ + 2);
}

}  // namespace ouro::script
