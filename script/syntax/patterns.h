// The nodes of patterns, which stand after `case`. `each_field` is as in expressions.h.
#pragma once

#include <ouro/script/syntax/expressions.h>

namespace ouro::script::ast {

struct MatchValue : PatternOf<Kind::kMatchValue> {
  Expr* value = nullptr;

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
  }
};

struct MatchSingleton : PatternOf<Kind::kMatchSingleton> {
  Value value{};

  template <class F>
  void each_field(F&& visit) const {
    visit("value", value, false);
  }
};

struct MatchSequence : PatternOf<Kind::kMatchSequence> {
  NodeList<Pattern> patterns{};

  template <class F>
  void each_field(F&& visit) const {
    visit("patterns", patterns, false);
  }
};

struct MatchMapping : PatternOf<Kind::kMatchMapping> {
  NodeList<Expr> keys{};
  NodeList<Pattern> patterns{};
  Identifier rest{};  ///< may be absent

  template <class F>
  void each_field(F&& visit) const {
    visit("keys", keys, false);
    visit("patterns", patterns, false);
    visit("rest", rest, true);
  }
};

struct MatchClass : PatternOf<Kind::kMatchClass> {
  Expr* cls = nullptr;
  NodeList<Pattern> patterns{};
  std::span<Identifier> kwd_attrs{};
  NodeList<Pattern> kwd_patterns{};

  template <class F>
  void each_field(F&& visit) const {
    visit("cls", cls, false);
    visit("patterns", patterns, false);
    visit("kwd_attrs", kwd_attrs, false);
    visit("kwd_patterns", kwd_patterns, false);
  }
};

struct MatchStar : PatternOf<Kind::kMatchStar> {
  Identifier name{};  ///< may be absent

  template <class F>
  void each_field(F&& visit) const {
    visit("name", name, true);
  }
};

struct MatchAs : PatternOf<Kind::kMatchAs> {
  Pattern* pattern = nullptr;  ///< may be null
  Identifier name{};           ///< may be absent

  template <class F>
  void each_field(F&& visit) const {
    visit("pattern", pattern, true);
    visit("name", name, true);
  }
};

struct MatchOr : PatternOf<Kind::kMatchOr> {
  NodeList<Pattern> patterns{};

  template <class F>
  void each_field(F&& visit) const {
    visit("patterns", patterns, false);
  }
};

}  // namespace ouro::script::ast
