// bytes and bytearray from C++: their lives, memory that is lacking, foreign code, messages, derived classes.
#include <ouro/objects/bytes/buffer.h>
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/codecs.h>
#include <ouro/objects/bytes/detail/int_bytes.h>
#include <ouro/objects/cpp/from_bytes.h>
#include <ouro/objects/messages/message.h>
#include <ouro/objects/text/intern.h>
#include <support/fixture.h>

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

constexpr std::string_view kSome("a\0\xff, b", 6);

/// An object whose `__index__` does what a test says, and is 7.
struct Number {
  const std::function<void()>* asked;
  static constexpr std::tuple<> edges{};
};

Ref<> number_that(Runtime& rt, const std::function<void()>& asked) {
  const auto made = rt.class_<Number>("Number").def("__index__(self)", [](Number& self) {
    (*self.asked)();
    return 7;
  });
  return made.make(Number{&asked});
}

/// `count` times a character, and more.
std::string run(std::size_t count, char character, std::string_view more = {}) {
  std::string made(count, character);
  return made.append(more);
}

Ref<> method(Object& object, std::string_view name, std::vector<Ref<>> given) {
  std::vector<Object*> positional;
  for (const Ref<>& each : given) positional.push_back(each.get());
  return call_method(object, *intern(builtins_of(object), name), Arguments{positional, {}, {}});
}

}  // namespace

TEST_CASE("bytes and bytearrays are made of C++ bytes, and end by their counts with their blocks", "[bytes]") {
  World world;
  const std::size_t buffers = world.live_buffers();
  {
    const Ref<Bytes> bytes = make_bytes(world.builtins, kSome);
    CHECK(view(*bytes) == kSome);
    CHECK(bytes->data()[6] == '\0');
    CHECK(view(*make_bytes(world.builtins, span_of(*bytes))) == kSome);
    CHECK(view(*slice(*bytes, {{}, {}, -2})) == std::string_view("b,\0", 3));
    const Ref<ByteArray> array = make_bytearray(world.builtins, kSome);
    CHECK(world.live_buffers() == buffers + 1);
    array->append('!');
    CHECK(array->view() == std::string(kSome).append("!"));
    array->first[0] = 'b';
    CHECK(shown(*array) == "bytearray(b'b\\x00\\xff, b!')");
    CHECK(make_bytearray(world.builtins)->view().empty());
  }
  CHECK(world.live_buffers() == buffers);
}

