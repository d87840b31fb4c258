// The constants of a file: made from literals, folded, and each there once.
//
// Equal constants of the codes of one file are one object, as in CPython; 1, 1.0 and True are three. A str that looks
// like an identifier is interned.
#pragma once

#include <ouro/objects/containers/list.h>
#include <ouro/objects/core/builtins.h>
#include <ouro/objects/model/ref.h>
#include <ouro/script/syntax/expressions.h>

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace ouro::script {

/// An object, and what tells it from other constants.
struct Constant {
  std::string key;
  Ref<> object;
};

class Constants {
 public:
  /// `arena` takes each name and literal: while a file runs, CPython's parser holds them (claim C7).
  Constants(Builtins& builtins, List& arena) noexcept : builtins_(builtins), arena_(arena) {}

  /// The object of a literal. Throws ouro::Error.
  [[nodiscard]] Constant literal(const ast::Value& value);
  /// An object that is made here.
  [[nodiscard]] Constant of(Ref<> object);
  [[nodiscard]] Constant none() { return of(Ref<>::adopt(&builtins_.none())); }
  [[nodiscard]] Constant text(std::string_view text);
  /// Of a code, which equals no other.
  [[nodiscard]] Constant unique(Ref<> object);
  [[nodiscard]] Constant tuple(const std::vector<Constant>& items);
  [[nodiscard]] Constant frozen_set(const std::vector<Constant>& items);

  /// The constant that an expression always gives; nothing if it may give several, or to compute it fails.
  [[nodiscard]] std::optional<Constant> fold(const ast::Expr& node);

  /// The interned str of a name.
  [[nodiscard]] Ref<Str> name(std::string_view text);
  [[nodiscard]] Builtins& builtins() const noexcept { return builtins_; }

 private:
  [[nodiscard]] Ref<> object_of(const ast::Value& value);
  [[nodiscard]] std::optional<Constant> fold_unary(const ast::UnaryOp& node);
  [[nodiscard]] std::optional<Constant> fold_binary(const ast::BinOp& node);
  [[nodiscard]] Constant merged(std::string key, Ref<> object);

  Builtins& builtins_;
  List& arena_;
  std::unordered_map<std::string, Ref<>> merged_;
  std::uint64_t made_ = 0;
};

}  // namespace ouro::script
