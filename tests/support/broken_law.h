// broken_law_of: runs code that must break a law, in a child process, and returns what it printed before it aborted.
#pragma once

#include <csignal>
#include <cstdlib>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace ouro::test {

/// The standard error of `action` if it aborted, or "" if it came back. Call it while no other thread runs.
template <typename Action>
std::string broken_law_of(Action action) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    std::signal(SIGABRT, SIG_DFL);
    action();
    std::_Exit(0);
  }
  close(ends[1]);
  std::string printed;
  char buffer[512];
  for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;) printed.append(buffer, static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? printed : std::string();
}

}  // namespace ouro::test