TEST_CASE("a queue of bytes that grows behind and shrinks in front keeps its block small", "[bytes]") {
  World world;
  const Ref<ByteArray> queue = make_bytearray(world.builtins, run(100, 'x'));
  for (int i = 0; i < 20'000; ++i) {
    queue->append(static_cast<std::uint8_t>(i & 0xFF));
    queue->erase(0);
    REQUIRE(queue->size == 100);
    REQUIRE(queue->room < 400);
  }
  CHECK(queue->get(-1) == (19'999 & 0xFF));
  CHECK(queue->get(0) == (19'900 & 0xFF));
}

TEST_CASE("while somebody looks at a bytearray its size stays, and everything else goes on", "[bytes][law-exported-still]") {
  World world;
  const Ref<ByteArray> array = make_bytearray(world.builtins, "abc");
  const std::string refused = "BufferError: Existing exports of data: object cannot be re-sized";
  {
    const Buffer shown_bytes(*array);
    CHECK(error_of([&] { array->append('d'); }) == refused);
    CHECK(error_of([&] { array->erase(0); }) == refused);
    CHECK(error_of([&] { array->clear(); }) == refused);
    CHECK(error_of([&] { array->erase_slice({{}, {}, 2}); }) == refused);
    CHECK(error_of([&] { array->set_slice({0, 1, 1}, "xy"); }) == refused);
    array->set_slice({0, 2, 1}, "xy");
    array->reverse();
    CHECK(shown_bytes.view() == "cyx");
    shown_bytes.writable()[0] = std::byte{'z'};
  }
  array->append('d');
  CHECK(array->view() == "zyxd");
  const Ref<Bytes> bytes = make_bytes(world.builtins, "abc");
  CHECK(error_of([&] { static_cast<void>(Buffer(*bytes).writable()); }) == "BufferError: Object is not writable.");
  CHECK(error_of([&] { static_cast<void>(Buffer(*make_int(world.builtins, 5))); }) ==
        "TypeError: a bytes-like object is required, not 'int'");
}

TEST_CASE("every operation with bytes is all or nothing where memory is lacking", "[bytes]") {
  World world;
  Builtins& builtins = world.builtins;
  const Ref<Bytes> bytes = make_bytes(builtins, run(300, 'a', ",b,\xff"));
  const Ref<Bytes> comma = make_bytes(builtins, ",");
  const Ref<Str> text_of = make_str(builtins, run(300, 'x', "\xc3\xa9"));
  const auto each = [&](auto act) { CHECK(fail_each_allocation(world.heap(), act) > 0); };
  const auto call_it = [&](std::string_view name, std::vector<Ref<>> given) {
    each([&] { static_cast<void>(method(*bytes, name, given)); });
  };
  call_it("split", {comma});
  call_it("rsplit", {});
  call_it("splitlines", {});
  call_it("partition", {comma});
  call_it("replace", {comma, bytes});
  call_it("upper", {});
  call_it("hex", {});
  call_it("center", {make_int(builtins, 900)});
  call_it("join", {make_list(builtins, {bytes.get(), comma.get()})});
  each([&] { static_cast<void>(decode(builtins, view(*bytes), "utf-8", "replace")); });
  each([&] { static_cast<void>(encode(*text_of, "ascii", "backslashreplace")); });
  each([&] { static_cast<void>(encode(*text_of, "utf-16")); });
  each([&] { static_cast<void>(bytes_from(*make_list(builtins))); });
  each([&] { static_cast<void>(concatenate(*bytes, *comma)); });
  each([&] { static_cast<void>(detail::int_to_bytes(*make_int(builtins, 7), nullptr, nullptr, nullptr)); });

  Ref<ByteArray> array;
  const std::string before(40, 'q');
  const auto change = [&](auto act) {
    array = make_bytearray(builtins, before);
    each([&] {
      try {
        act();
      } catch (...) {
        CHECK(array->view() == before);
        throw;
      }
    });
  };
  change([&] { array->extend(view(*bytes)); });
  change([&] { array->extend(*bytes); });
  change([&] { array->insert(3, 'x'); });
  change([&] { array->set_slice({1, 2, 1}, view(*bytes)); });
  change([&] { array->repeat_in_place(9); });
  // What only becomes shorter cannot fail.
  array = make_bytearray(builtins, run(4000, 'q'));
  world.heap().memory.faults().fail_at(1);
  array->erase_slice({0, 3000, 1});
  array->erase_slice({500, {}, 1});
  world.heap().memory.faults().clear();
  CHECK(array->view() == run(500, 'q'));
}

TEST_CASE_METHOD(Fixture, "what is asked for a number may change the bytearray that is being worked on", "[bytes]") {
  const Ref<ByteArray> array = make_bytearray(rt.builtins(), run(100, 'a'));
  const std::function<void()> clear = [&] { array->clear(); };
  const Ref<> clearing = number_that(rt, clear);
  const auto again = [&] { array->clear(), array->extend(run(100, 'a')); };
  for (const char* const name : {"append", "remove", "pop", "count", "find", "center", "startswith"}) {
    INFO(name);
    again();
    const bool has_more = std::string_view(name) == "startswith";
    const Ref<> prefix = make_bytes(rt.builtins(), "a");
    static_cast<void>(error_of([&] {
      static_cast<void>(has_more ? method(*array, name, {prefix, clearing}) : method(*array, name, {clearing}));
    }));
    CHECK(array->size <= 1);
  }
  again();
  CHECK(error_of([&] { set_item(*array, *rt.from(50), *clearing); }) == "IndexError: bytearray index out of range");
  again();
  CHECK(error_of([&] { static_cast<void>(get_item(*array, *clearing)); }) == "IndexError: bytearray index out of range");
  again();
  // The bytes that split goes through are still: clearing is refused.
  std::optional<std::string> refused;
  const Ref<> separator = make_bytes(rt.builtins(), "b");
  const std::function<void()> ask = [&] { refused = error_of([&] { array->clear(); }); };
  const Ref<> asking = number_that(rt, ask);
  CHECK(method(*array, "translate", {make_none(rt.builtins()), array}));
  static_cast<void>(method(*array, "hex", {separator, asking}));
  CHECK(refused == "BufferError: Existing exports of data: object cannot be re-sized");
  const Ref<List> items = rt.list(1, 2, 3);
  const std::function<void()> drop_all = [&] { items->clear(); };
  items->append(*number_that(rt, drop_all));
  CHECK(view(*bytes_from(*items)) == "\1\2\3\7");
}

TEST_CASE_METHOD(Fixture, "bytes and bytearrays go into messages, those of classes with their attributes", "[bytes]") {
  Fixture other;
  const Ref<> list = rt.list(make_bytes(rt.builtins(), kSome), make_bytearray(rt.builtins(), "xy"));
  const Message message(list);
  const Ref<> copy = message.unpack(other.rt.builtins());
  CHECK(shown(copy) == "[b'a\\x00\\xff, b', bytearray(b'xy')]");
}

TEST_CASE_METHOD(Fixture, "classes derive from bytes and bytearray, and their cycles are collected", "[bytes]") {
  const Ref<Class> blob = rt.new_class("Blob", {&rt.type<Bytes>()});
  const Ref<Class> store = rt.new_class("Store", {&rt.type<ByteArray>()});
  for (const Ref<Class>& type : {blob, store}) {
    INFO(type->name);
    Ref<> object = type(make_bytes(rt.builtins(), "abc"));
    CHECK(is_instance(*object, *type));
    CHECK(length(*object) == 3);
    object.attr("me") = object;
    object.reset();
    CHECK(rt.gc().collect() > 0);
  }
  const Ref<> stored = store(make_bytes(rt.builtins(), "abc"));
  CHECK(shown(stored) == "Store(b'abc')");
  CHECK(shown(method(*stored, "upper", {})) == "bytearray(b'ABC')");
  const Ref<> made = method(*blob, "fromhex", {make_str(rt.builtins(), "41 42")});
  CHECK(made->type == blob.get());
  CHECK(shown(made) == "b'AB'");
  CHECK(hash(*made) == hash(*make_bytes(rt.builtins(), "AB")));
  CHECK(equal(*made, *make_bytearray(rt.builtins(), "AB")));
}

TEST_CASE_METHOD(Fixture, "std::byte goes to bytes and back", "[bytes]") {
  const std::vector<std::byte> bytes{std::byte{1}, std::byte{255}};
  const Ref<> made = detail::bytes_of(rt.builtins(), bytes);
  CHECK(shown(made) == "b'\\x01\\xff'");
  CHECK(from_object<std::vector<std::byte>>(made) == bytes);
  CHECK(from_object<std::vector<std::byte>>(Ref<>(make_bytearray(rt.builtins(), "\1\xff"))) == bytes);
  const auto span = from_object<std::span<const std::byte>>(made);
  CHECK(std::vector<std::byte>(span.begin(), span.end()) == bytes);
  const Ref<> array = make_bytearray(rt.builtins(), "a");
  CHECK(error_of([&] { static_cast<void>(from_object<std::span<const std::byte>>(array)); }) ==
        "TypeError: must be bytes, not bytearray");
  CHECK(error_of([&] { static_cast<void>(from_object<std::vector<std::byte>>(rt.from(5))); }) ==
        "TypeError: a bytes-like object is required, not 'int'");
}

}  // namespace ouro::test
