// The instructions of the machine.
//
// Code is a row of 32-bit words. An instruction is one word, {opcode: 8, argument: 24}, or {opcode, a, b, c} of 8 bits each
// where it names operands; the words that it keeps for what it found the last time (its cache) follow. A jump's argument is
// signed and counts words from behind the instruction and its cache.
//
// Stack pictures show the top at the right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ouro::script {

// clang-format off
/// name, words of its cache
#define OURO_SCRIPT_OPCODES(OP) \
  OP(Nop, 0)                    \
  OP(Pop, 0)                    /* a -> */ \
  OP(Copy, 0)                   /* the argument'th from the top, again */ \
  OP(Swap, 0)                   /* the top with the argument'th */ \
  OP(PushNull, 0)               \
  OP(LoadConst, 0)              \
  OP(LoadLocal, 0)              \
  OP(LoadLocalChecked, 0)       /* of a variable that may be unbound */ \
  OP(StoreLocal, 0)             \
  OP(DeleteLocal, 0)            \
  OP(MakeCell, 0)               /* the local becomes a cell with what it was */ \
  OP(CopyFreeVariables, 0)      /* the cells of the closure become the last slots */ \
  OP(LoadClosure, 0)            /* the cell itself */ \
  OP(LoadCell, 0)               \
  OP(LoadClassCell, 0)          /* of the class's namespace first */ \
  OP(StoreCell, 0)              \
  OP(DeleteCell, 0)             \
  OP(LoadName, 0)               \
  OP(StoreName, 0)              \
  OP(DeleteName, 0)             \
  OP(LoadGlobal, 2)             \
  OP(StoreGlobal, 0)            \
  OP(DeleteGlobal, 0)           \
  OP(LoadAttribute, 2)          \
  OP(LoadMethod, 2)             /* object -> function, object; or value, null */ \
  OP(StoreAttribute, 2)         /* value, object -> */ \
  OP(DeleteAttribute, 0)        \
  OP(BinaryAdd, 0)              \
  OP(BinarySubtract, 0)         \
  OP(BinaryMultiply, 0)         \
  OP(Binary, 0)                 \
  OP(InPlace, 0)                \
  OP(UnaryNegative, 0)          \
  OP(UnaryPositive, 0)          \
  OP(UnaryInvert, 0)            \
  OP(UnaryNot, 0)               \
  OP(Compare, 0)                \
  OP(Is, 0)                     /* argument 1: is not */ \
  OP(Contains, 0)               /* argument 1: not in */ \
  OP(Subscript, 0)              \
  OP(StoreSubscript, 0)         /* value, object, key -> */ \
  OP(DeleteSubscript, 0)        \
  OP(BuildSlice, 0)             \
  OP(BuildTuple, 0)             \
  OP(BuildList, 0)              \
  OP(BuildSet, 0)               \
  OP(BuildMap, 0)               \
  OP(BuildConstKeyMap, 0)       \
  OP(BuildString, 0)            \
  OP(FormatValue, 0)            /* argument: conversion, 4: with a spec */ \
  OP(ListAppend, 0)             \
  OP(SetAdd, 0)                 \
  OP(MapAdd, 0)                 \
  OP(ListExtend, 0)             \
  OP(SetUpdate, 0)              \
  OP(DictUpdate, 0)             \
  OP(DictMerge, 0)              /* of the keywords of a call */ \
  OP(ListToTuple, 0)            \
  OP(UnpackSequence, 0)         \
  OP(UnpackStarred, 0)          /* argument: before + behind * 256 */ \
  OP(Jump, 0)                   \
  OP(JumpBack, 0)               /* a safepoint */ \
  OP(JumpIfFalse, 0)            /* pops */ \
  OP(JumpIfTrue, 0)             \
  OP(JumpIfNone, 0)             \
  OP(JumpIfNotNone, 0)          \
  OP(JumpIfFalseOrPop, 0)       \
  OP(JumpIfTrueOrPop, 0)        \
  OP(GetIterator, 0)            \
  OP(ForIterate, 0)             /* iterator -> iterator, item; at the end: -> , and jumps */ \
  OP(GetYieldFromIterator, 0)   \
  OP(Call, 0)                   /* callee, arguments... -> result */ \
  OP(CallMethod, 0)             /* function, object or null, arguments... -> result */ \
  OP(CallKeywords, 0)           /* callee, arguments..., names -> result */ \
  OP(CallExpanded, 0)           /* callee, tuple[, dict] -> result; argument 1: with a dict */ \
  OP(MakeFunction, 0)           /* [defaults][, kwdefaults][, annotations][, closure], code -> function */ \
  OP(Return, 0)                 \
  OP(ReturnGenerator, 0)        \
  OP(Yield, 0)                  \
  OP(Send, 0)                   /* iterator, value -> iterator, yielded; at the end: -> result, and jumps */ \
  OP(AsyncGenWrap, 0)           \
  OP(Resume, 0)                 /* a safepoint */ \
  OP(Raise, 0)                  \
  OP(Reraise, 0)                /* argument: how far below the exception its instruction lies; 0: nowhere */ \
  OP(PushExceptionInfo, 0)      /* exception -> handled before, exception */ \
  OP(PopExcept, 0)              /* handled before -> */ \
  OP(CheckExceptionMatch, 0)    /* exception, type -> exception, bool */ \
  OP(CheckGroupMatch, 0)        /* exception, type -> rest or None, match or None */ \
  OP(PrepareReraiseStar, 0)     /* original, list -> exception or None */ \
  OP(BeforeWith, 0)             /* manager -> exit, result of enter */ \
  OP(BeforeAsyncWith, 0)        \
  OP(WithExceptStart, 0)        /* exit, instruction, before, exception -> ..., result */ \
  OP(GetAwaitable, 0)           \
  OP(GetAsyncIterator, 0)       \
  OP(GetAsyncNext, 0)           \
  OP(EndAsyncFor, 0)            \
  OP(ImportName, 0)             /* level, names -> module */ \
  OP(ImportFrom, 0)             /* module -> module, value */ \
  OP(ImportStar, 0)             \
  OP(LoadBuildClass, 0)         \
  OP(SetupAnnotations, 0)       \
  OP(LoadAssertionError, 0)     \
  OP(PrintExpression, 0)        \
  OP(MatchMapping, 0)           /* subject -> subject, bool */ \
  OP(MatchSequence, 0)          \
  OP(MatchKeys, 0)              /* subject, keys -> subject, keys, values or None */ \
  OP(MatchClass, 0)             /* subject, type, names -> attributes or None; argument: number of positional ones */ \
  OP(GetLength, 0)              /* subject -> subject, length */ \
  /* Loads that do what the next instructions say as well, where these have operands of the common types: see quicken.h */ \
  OP(LocalLocalAdd, 0)          \
  OP(LocalLocalSubtract, 0)     \
  OP(LocalLocalMultiply, 0)     \
  OP(LocalConstAdd, 0)          \
  OP(LocalConstSubtract, 0)     \
  OP(LocalConstMultiply, 0)     \
  OP(LocalLocalCompareJump, 0)  \
  OP(LocalConstCompareJump, 0)  \
  OP(LocalAdd, 0)               /* left -> sum */ \
  OP(LocalSubtract, 0)          \
  OP(LocalMultiply, 0)          \
  OP(ConstAdd, 0)               \
  OP(ConstSubtract, 0)          \
  OP(ConstMultiply, 0)          \
  OP(ConstCompareJump, 0)       /* left -> */ \
  OP(LocalAttribute, 0)         \
  OP(LocalMethod, 0)            \
  OP(LocalLocalSubscript, 0)    \
  OP(LocalConstSubscript, 0)    \
  OP(LocalLocal, 0)             \
  OP(LocalConst, 0)             \
  OP(CompareJump, 0)            /* left, right -> */

