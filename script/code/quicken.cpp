// Which instructions take the next ones with them.
#include <ouro/script/code/quicken.h>

#include <cstddef>

namespace ouro::script {

namespace {

/// The words from an instruction on.
class Window {
 public:
  Window(std::span<const Word> words, std::size_t at) noexcept : words_(words), at_(at) {}
  /// The instruction that many words further on; kNop behind the end.
  [[nodiscard]] Op op(std::size_t further) const noexcept {
    return at_ + further < words_.size() ? op_of(words_[at_ + further]) : Op::kNop;
  }
  [[nodiscard]] std::uint32_t argument(std::size_t further) const noexcept { return argument_of(words_[at_ + further]); }
  [[nodiscard]] bool is_load(std::size_t further) const noexcept {
    return op(further) == Op::kLoadLocalChecked || op(further) == Op::kLoadConst;
  }
  [[nodiscard]] bool is_test(std::size_t further) const noexcept {
    return op(further) == Op::kJumpIfFalse || op(further) == Op::kJumpIfTrue;
  }
  /// 0 to 2: adds, subtracts, multiplies; 3: something else.
  [[nodiscard]] std::uint32_t arithmetic(std::size_t further) const noexcept {
    switch (op(further)) {
      case Op::kBinaryAdd:
        return 0;
      case Op::kBinarySubtract:
        return 1;
      case Op::kBinaryMultiply:
        return 2;
      case Op::kInPlace:
        return argument(further) < 3 ? argument(further) : 3;
      default:
        return 3;
    }
  }

 private:
  std::span<const Word> words_;
  std::size_t at_;
};

constexpr Op behind(Op first, std::uint32_t number) noexcept {
  return static_cast<Op>(static_cast<std::uint32_t>(first) + number);
}

Op after_two_loads(const Window& window) noexcept {
  const bool is_const = window.op(1) == Op::kLoadConst;
  if (const std::uint32_t sort = window.arithmetic(2); sort < 3)
    return behind(is_const ? Op::kLocalConstAdd : Op::kLocalLocalAdd, sort);
  if (window.op(2) == Op::kCompare && window.is_test(3))
    return is_const ? Op::kLocalConstCompareJump : Op::kLocalLocalCompareJump;
  if (window.op(2) == Op::kSubscript) return is_const ? Op::kLocalConstSubscript : Op::kLocalLocalSubscript;
  return is_const ? Op::kLocalConst : Op::kLocalLocal;
}

Op quickened(const Window& window) noexcept {
  const bool is_const = window.op(0) == Op::kLoadConst;
  if (window.op(0) == Op::kCompare && window.is_test(1)) return Op::kCompareJump;
  if (!window.is_load(0)) return window.op(0);
  if (const std::uint32_t sort = window.arithmetic(1); sort < 3)
    return behind(is_const ? Op::kConstAdd : Op::kLocalAdd, sort);
  if (is_const) return window.op(1) == Op::kCompare && window.is_test(2) ? Op::kConstCompareJump : Op::kLoadConst;
  if (window.op(1) == Op::kLoadAttribute) return Op::kLocalAttribute;
  if (window.op(1) == Op::kLoadMethod) return Op::kLocalMethod;
  return window.is_load(1) ? after_two_loads(window) : Op::kLoadLocalChecked;
}

}  // namespace

void quicken(std::span<Word> words) noexcept {
  for (std::size_t at = 0; at < words.size();) {
    const Op op = op_of(words[at]);
    words[at] = make_word(quickened(Window(words, at)), argument_of(words[at]));
    at += std::size_t{1} + cache_words(op);
  }
}

Op written_op(Op op) noexcept {
  switch (op) {
    case Op::kConstAdd:
    case Op::kConstSubtract:
    case Op::kConstMultiply:
    case Op::kConstCompareJump:
      return Op::kLoadConst;
    case Op::kCompareJump:
      return Op::kCompare;
    default:
      return op >= Op::kLocalLocalAdd && op < Op::kCount ? Op::kLoadLocalChecked : op;
  }
}

}  // namespace ouro::script
