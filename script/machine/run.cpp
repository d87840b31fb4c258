// The loop that runs code (CPython: _PyEval_EvalFrameDefault in Python/ceval.c).
//
// Each instruction ends with a jump to the next one's code. What may run foreign code or fail has the place of the next
// instruction written into the activation first, for tracebacks and frames; the top of the stack is known to the loop
// alone. One `try` stands around all instructions: what native code throws is a failure like any other.
#include <ouro/objects/containers/detail/item_at_hand.h>
#include <ouro/objects/containers/range.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/containers/tuple.h>
#include <ouro/objects/core/access.h>
#include <ouro/objects/core/attempt.h>
#include <ouro/objects/core/detail/or_fail.h>
#include <ouro/objects/core/none.h>
#include <ouro/objects/functions/method.h>
#include <ouro/objects/modules/cell.h>
#include <ouro/objects/numbers/float.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/sets/set.h>
#include <ouro/objects/text/str.h>
#include <ouro/script/machine/async.h>
#include <ouro/script/machine/calls.h>
#include <ouro/script/machine/detail/at_hand.h>
#include <ouro/script/machine/errors.h>
#include <ouro/script/machine/frame.h>
#include <ouro/script/machine/generators.h>
#include <ouro/script/machine/interpreter.h>
#include <ouro/script/machine/operations.h>
#include <ouro/script/machine/run.h>

#include <algorithm>
#include <utility>

