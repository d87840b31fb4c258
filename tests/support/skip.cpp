// Which test cases were skipped, and how many ran.
#include <cstdio>
#include <set>

#if __has_include(<catch2/reporters/catch_reporter_event_listener.hpp>)
#include <catch2/catch_test_case_info.hpp>
#include <catch2/interfaces/catch_interfaces_capture.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
#else
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <catch2/catch.hpp>
#endif

#include <support/skip.h>

namespace ouro::test {

namespace {

#if __has_include(<catch2/reporters/catch_reporter_event_listener.hpp>)
using Listener = Catch::EventListenerBase;
#else
using Listener = Catch::TestEventListenerBase;
#endif

std::size_t cases_ended = 0;
std::set<std::string> cases_skipped;

class CaseCount : public Listener {
 public:
  using Listener::Listener;
  void testCaseEnded(const Catch::TestCaseStats&) override { ++cases_ended; }
};

CATCH_REGISTER_LISTENER(CaseCount)

}  // namespace

void skip(const std::string& reason) {
  const std::string name = Catch::getResultCapture().getCurrentTestName();
  if (cases_skipped.insert(name).second) std::printf("skipped: %s: %s\n", name.c_str(), reason.c_str());
  std::fflush(stdout);
}

bool all_were_skipped() { return cases_ended > 0 && cases_skipped.size() == cases_ended; }

}  // namespace ouro::test