/// An instruction's code.
enum class Op : std::uint8_t {
#define OURO_SCRIPT_OP(name, cache) k##name,
  OURO_SCRIPT_OPCODES(OURO_SCRIPT_OP)
#undef OURO_SCRIPT_OP
  kCount
};
// clang-format on

using Word = std::uint32_t;

inline constexpr std::uint8_t kCacheWords[] = {
#define OURO_SCRIPT_CACHE(name, cache) cache,
    OURO_SCRIPT_OPCODES(OURO_SCRIPT_CACHE)
#undef OURO_SCRIPT_CACHE
};

inline constexpr std::string_view kOpNames[] = {
#define OURO_SCRIPT_NAME(name, cache) #name,
    OURO_SCRIPT_OPCODES(OURO_SCRIPT_NAME)
#undef OURO_SCRIPT_NAME
};

[[nodiscard]] constexpr Op op_of(Word word) noexcept { return static_cast<Op>(word & 0xFF); }
[[nodiscard]] constexpr std::uint32_t argument_of(Word word) noexcept { return word >> 8; }
/// Of a jump.
[[nodiscard]] constexpr std::int32_t distance_of(Word word) noexcept { return static_cast<std::int32_t>(word) >> 8; }
[[nodiscard]] constexpr std::uint8_t cache_words(Op op) noexcept { return kCacheWords[static_cast<std::size_t>(op)]; }
[[nodiscard]] constexpr std::string_view name_of(Op op) noexcept { return kOpNames[static_cast<std::size_t>(op)]; }
[[nodiscard]] constexpr Word make_word(Op op, std::uint32_t argument) noexcept {
  return static_cast<Word>(op) | argument << 8;
}
/// The largest argument of an instruction.
inline constexpr std::uint32_t kMostArgument = 0x7F'FFFF;

/// How the argument of MakeFunction says what lies on the stack.
enum FunctionPart : std::uint32_t { kHasDefaults = 1, kHasKeywordDefaults = 2, kHasAnnotations = 4, kHasClosure = 8 };

/// The argument of Binary and InPlace: `ouro::Operator` by number, and @ behind them.
inline constexpr std::uint32_t kMatrixMultiply = 13;

/// `co_flags`, with CPython's bits.
enum CodeFlag : std::uint32_t {
  kOptimized = 0x1,
  kNewLocals = 0x2,
  kVarArgs = 0x4,
  kVarKeywords = 0x8,
  kNested = 0x10,
  kGeneratorCode = 0x20,
  kCoroutineCode = 0x80,
  kIterableCoroutine = 0x100,
  kAsyncGeneratorCode = 0x200,
};

}  // namespace ouro::script
