// Runs a differential test's script in CPython, and compares its cases.
#include <ouro/base/error.h>
#include <support/catch.h>
#include <support/python.h>
#include <support/python_oracle.h>

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdio>
#include <memory>

namespace ouro::test {

namespace {

constexpr std::string_view kPreamble = R"(
import os, random, struct, sys, math
rng = random.Random(20011)
def COUNT(n): return n * 4 if os.environ.get('OURO_STRESS') else n
def field(x):
    if isinstance(x, str): return 's' + x.encode('utf-8', 'surrogatepass').hex()
    if isinstance(x, bytes): return 's' + x.hex()
    if isinstance(x, float): return 'f%016x' % struct.unpack('<Q', struct.pack('<d', x))[0]
    if x is None: return 'none'
    return str(int(x))
def case(*args): print('\t'.join(map(field, args)))
def outcome(f):
    try: return f()
    except Exception as e: return type(e).__name__ + (': ' + str(e) if str(e) else '')
def real():
    kind = rng.randrange(6)
    if kind == 0: return struct.unpack('<d', struct.pack('<Q', rng.getrandbits(64)))[0]
    if kind == 1: return float(rng.randrange(-1000, 1000))
    if kind == 2: return rng.randrange(-10**6, 10**6) / 100
    if kind == 3: return rng.uniform(-10, 10)
    if kind == 4: return math.ldexp(rng.uniform(-1, 1), rng.randrange(-1080, 1025))
    return rng.choice([0.0, -0.0, 1.0, -1.0, 0.5, -0.5, math.inf, -math.inf, math.nan,
                       5e-324, 1.7976931348623157e308, 2.0**53, 1e16, 1e22, 1e23])
def integer(bits=None):
    bits = bits or rng.choice([3, 8, 31, 33, 62, 63, 64, 65, 100, 127, 128, 129, 200, 256, 500, 1000])
    n = rng.getrandbits(rng.randrange(bits) + 1)
    if rng.randrange(6) == 0: n = (1 << rng.randrange(bits)) + rng.randrange(-2, 3)
    return rng.choice([n, -n])
)";

struct CloseProcess {
  void operator()(std::FILE* pipe) const { static_cast<void>(pclose(pipe)); }
};

bool read_line(std::FILE* pipe, std::string& line) {
  line.clear();
  char buffer[4096];
  while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) {
    line += buffer;
    if (line.back() != '\n') continue;
    line.pop_back();
    return true;
  }
  return !line.empty();
}

std::vector<std::string> split_fields(const std::string& line) {
  std::vector<std::string> fields;
  std::size_t from = 0;
  while (true) {
    const std::size_t tab = line.find('\t', from);
    fields.push_back(line.substr(from, tab - from));
    if (tab == std::string::npos) return fields;
    from = tab + 1;
  }
}

int value_of_digit(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }

}  // namespace

std::string PythonCase::text(std::size_t k) const {
  const std::string& hex = raw(k);
  std::string bytes((hex.size() - 1) / 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(value_of_digit(hex[2 * i + 1]) * 16 + value_of_digit(hex[2 * i + 2]));
  return bytes;
}

double PythonCase::real(std::size_t k) const { return std::bit_cast<double>(std::stoull(raw(k).substr(1), nullptr, 16)); }

void compare_with_python(std::string_view script, std::size_t at_least,
                         const std::function<Verdict(const PythonCase&)>& check) {
  if (!have_python_or_skip()) return;
  const std::string command =
      fmt::format("PYTHONHASHSEED=0 {} - <<'OURO_SCRIPT'\n{}\n{}\nOURO_SCRIPT\n", python_command(), kPreamble, script);
  const std::unique_ptr<std::FILE, CloseProcess> pipe(popen(command.c_str(), "r"));
  REQUIRE(pipe != nullptr);
  std::size_t cases = 0;
  std::size_t wrong = 0;
  for (std::string line; wrong < 10 && read_line(pipe.get(), line); ++cases) {
    const Verdict verdict = check(PythonCase(split_fields(line)));
    if (verdict.ours == verdict.pythons) continue;
    ++wrong;
    FAIL_CHECK("case " << line.substr(0, 400) << "\n  ours:   " << verdict.ours << "\n  Python: " << verdict.pythons);
  }
  CHECK(wrong == 0);
  CHECK(cases >= at_least);
}

std::string bits_of(double value) {
  return std::isnan(value) ? "nan" : fmt::format("{:016x} ({})", std::bit_cast<std::uint64_t>(value), value);
}

std::string outcome_of(const std::function<std::string()>& act) {
  try {
    return act();
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace ouro::test
