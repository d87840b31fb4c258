// A model of biases, and every order in which a favoured thread and two that come can go through it.
//
// What is new against model.cpp is memory: the favoured thread's store lies in its store buffer until the processor, a
// locked instruction or the barrier of the one that comes moves it on. The steps are those of base/lock/detail/gil_bias.h
// and gil_bias.cpp; the lock below them is reduced to its word, its mutex and a set of waiters, one of whom a drop grants.
#include <support/catch.h>

#include <array>
#include <string>
#include <unordered_set>
#include <vector>

namespace {

enum Step : unsigned char {
  kOutside,
  kStoreHeld,
  kLookAfterTake,
  kAwaitAfterTake,
  kTakeWord,
  kLockMutex,
  kEndBias,
  kBarrier,
  kSayVerdict,
  kRegister,
  kWaiting,
  kInside,
  kStoreFree,
  kLookAfterDrop,
  kAwaitAfterDrop,
  kDropWord,
  kDone
};
enum Word : unsigned char { kFree, kHeld, kBiased };
enum Verdict : unsigned char { kPending, kSaidFree, kSaidHeld };

/// Which rule the model leaves out, to see that the search finds what follows.
enum class Fault { kNone, kNoBarrier, kNoVerdict };

constexpr std::size_t kThreads = 3;
constexpr std::size_t kFavoured = 0;
constexpr unsigned char kNobody = kThreads;

struct State {
  std::array<Step, kThreads> step{kOutside, kOutside, kOutside};
  std::array<unsigned char, kThreads> rounds{};
  std::array<bool, kThreads> waits{};
  std::array<bool, 2> stored{};  ///< the favoured thread's buffer, oldest first
  unsigned char buffered = 0;
  bool held = true;      ///< GilBias::held in memory
  bool favoured = true;  ///< GilBias::gil is this lock
  bool has_bias = true;  ///< Gil::bias_
  Verdict verdict = kPending;
  Word word = kBiased;
  unsigned char mutex = kNobody;

  [[nodiscard]] std::string key() const { return {reinterpret_cast<const char*>(this), sizeof *this}; }
  [[nodiscard]] bool anybody_waits() const { return waits[0] || waits[1] || waits[2]; }
};
static_assert(std::has_unique_object_representations_v<State>);

void flush_one(State& s) {
  s.held = s.stored[0];
  s.stored = {s.stored[1], false};
  --s.buffered;
}

/// What a locked instruction of thread `i` does to its buffer.
void flush(State& s, std::size_t i = kFavoured) {
  while (i == kFavoured && s.buffered > 0) flush_one(s);
}

void go_outside(State& s, std::size_t i) { s.step[i] = --s.rounds[i] > 0 ? kOutside : kDone; }

class Moves {
 public:
  Moves(const State& from, Fault fault) : from_(from), fault_(fault) {
    for (std::size_t i = 0; i < kThreads; ++i) step(i);
    if (from_.buffered > 0) add([](State& s) { flush_one(s); });
  }
  [[nodiscard]] const std::vector<State>& all() const { return moves_; }

 private:
  template <class Action>
  void add(Action action) {
    moves_.push_back(from_);
    action(moves_.back());
  }

  void step(std::size_t i) {
    switch (from_.step[i]) {
      case kOutside:
        add([&](State& s) { s.step[i] = i == kFavoured && s.favoured ? kStoreHeld : kTakeWord; });
        break;
      case kStoreHeld:
        store(i, true, kLookAfterTake);
        break;
      case kLookAfterTake:
        add([&](State& s) { s.step[i] = s.favoured ? kInside : kAwaitAfterTake; });
        break;
      case kAwaitAfterTake:
        if (from_.verdict == kPending) break;
        add([&](State& s) { s.step[i] = s.verdict == kSaidHeld ? kInside : kTakeWord; });
        break;
      case kInside:
        add([&](State& s) { s.step[i] = i == kFavoured && s.favoured ? kStoreFree : kDropWord; });
        break;
      case kStoreFree:
        store(i, false, kLookAfterDrop);
        break;
      case kLookAfterDrop:
        add([&](State& s) {
          if (!s.favoured && fault_ != Fault::kNoVerdict) return void(s.step[i] = kAwaitAfterDrop);
          go_outside(s, i);
        });
        break;
      case kAwaitAfterDrop:
        if (from_.verdict == kPending) break;
        add([&](State& s) {
          if (s.verdict == kSaidHeld) return void(s.step[i] = kDropWord);
          go_outside(s, i);
        });
        break;
      default:
        step_of_lock(i);
    }
  }

  void store(std::size_t i, bool held, Step then) {
    if (from_.buffered == from_.stored.size()) return;  // the processor waits until there is room
    add([&](State& s) {
      s.stored[s.buffered++] = held;
      s.step[i] = then;
    });
  }

