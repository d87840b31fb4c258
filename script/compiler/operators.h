// The operators of the syntax tree as those of the runtime.
#pragma once

#include <ouro/objects/core/protocol.h>
#include <ouro/script/code/opcodes.h>
#include <ouro/script/syntax/node.h>

namespace ouro::script {

/// All but @.
[[nodiscard]] constexpr ouro::Operator runtime_operator(ast::Operator op) noexcept {
  switch (op) {
    case ast::Operator::kAdd:
    case ast::Operator::kMatMult:
      return ouro::Operator::kAdd;
    case ast::Operator::kSub:
      return ouro::Operator::kSubtract;
    case ast::Operator::kMult:
      return ouro::Operator::kMultiply;
    case ast::Operator::kDiv:
      return ouro::Operator::kTrueDivide;
    case ast::Operator::kMod:
      return ouro::Operator::kRemainder;
    case ast::Operator::kPow:
      return ouro::Operator::kPower;
    case ast::Operator::kLShift:
      return ouro::Operator::kLeftShift;
    case ast::Operator::kRShift:
      return ouro::Operator::kRightShift;
    case ast::Operator::kBitOr:
      return ouro::Operator::kBitOr;
    case ast::Operator::kBitXor:
      return ouro::Operator::kBitXor;
    case ast::Operator::kBitAnd:
      return ouro::Operator::kBitAnd;
    case ast::Operator::kFloorDiv:
      return ouro::Operator::kFloorDivide;
  }
  return ouro::Operator::kAdd;
}

/// The argument of Binary and InPlace.
[[nodiscard]] constexpr std::uint32_t operator_argument(ast::Operator op) noexcept {
  return op == ast::Operator::kMatMult ? kMatrixMultiply : static_cast<std::uint32_t>(runtime_operator(op));
}

}  // namespace ouro::script