namespace ouro::script {

namespace {

void drop(Object* value) noexcept {
  if (value != nullptr) decrement(*value);
}

void note_failure(Heap& heap, const FailureMark& mark, const Error* error) noexcept {
  mark.forget();
  try {
    static_cast<void>(error != nullptr ? fail_caught(heap, *error) : fail_handled(heap));
  } catch (...) {
    heap.failures.add(Error::out_of_memory());
  }
}

/// Arguments of a script function that are not only to be put in place. Null: it failed.
Activation* begin_call(MachineThread& thread, ScriptFunction& function, const Arguments& arguments) {
  Code& code = function.its_code();
  bool opened_chunk = false;
  Object** const slots = place_for(thread, code, opened_chunk);
  const std::uint32_t count = code.body->slots();
  std::fill_n(slots, count, nullptr);
  const auto undo = [&] {
    for (std::uint32_t i = 0; i < count; ++i) drop(slots[i]);
    if (opened_chunk) thread.close_chunk();
  };
  if (!bind_arguments(function, arguments, slots)) {
    undo();
    return nullptr;
  }
  try {
    Activation& made = enter(thread, code, slots, function.its_globals(), function.its_builtins(), &function);
    made.opened_chunk = opened_chunk;
    return &made;
  } catch (...) {
    undo();
    throw;
  }
}

/// The last step of a range may lead beyond the numbers of 64 bits.
constexpr std::int64_t wrapping_sum(std::int64_t left, std::int64_t right) noexcept {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(left) + static_cast<std::uint64_t>(right));
}

/// What a comparison says of two numbers.
template <class T>
[[gnu::always_inline]] inline bool compares(std::uint32_t op, T left, T right) noexcept {
  // A bit for each operator: less, equal, greater, and neither, which nan is.
  constexpr std::uint32_t kHolds[] = {0b0001, 0b0011, 0b0010, 0b1101, 0b0100, 0b0110};
  const std::uint32_t order = left < right ? 0 : left == right ? 1 : left > right ? 2 : 3;
  return (kHolds[op] >> order & 1) != 0;
}

/// What an operator that needs no more than 64 bits makes of two ints; false: it is to be asked in the usual way.
[[gnu::always_inline]] inline bool int_operation(Operator op, std::int64_t left, std::int64_t right,
                                                 std::int64_t& result) noexcept {
  switch (op) {
    case Operator::kBitAnd:
      result = left & right;
      return true;
    case Operator::kBitOr:
      result = left | right;
      return true;
    case Operator::kBitXor:
      result = left ^ right;
      return true;
    case Operator::kFloorDivide:
      if (right <= 0) return false;
      result = left / right - (left % right < 0 ? 1 : 0);
      return true;
    case Operator::kRemainder:
      if (right <= 0) return false;
      result = left % right + (left % right < 0 ? right : 0);
      return true;
    case Operator::kRightShift:
      if (right < 0 || right > 63) return false;
      result = left >> right;
      return true;
    default:
      return false;
  }
}

/// True if a call by position is only a matter of putting the arguments in place, with defaults behind them, and there is
/// room for it.
[[gnu::always_inline]] inline bool can_place(const MachineThread& thread, const ScriptFunction& function, Object** arguments,
                                             std::uint32_t count) noexcept {
  const Code& code = function.its_code();
  const Builtins& builtins = thread.interpreter().builtins();
  const std::uint32_t wanted = code.body->simple_arguments;
  if (wanted != count) [[unlikely]] {
    if (wanted == CodeBody::kNever || count > wanted || function.defaults == nullptr) return false;
    if (wanted - count > function.its_defaults()->size) return false;
  }
  return thread.has_room(arguments, words_of(code)) && builtins.recursion_depth < builtins.recursion_limit;
}

/// The defaults and, in the other variables, nothing.
[[gnu::always_inline]] inline void place_rest(const ScriptFunction& function, Object** slots, std::uint32_t count) noexcept {
  const CodeBody& body = *function.its_code().body;
  if (count != body.parameters) [[unlikely]] {
    const Tuple& defaults = *function.its_defaults();
    for (std::uint32_t i = count; i < body.parameters; ++i)
      slots[i] = share(*defaults.items[defaults.size - (body.parameters - i)]).release();
    count = body.parameters;
  }
  for (Object** slot = slots + count; slot != slots + body.slots(); ++slot) *slot = nullptr;
}

/// As go_back, where most have neither a frame nor a namespace.
[[gnu::always_inline]] inline void go_back(MachineThread& thread, Builtins& builtins) noexcept {
  Activation& ended = *thread.current;
  if (ended.frame != nullptr || ended.locals != nullptr || ended.opened_chunk) [[unlikely]]
    return go_back(thread);
  --builtins.recursion_depth;
  for (Object **slot = ended.slots, **end = slot + ended.code->body->slots(); slot != end; ++slot)
    drop(std::exchange(*slot, nullptr));
  if (ended.frame != nullptr) [[unlikely]]
    forget_frame(ended);
  thread.current = ended.previous;
  thread.free = ended.free_before;
  decrement(*ended.code);
}

Object* new_bool(Builtins& builtins, bool value) noexcept { return &builtins.boolean(value); }

/// The next item; null at the end, or if it failed.
Object* next_item(Builtins& builtins, Object& iterator) {
  if (Object* const item = ouro::detail::item_at_hand(iterator)) return share(*item).release();
  const FailureMark mark(builtins.heap.failures);
  Object* const item = ouro::detail::next_or_fail(iterator).release();
  if (item == nullptr && mark.failed(ErrorKind::kStopIteration)) mark.forget();
  return item;
}

/// As send_to. The loop jumps, and has no handles in what it jumps out of.
Object* send_step(Object& receiver, Object& value, Object*& result) {
  Ref<> ended;
  Object* const yielded = send_to(receiver, value, ended).release();
  result = ended.release();
  return yielded;
}

Object* execute(MachineThread& thread, Activation& entry, BaseException* raised) noexcept {
  static const void* const kLabels[] = {
#define OURO_SCRIPT_LABEL(name, cache) &&l_##name,
      OURO_SCRIPT_OPCODES(OURO_SCRIPT_LABEL)
#undef OURO_SCRIPT_LABEL
  };
  Interpreter& interpreter = thread.interpreter();
  Builtins& builtins = interpreter.builtins();
  Heap& heap = builtins.heap;
  Type* const int_type = &builtins.type(Kind::kInt);
  Type* const float_type = &builtins.type(Kind::kFloat);
  Type* const bool_type = &builtins.type(Kind::kBool);
  const Object* const super_type = &builtins.type(Kind::kSuper);
  const Object* const list_append = interpreter.list_append();
  Type* const str_type = &builtins.type(Kind::kStr);
  Type* const function_type = &builtins.type(kFunctionKind);
  const FailureMark mark(heap.failures);
  Activation* a = &entry;
  const Word* pc = a->next;
  Object** sp = a->top;
  Object** slots = a->slots;
  Object* const* constants = static_cast<const Tuple&>(*a->code->constants).items;
  Word word = 0;
  bool has_failed = false;
  Object* value = nullptr;
  std::int64_t number = 0;
  double real = 0;
  Object** called = nullptr;  // where what is called lies
  Object** given = nullptr;   // where its arguments begin

// clang-format off
#define ARG (word >> 8)
#define NEXT() do { word = *pc++; goto *kLabels[word & 0xFF]; } while (0)
#define SAVE() (a->next = pc)
#define JUMP() (pc += distance_of(word))
#define TARGET(name) l_##name
#define LOAD_ACTIVATION() do { pc = a->next; slots = a->slots; \
    constants = static_cast<const Tuple&>(*a->code->constants).items; } while (0)
#define IS_WORD_INT(object) ((object)->type == int_type && ((object)->flags & Int::kBigFlag) == 0)
#define INT_OF(object) (static_cast<Int*>(const_cast<Object*>(static_cast<const Object*>(object)))->value)
#define FLOAT_OF(object) (static_cast<Float*>(const_cast<Object*>(static_cast<const Object*>(object)))->value)
// An operation of two values: the result takes their place.
#define BINARY_RESULT(result) do { value = (result); if (value == nullptr) goto failed; \
    Object* const right_ = *--sp; Object* const left_ = sp[-1]; sp[-1] = value; decrement(*left_); decrement(*right_); \
    NEXT(); } while (0)
