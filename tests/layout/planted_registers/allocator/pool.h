// A pool.
//
// Laws
//   kept: as the page says.
//   listed-comment (see elsewhere): likewise,
//     and so: on.
//   unlisted-section: the page forgot it.
//
// A list that is not of laws
//   untouched: nobody wrote to it.
#pragma once

// Law renamed-otherwise: as the page does not say. [law-unlisted-tag] is not there either.
static_assert(sizeof(int) == 4, "law unlisted-number");

inline void check(bool fact, Report& report_) {
  OURO_ASSERT(fact, "law-listed-comment");
  OURO_ASSERT_INTERNAL(fact && text != "no law",
                       "unlisted-assertion");
  if (!fact) law_broken("unlisted-break", "detail", __FILE__, __LINE__);
  report_.add(
      "unlisted-finding", nullptr, "detail; more");
  report_.add("law-kept", nullptr, "detail");
}
