// The sanitizers' settings, compiled in so that a test behaves the same under ctest, in a debugger and by hand.
// Out-of-memory tests ask for sizes that no allocator grants: these must return null, not end the process.
#include <ouro/base/config.h>

extern "C" {

const char* __asan_default_options();
const char* __ubsan_default_options();
const char* __tsan_default_options();

const char* __asan_default_options() {
  // A small stack of frames that are not reused: the search for a free one in a full one is linear, and recursion to the
  // limit fills any.
  return "detect_stack_use_after_return=1:min_uar_stack_size_log=16:max_uar_stack_size_log=16:"
         "strict_string_checks=1:check_initialization_order=1:allocator_may_return_null=1";
}

const char* __ubsan_default_options() { return "print_stacktrace=1:halt_on_error=1"; }

const char* __tsan_default_options() { return "halt_on_error=1:second_deadlock_stack=1:allocator_may_return_null=1"; }

}  // extern "C"