#define UNARY_RESULT(result) do { value = (result); if (value == nullptr) goto failed; \
    Object* const operand_ = sp[-1]; sp[-1] = value; decrement(*operand_); NEXT(); } while (0)
// clang-format on
// clang-format off
// The operands of arithmetic as two numbers, of which one at least is a float; false: they are something else.
#define FLOATS_OF(left, right, l, r) \
    (IS_NUMBER(left, l) && IS_NUMBER(right, r) && ((left)->type == float_type || (right)->type == float_type))
#define IS_NUMBER(object, number_) \
    ((object)->type == float_type ? (number_ = FLOAT_OF(object), true) \
                                  : IS_WORD_INT(object) && (number_ = static_cast<double>(INT_OF(object)), true))
#define INT_OPERATION(overflows, float_operator, op) { \
    Object* const right = sp[-1]; Object* const left = sp[-2]; \
    SAVE(); \
    double l, r; \
    if (IS_WORD_INT(left) && IS_WORD_INT(right)) { \
      if (!overflows(INT_OF(left), INT_OF(right), &number)) { \
        if (!is_small_int(number)) { \
          if (left->refcount == 1) { INT_OF(left) = number; --sp; decrement(*right); NEXT(); } \
          if (right->refcount == 1) { INT_OF(right) = number; sp[-2] = right; --sp; decrement(*left); NEXT(); } \
        } \
        BINARY_RESULT(make_int(builtins, number).release()); \
      } \
    } else if (FLOATS_OF(left, right, l, r)) { \
      real = l float_operator r; \
      if (left->refcount == 1 && left->type == float_type) { FLOAT_OF(left) = real; --sp; decrement(*right); NEXT(); } \
      if (right->refcount == 1 && right->type == float_type) { \
        FLOAT_OF(right) = real; sp[-2] = right; --sp; decrement(*left); NEXT(); \
      } \
      BINARY_RESULT(make_float(builtins, real).release()); \
    } \
    BINARY_RESULT(binary(static_cast<std::uint32_t>(Operator::op), *left, *right)); \
  }
// A local and what the next word loads, which the word after that adds.
#define TWO_LOADS(second, overflows, float_operator) { \
    const Object* const left = slots[ARG]; const Object* const right = second; \
    double l, r; \
    if (left != nullptr && right != nullptr) { \
      if (IS_WORD_INT(left) && IS_WORD_INT(right)) { \
        if (!overflows(INT_OF(left), INT_OF(right), &number)) { pc += 2; goto put_int; } \
      } else if (FLOATS_OF(left, right, l, r)) { real = l float_operator r; pc += 2; goto put_float; } \
    } \
    goto load_local; \
  }
// What lies on the stack and what this word loads.
#define ONE_LOAD(second, overflows, float_operator, otherwise) { \
    const Object* const left = sp[-1]; const Object* const right = second; \
    double l, r; \
    if (right != nullptr) { \
      if (IS_WORD_INT(left) && IS_WORD_INT(right)) { \
        if (!overflows(INT_OF(left), INT_OF(right), &number)) { ++pc; goto replace_by_int; } \
      } else if (FLOATS_OF(left, right, l, r)) { real = l float_operator r; ++pc; goto replace_by_float; } \
    } \
    goto otherwise; \
  }
