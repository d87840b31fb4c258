// Code that changes bytearrays and views while something is made of them, and bytes that are put into themselves.
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/bytes.h>
#include <ouro/objects/bytes/memoryview.h>
#include <ouro/objects/text/intern.h>
#include <support/fixture.h>

#include <functional>
#include <limits>
#include <string>

#include <objects/world.h>

namespace ouro::test {

namespace {

constexpr const char* kStill = "BufferError: Existing exports of data: object cannot be re-sized";

/// An object whose methods do what a test says.
struct Acting {
  const std::function<void()>* act;
  static constexpr std::tuple<> edges{};
};

/// Garbage whose finalizer acts when it is collected.
void drop_cycle(Runtime& rt, const Ref<Class>& type, const std::function<void()>& act) {
  const Ref<List> list = rt.list(detail::make_native<Acting>(*type, Acting{&act}));
  list->append(*list);
}

Ref<Class> finalized_class(Runtime& rt) {
  const auto type = rt.class_<Acting>("Finalized");
  type.def("__del__(self)", [](Acting& self) { (*self.act)(); });
  return type.type();
}

/// `make()` while a collection runs the finalizer of what was dropped.
template <class Make>
auto made_while_finalizing(Runtime& rt, const std::function<void()>& act, Make make) {
  const Ref<Class> type = finalized_class(rt);
  rt.collector().set_stress(false);
  drop_cycle(rt, type, act);
  rt.collector().set_stress(true);
  auto made = make();
  rt.collector().set_stress(false);
  return made;
}

std::string run(std::size_t count, char character) { return std::string(count, character); }

}  // namespace

TEST_CASE_METHOD(Fixture, "a finalizer that runs while a view is made does not move what it shows",
                 "[bytes][memoryview][law-exported-still]") {
  const Ref<ByteArray> array = make_bytearray(rt.builtins(), run(300, 'a'));
  std::string refused = "not run";
  const std::function<void()> grow = [&] { refused = error_of([&] { array->resize(100'000); }); };
  const Ref<MemoryView> view = made_while_finalizing(rt, grow, [&] { return make_memoryview(*array); });
  CHECK(refused == kStill);
  CHECK(view->data == array->first);
  CHECK(view->bytes() == array->size);
  CHECK(array->exports == 1);
}

TEST_CASE_METHOD(Fixture, "a view that is released while a part of it is made leaves the part whole",
                 "[bytes][memoryview][law-exported-still]") {
  const Ref<ByteArray> array = make_bytearray(rt.builtins(), run(300, 'a'));
  const Ref<MemoryView> view = make_memoryview(*array);
  std::string refused = "not run";
  const std::function<void()> release = [&] {
    view->release();
    refused = error_of([&] { array->clear(); });
  };
  const Ref<MemoryView> part = made_while_finalizing(rt, release, [&] { return view->slice({100, 200, 1}); });
  CHECK(refused == kStill);
  CHECK(view->is_released());
  CHECK(part->bytes() == 100);
  CHECK(ouro::view(*part->to_bytes()) == run(100, 'a'));
  part->release();
  CHECK(array->exports == 0);
}

TEST_CASE_METHOD(Fixture, "a list of views may change while its items are joined", "[bytes]") {
  const Ref<Bytes> comma = make_bytes(rt.builtins(), ",");
  const Ref<List> items = rt.list();
  for (int i = 0; i < 50; ++i) items->append(Ref<>(make_memoryview(*make_bytes(rt.builtins(), "item"))));
  const std::function<void()> clear = [&] {
    items->clear();
    for (int i = 0; i < 500; ++i) items->append(Ref<>(make_int(rt.builtins(), 1000 + i)));
  };
  // Whatever it gives, it reads no item that is gone.
  const std::string error = error_of([&] {
    static_cast<void>(made_while_finalizing(rt, clear, [&] {
      Object* const given[] = {items.get()};
      return call_method(*comma, *intern(rt.builtins(), "join"), Arguments{given, {}, {}});
    }));
  });
  rt.collector().set_stress(false);
  CHECK((error.empty() || error == "TypeError: sequence item 0: expected a bytes-like object, int found"));
}

TEST_CASE("a bytearray takes parts of itself into its own slices", "[bytes]") {
  World world;
  const Slice slices[] = {{1, 2, 1}, {0, 4, 1}, {2, 2, 1}, {5, {}, 1}, {{}, {}, 1}, {0, 1, 1}};
  for (const Slice& slice : slices) {
    for (const std::size_t from : {std::size_t{0}, std::size_t{2}}) {
      const std::string text = "abcdef";
      const Ref<ByteArray> array = make_bytearray(world.builtins, text), expected = make_bytearray(world.builtins, text);
      array->set_slice(slice, array->view().substr(from, 3));
      expected->set_slice(slice, text.substr(from, 3));
      CHECK(array->view() == expected->view());
    }
  }
  const Ref<ByteArray> array = make_bytearray(world.builtins, "abcdef");
  array->set_slice({{}, {}, -1}, array->view());
  CHECK(array->view() == "fedcba");
  array->set_slice({0, 5, 2}, array->view().substr(3));
  CHECK(array->view() == "cebcaa");
}

TEST_CASE("a bytearray refuses sizes that no memory has", "[bytes]") {
  World world;
  const Ref<ByteArray> array = make_bytearray(world.builtins, "abc");
  array->erase(0);
  for (const std::size_t size : {std::numeric_limits<std::size_t>::max(), std::numeric_limits<std::size_t>::max() - 1,
                                 std::size_t{1} << 63, std::size_t{1} << 61, std::size_t{Bytes::kMaxSize} + 1})
    CHECK(error_of([&] { array->resize(size); }) == "MemoryError");
  CHECK(array->view() == "bc");
}

TEST_CASE_METHOD(Fixture, "iterators of bytes say what is left and can be set", "[bytes]") {
  const Ref<ByteArray> array = make_bytearray(rt.builtins(), "abc");
  const Ref<> iterator = iterate(*array);
  const auto hint = [&] { return shown(call_method(*iterator, *intern(rt.builtins(), "__length_hint__"), Arguments{})); };
  CHECK(hint() == "3");
  static_cast<void>(next(*iterator));
  CHECK(hint() == "2");
  array->clear();
  CHECK(hint() == "0");
}

}  // namespace ouro::test
