// Instructions that take the next ones with them.
//
//   LoadLocalChecked i       LocalConstAdd i         where i is an int or a float, the three are done at once;
//   LoadConst 1         -->  LoadConst 1             else only the load is, and the two that follow as always
//   BinaryAdd                BinaryAdd
//
// Only the opcode of the first changes: its argument and the other words stay, so that jumps may lead between them, and
// places and handlers are those of the instructions that were written.
#pragma once

#include <ouro/script/code/opcodes.h>

#include <span>

namespace ouro::script {

/// Lets instructions take the next ones with them where they can.
void quicken(std::span<Word> words) noexcept;

/// The instruction that was written.
[[nodiscard]] Op written_op(Op op) noexcept;

}  // namespace ouro::script