// A comparison of two numbers `further` words further on, and the jump behind it.
#define COMPARE_JUMP(first, second, further) do { \
    const Object* const left_ = (first); const Object* const right_ = (second); \
    if (left_ != nullptr) { \
      const bool are_ints = IS_WORD_INT(left_) && IS_WORD_INT(right_); \
      if (are_ints || (left_->type == float_type && right_->type == float_type)) { \
        const std::uint32_t op_ = argument_of(pc[1]); \
        const bool holds = are_ints ? compares(op_, INT_OF(left_), INT_OF(right_)) \
                                    : compares(op_, FLOAT_OF(left_), FLOAT_OF(right_)); \
        const Word jump = pc[2]; pc += 3; \
        if (holds == (op_of(jump) == Op::kJumpIfTrue)) pc += distance_of(jump); \
        NEXT(); \
      } \
    } } while (0)
// An item of a list or tuple in a local.
#define ITEM_AT_HAND(key_) { \
    const Object* const object = slots[ARG]; const Object* const key = key_; \
    if (object != nullptr && key != nullptr && IS_WORD_INT(key)) { \
      if (Object* const item = ouro::detail::item_of_sequence(*object, INT_OF(key))) { \
        increment(*item); *sp++ = item; pc += 2; NEXT(); \
      } \
    } \
    goto load_local; \
  }
  // clang-format on

  for (;;) {
    try {
      if (has_failed) {
        has_failed = false;
        goto failed;
      }
      if (raised != nullptr) {
        add_traceback(thread, *a, *raised);
        goto unwind;
      }
      NEXT();

#include <ouro/script/machine/detail/run_calls.inc>
#include <ouro/script/machine/detail/run_exceptions.inc>
#include <ouro/script/machine/detail/run_fused.inc>
#include <ouro/script/machine/detail/run_names.inc>
#include <ouro/script/machine/detail/run_values.inc>

    failed:
      raised = take_exception(thread).release();
      add_traceback(thread, *a, *raised);
    unwind:
      pc = a->next;
    reraise : {
      // `pc` is behind the instruction whose handler is wanted.
      const auto instruction = static_cast<std::uint32_t>(pc - a->code->body->words.data()) - 1;
      const Handler* const handler = a->code->body->handler_of(instruction);
      if (handler == nullptr) {
        while (sp != a->stack()) drop(*--sp);
        const bool is_entry = a->is_entry;
        const bool is_generator = a->is_generator;
        go_back(thread);
        if (is_entry) {
          BaseException* const thrown = std::exchange(raised, nullptr);
          const Ref<BaseException> held = Ref<BaseException>::adopt(thrown);
          static_cast<void>(fail(*held));
          return nullptr;
        }
        a = thread.current;
        slots = a->slots;
        constants = static_cast<const Tuple&>(*a->code->constants).items;
        sp = a->top;
        if (is_generator) {
          end_inline(thread, static_cast<Generator&>(*sp[-1]));
          raised = leaving_generator(thread, raised);
        } else {
          ++sp;  // what was called lies there still
        }
        add_traceback(thread, *a, *raised);
        goto unwind;
      }
      Object** const kept = a->stack() + handler->depth;
      while (sp > kept) drop(*--sp);
      if (handler->keeps_instruction) *sp++ = make_int(builtins, a->instruction()).release();
      *sp++ = std::exchange(raised, nullptr);
      pc = a->code->body->words.data() + handler->target;
      NEXT();
    }
    } catch (const Error& error) {
      note_failure(heap, mark, &error);
    } catch (...) {
      note_failure(heap, mark, nullptr);
    }
    // What was on its way gives way to what came of it.
    if (raised != nullptr) drop(std::exchange(raised, nullptr));
    has_failed = true;
  }
}

}  // namespace

Ref<> run(MachineThread& thread, Activation& entry) noexcept { return Ref<>::adopt(execute(thread, entry, nullptr)); }

Ref<> run_with(MachineThread& thread, Activation& entry, Ref<BaseException> raised) noexcept {
  if (raised->context == nullptr) set_context(thread, *raised);
  return Ref<>::adopt(execute(thread, entry, raised.release()));
}

}  // namespace ouro::script
