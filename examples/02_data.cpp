// Data: items, slices, operators, loops, and what may be missing.
#include <ouro/fmt.h>
#include <ouro/ouro.h>

#include <string>
#include <vector>

using namespace ouro;

int main() {
  Runtime rt;
  const Ref<> order = rt.dict({{"customer", "ada"}, {"items", rt.list("pen", "ink", "paper")}, {"total", 12.5}});
  order["total"] *= 2;
  order["items"][Slice{1, 2}] = rt.tuple("ink", "more ink");
  fmt::print("{}\n", order);
  fmt::print("last: {}, first two: {}\n", order["items"][-1], order["items"][Slice{0, 2}]);

  for (const Ref<>& item : each(order["items"])) fmt::print("- {}\n", item);

  // A look-up that may find nothing costs no C++ exception.
  const Outcome<Ref<>> address = order["address"].try_get();
  fmt::print("address: {}\n", address.failed() ? "none" : "known");

  const auto words = from_object<std::vector<std::string>>(*order["items"].to_ref());
  std::size_t letters = 0;
  for (const std::string& word : words) letters += word.size();
  fmt::print("{} words, {} letters\n", words.size(), letters);
}

// prints:
//   {'customer': 'ada', 'items': ['pen', 'ink', 'more ink', 'paper'], 'total': 25.0}
//   last: paper, first two: ['pen', 'ink']
//   - pen
//   - ink
//   - more ink
//   - paper
//   address: none
//   4 words, 19 letters
