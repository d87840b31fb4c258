// Finding leaks: a session that should be gone, the questions that say why it is not, and the report of a runtime that
// closes with one alive (docs/finding-leaks.md). Exit status: 0 if each answer names the cause.
//
// In a build that checks (OURO_CHECKS of 2 and more) the report also says where the handle was made.
#include <ouro/fmt.h>
#include <ouro/ouro.h>
#include <ouro/reflect.h>

#include <cstdio>

namespace server {

struct Session {
  std::string user;
  std::vector<ouro::Ref<>> requests;
  ouro::Ref<> owner;
};

/// A plug-in that keeps more than it should.
struct Plugin {
  ouro::Ref<> last_session;
};

[[gnu::noinline]] void remember(Plugin& plugin, const ouro::Ref<>& session) { plugin.last_session = session; }

}  // namespace server

namespace {

bool found = true;

void expect(const std::string& text, std::string_view part) { found &= text.find(part) != std::string::npos; }

void serve(ouro::Runtime& rt, server::Plugin& plugin) {
  const auto Session = rt.class_<server::Session>("Session");
  const auto registry = rt.dict({{"sessions", rt.list()}});
  auto& sessions = static_cast<ouro::List&>(*registry->find("sessions"));
  ouro::Ref<> session = Session.make("ada");
  sessions.append(session);
  fmt::print("who else holds the session?\n{}\n", rt.why_alive(session).summary());
  expect(rt.why_alive(session).summary(), "root handle -> dict ['sessions'] -> list [0] -> Session");

  // The registry forgets it. The session refers to a request that refers back, so a collection has to find it.
  ouro::native_cast<server::Session>(*session)->requests.push_back(rt.dict({{"session", session}}));
  server::remember(plugin, session);
  sessions.clear();
  const ouro::Object& object = *session;
  session.reset();
  fmt::print("\ncollected: {}\n", rt.gc().collect());
  fmt::print("{}\n", rt.why_not_collected(object).summary());
  fmt::print("{}", rt.why_alive(object).to_text());
  expect(rt.why_not_collected(object).summary(), "count 2, 1 edge seen (dict ['session']), 1 reference from outside");
}

}  // namespace

int main() {
  server::Plugin plugin;
  ouro::Options options;
  options.trace_handles = true;
  options.leak_handler = [](const ouro::LeakReport& report) {
    fmt::print("\nat close:\n{}", report.to_text(4));
    expect(report.summary(), "Session at 0x");
  };
  ouro::Runtime rt(std::move(options));
  serve(rt, plugin);
  rt.close();
  return found && std::fflush(stdout) == 0 ? 0 : 1;
}
