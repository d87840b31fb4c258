// The main function of every test program.
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include <support/skip.h>

#include <cstdlib>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  Catch::Session session;
  const int wrong = session.applyCommandLine(argc, argv);
  if (wrong != 0) return wrong;
  // [no-stress]: cases that switch the stress off, or are thousands of lines about numbers and text, where it finds nothing.
  std::vector<std::string>& chosen = session.configData().testsOrTags;
  if (std::getenv("OURO_STRESS") != nullptr && chosen.empty()) chosen.push_back("~[no-stress]");
  const int failed = session.run();
  return failed == 0 && ouro::test::all_were_skipped() ? ouro::test::kSkipCode : failed;
}