  void step_of_lock(std::size_t i) {
    const bool mutex_is_free = from_.mutex == kNobody;
    switch (from_.step[i]) {
      case kTakeWord:
        take_word(i);
        break;
      case kLockMutex:
        if (!mutex_is_free) break;
        add([&](State& s) {
          flush(s, i);
          s.mutex = static_cast<unsigned char>(i);
          s.step[i] = s.has_bias ? kEndBias : kRegister;
        });
        break;
      case kEndBias:
        add([&](State& s) {
          s.favoured = false;
          s.step[i] = kBarrier;
        });
        break;
      case kBarrier:
        add([&](State& s) {
          if (fault_ != Fault::kNoBarrier) flush(s);
          s.step[i] = kSayVerdict;
        });
        break;
      case kSayVerdict:
        add([&](State& s) {
          s.verdict = s.held ? kSaidHeld : kSaidFree;
          s.word = s.held ? kHeld : kFree;
          s.has_bias = false;
          s.step[i] = kRegister;
        });
        break;
      case kRegister:
        add([&](State& s) {
          s.mutex = kNobody;
          s.waits[i] = s.word != kFree;
          s.step[i] = s.waits[i] ? kWaiting : kInside;
          s.word = kHeld;
        });
        break;
      case kDropWord:
        if (from_.word == kHeld && !from_.anybody_waits()) {
          add([&](State& s) {
            flush(s, i);
            s.word = kFree;
            go_outside(s, i);
          });
        } else if (mutex_is_free) {
          grant(i);
        }
        break;
      default:
        break;
    }
  }

  void take_word(std::size_t i) {
    if (from_.word != kFree || from_.anybody_waits())
      return add([&](State& s) {
        flush(s, i);
        s.step[i] = kLockMutex;
      });
    const auto take = [&](State& s) {
      flush(s, i);
      s.word = kHeld;
      s.step[i] = kInside;
    };
    add(take);
    if (i != kFavoured || from_.mutex != kNobody || from_.has_bias) return;
    add([&](State& s) {  // by now it is a habit again
      take(s);
      s.word = kBiased;
      s.verdict = kPending;
      s.held = s.favoured = s.has_bias = true;
    });
  }

  void grant(std::size_t i) {
    bool granted = false;
    for (std::size_t j = 0; j < kThreads; ++j) {
      if (!from_.waits[j]) continue;
      granted = true;
      add([&](State& s) {
        flush(s, i);
        s.waits[j] = false;
        s.step[j] = kInside;
        go_outside(s, i);
      });
    }
    if (granted) return;
    add([&](State& s) {
      flush(s, i);
      s.word = kFree;
      go_outside(s, i);
    });
  }

  const State& from_;
  Fault fault_;
  std::vector<State> moves_;
};

/// The favoured thread has stored and not looked yet, or awaits a verdict: whether it is inside is still open.
bool is_inside(const State& s, std::size_t i) {
  if (s.step[i] == kStoreFree || s.step[i] == kDropWord) return true;
  return s.step[i] == kInside;
}

struct Findings {
  std::size_t states = 0;
  std::size_t both_inside = 0;
  std::size_t stuck = 0;
};

Findings search(unsigned char rounds, Fault fault) {
  State start;
  start.step[kFavoured] = kInside;
  start.rounds = {static_cast<unsigned char>(rounds + 1), rounds, rounds};
  Findings found;
  std::unordered_set<std::string> seen{start.key()};
  std::vector<State> open{start};
  while (!open.empty()) {
    const State state = open.back();
    open.pop_back();
    ++found.states;
    std::size_t inside = 0;
    bool all_done = true;
    for (std::size_t i = 0; i < kThreads; ++i) {
      inside += is_inside(state, i) ? 1 : 0;
      all_done = all_done && state.step[i] == kDone;
    }
    const Moves moves(state, fault);
    found.both_inside += inside > 1 ? 1 : 0;
    found.stuck += moves.all().empty() && !all_done ? 1 : 0;
    for (const State& next : moves.all())
      if (seen.insert(next.key()).second) open.push_back(next);
  }
  return found;
}

}  // namespace

TEST_CASE("In no order of stores and loads is a favoured thread inside with another, or is one left waiting",
          "[lock][law-bias-alone]") {
  const Findings found = search(3, Fault::kNone);
  CHECK(found.states > 5'000);
  CHECK(found.both_inside == 0);
  CHECK(found.stuck == 0);
}

TEST_CASE("The search finds a bias that ends without a barrier, and one whose thread does not ask for the verdict",
          "[lock]") {
  CHECK(search(3, Fault::kNoBarrier).both_inside > 0);
  CHECK(search(3, Fault::kNoVerdict).stuck > 0);
}
