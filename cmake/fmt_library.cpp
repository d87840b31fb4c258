// fmt's own definitions, compiled once for the library and the programs of this tree.
//
// Debian has fmt as headers and as a shared library; nobody who links an installed Ouroboros should need either.
// Header-only, it would be compiled anew in every source, which takes longer than the source itself. What is instantiated
// here is what version 9 of the library does (src/format.cc); other versions are used header-only.
// No format of this tree asks for a locale ("{:L}"). Without them a static program is 770 kB smaller: the C++ library's
// locales bring its streams along.
#define FMT_STATIC_THOUSANDS_SEPARATOR ','
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
namespace detail {

template FMT_API dragonbox::decimal_fp<float> dragonbox::to_decimal(float x) noexcept;
template FMT_API dragonbox::decimal_fp<double> dragonbox::to_decimal(double x) noexcept;

template FMT_API thousands_sep_result<char> thousands_sep_impl(locale_ref);
template FMT_API char decimal_point_impl(locale_ref);
template FMT_API void buffer<char>::append(const char*, const char*);
template FMT_API void vformat_to(buffer<char>&, string_view, basic_format_args<buffer_context<char>>, locale_ref);

}  // namespace detail
FMT_END_NAMESPACE
