// The loop that runs code (CPython: _PyEval_EvalFrameDefault in Python/ceval.c).
//
// Each instruction ends with a jump to the next one's code. What may run foreign code or fail has the place of the next
// instruction written into the activation first, for tracebacks and frames; the top of the stack is known to the loop
// alone. One `try` stands around all instructions: what native code throws is a failure like any other.
#include <ouro/objects/containers/detail/item_at_hand.h>
#include <ouro/objects/containers/range.h>
#include <ouro/objects/containers/slice_object.h>
#include <ouro/objects/containers/tuple.h>
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

Object* new_bool(Builtins& builtins, bool value) noexcept { return &builtins.boolean(value); }

/// The next item; null at the end, or if it failed.
Object* next_item(Builtins& builtins, Object& iterator) {
  if (Object* const item = ouro::detail::item_at_hand(iterator)) return share(*item).release();
  const FailureMark mark(builtins.heap.failures);
  Object* const item = ouro::detail::next_or_fail(iterator).release();
  if (item == nullptr && mark.failed(ErrorKind::kStopIteration)) mark.forget();
  return item;
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

// clang-format off
#define ARG (word >> 8)
#define NEXT() do { word = *pc++; goto *kLabels[word & 0xFF]; } while (0)
#define SAVE() (a->next = pc)
#define JUMP() (pc += distance_of(word))
#define TARGET(name) l_##name
#define LOAD_ACTIVATION() do { pc = a->next; slots = a->slots; \
    constants = static_cast<const Tuple&>(*a->code->constants).items; } while (0)
#define IS_WORD_INT(object) ((object)->type == int_type && ((object)->flags & Int::kBigFlag) == 0)
#define INT_OF(object) (static_cast<Int*>(object)->value)
#define FLOAT_OF(object) (static_cast<Float*>(object)->value)
// An operation of two values: the result takes their place.
#define BINARY_RESULT(result) do { value = (result); if (value == nullptr) goto failed; \
    Object* const right_ = *--sp; Object* const left_ = sp[-1]; sp[-1] = value; decrement(*left_); decrement(*right_); \
    NEXT(); } while (0)
#define UNARY_RESULT(result) do { value = (result); if (value == nullptr) goto failed; \
    Object* const operand_ = sp[-1]; sp[-1] = value; decrement(*operand_); NEXT(); } while (0)
// clang-format on
#define INT_OPERATION(overflows, float_operator, op)                                \
  {                                                                                 \
    Object* const right = sp[-1];                                                   \
    Object* const left = sp[-2];                                                    \
    SAVE();                                                                         \
    if (IS_WORD_INT(left) && IS_WORD_INT(right)) {                                  \
      std::int64_t number;                                                          \
      if (!overflows(INT_OF(left), INT_OF(right), &number)) {                       \
        if (left->refcount == 1 && !is_small_int(number)) {                         \
          INT_OF(left) = number;                                                    \
          --sp;                                                                     \
          decrement(*right);                                                        \
          NEXT();                                                                   \
        }                                                                           \
        BINARY_RESULT(make_int(builtins, number).release());                        \
      }                                                                             \
    } else if (left->type == float_type && right->type == float_type) {             \
      const double number = FLOAT_OF(left) float_operator FLOAT_OF(right);          \
      if (left->refcount == 1) {                                                    \
        FLOAT_OF(left) = number;                                                    \
        --sp;                                                                       \
        decrement(*right);                                                          \
        NEXT();                                                                     \
      }                                                                             \
      BINARY_RESULT(make_float(builtins, number).release());                        \
    }                                                                               \
    BINARY_RESULT(binary(static_cast<std::uint32_t>(Operator::op), *left, *right)); \
  }

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
        sp = a->top + 1;
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
