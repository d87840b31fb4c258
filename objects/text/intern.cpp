// Interning: the table's one str for a text.
#include <ouro/objects/text/detail/intern_table.h>
#include <ouro/objects/text/intern.h>

namespace ouro {

namespace {

/// Adds a mortal str of which there is no equal one in the table.
void enter(Builtins& builtins, Str& str) {
  builtins.interned->insert(str);
  str.flags |= Str::kInternedFlag | kStorageFlag;
}

}  // namespace

Ref<Str> intern(Builtins& builtins, std::string_view text) {
  if (text.size() <= 1) return make_str(builtins, text);  // there is one of each anyway
  if (Str* const recent = builtins.interned->find_recent(text)) return share(*recent);
  const std::int64_t hash = hash_text(builtins, text);
  if (Str* const known = builtins.interned->find(text, hash)) {
    builtins.interned->remember(*known);
    return share(*known);
  }
  Ref<Str> made = make_str(builtins, text);
  if (made->is_interned()) return made;
  if (Str* const known = builtins.interned->find(text, hash)) return share(*known);  // law made-once
  made->cached_hash = hash;
  enter(builtins, *made);
  builtins.interned->remember(*made);
  return made;
}

Ref<Str> intern(Str& str) {
  if (str.is_interned()) return share(str);
  Builtins& builtins = builtins_of(str);
  if (Str* const known = builtins.interned->find(text(str), hash_of(str))) return share(*known);
  if (!is_exact<Str>(str)) return intern(builtins, text(str));  // a class may say otherwise what equals it
  enter(builtins, str);
  return share(str);
}

std::size_t interned_count(const Builtins& builtins) noexcept { return builtins.interned->size(); }

}  // namespace ouro
