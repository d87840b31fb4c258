// memoryview beside CPython, and views of C++ memory.
#include <ouro/objects/bytes/bytearray.h>
#include <ouro/objects/bytes/memoryview.h>
#include <support/evaluator.h>
#include <support/fixture.h>
#include <support/python.h>

#include <random>
#include <string>
#include <vector>

#include <objects/world.h>

namespace ouro::test {

namespace {

using Lines = std::vector<std::string>;

void compare(const Lines& lines) {
  if (!have_python_or_skip()) return;
  Fixture fixture;
  Evaluator evaluator(fixture.rt.builtins());
  compare_lines_with_python(evaluator, lines);
}

}  // namespace

TEST_CASE("a memoryview shows, cuts, casts and compares as CPython's does", "[bytes][memoryview][law-view-released]") {
  const Lines views{"memoryview(b'abcdefgh')",
                    "memoryview(bytearray(b'abcdefgh'))",
                    "memoryview(b'abcdefgh')[::2]",
                    "memoryview(b'abcdefgh')[::-1]",
                    "memoryview(b'abcdefgh').cast('H')",
                    "memoryview(b'abcdefgh').cast('b')",
                    "memoryview(b'abcdefgh').cast('@i')[1:]",
                    "memoryview(b'abcdefgh').cast('d')",
                    "memoryview(b'abcdefgh').cast('f')",
                    "memoryview(b'abcdefgh').cast('?')",
                    "memoryview(b'abcdefgh').cast('c')",
                    "memoryview(b'abcdefgh').cast('B', [2, 4])",
                    "memoryview(b'abcdefgh').cast('B', (2, 2, 2))",
                    "memoryview(b'a').cast('B', [])",
                    "memoryview(b'')",
                    "memoryview(b'abcdefgh')[3:1]"};
  const char* const forms[] = {"len(%)",
                               "%.tolist()",
                               "%.tobytes()",
                               "%.tobytes('F')",
                               "%.tobytes('A')",
                               "%.tobytes(None)",
                               "%.tobytes('X')",
                               "%.tobytes(5)",
                               "%.hex()",
                               "%.hex('-', 2)",
                               "%.nbytes",
                               "%.format",
                               "%.itemsize",
                               "%.ndim",
                               "%.shape",
                               "%.strides",
                               "%.suboffsets",
                               "%.readonly",
                               "%.obj",
                               "%.contiguous",
                               "%.c_contiguous",
                               "%.f_contiguous",
                               "%[0]",
                               "%[-1]",
                               "%[9]",
                               "%['a']",
                               "%[1.5]",
                               "%[()]",
                               "%[...]",
                               "%[1, 1]",
                               "%[0, 0, 0]",
                               "%[1, 9]",
                               "%[1:2].tolist()",
                               "%[::2].tolist()",
                               "%[1:3, 0:1]",
                               "%[0, :]",
                               "%[10**30]",
                               "%[::0]",
                               "%.cast('B').tolist()",
                               "%.cast('I').tolist()",
                               "%.cast('x')",
                               "%.cast('<q')",
                               "%.cast(5)",
                               "%.cast('B', 5)",
                               "%.cast('B', [8])",
                               "%.cast('B', [4, 2]).tolist()",
                               "%.cast('B', [3])",
                               "%.cast('B', ['a'])",
                               "%.cast('B', [-8])",
                               "%.cast('B', [10**30])",
                               "%.cast()",
                               "%.cast('H', shape=[2, 2]).tolist()",
                               "%.cast('q')[0]",
                               "%.cast('P').tolist()",
                               "list(%)",
                               "iter(%)",
                               "hash(%) == hash(%)",
                               "hash(%) == hash(b'abcdefgh')",
                               "% == b'abcdefgh'",
                               "b'abcdefgh' == %",
                               "% == %",
                               "% != %",
                               "% == 'abc'",
                               "% < %",
                               "bytearray(b'aceg') == %",
                               "bytes(%)",
                               "bytearray(%)",
                               "b''.join([%])",
                               "b'-'.join([b'x', %])",
                               "b'abc'.find(%)",
                               "b'' + %",
                               "bytearray() + %",
                               "97 in %",
                               "memoryview(%).tolist()",
                               "%.toreadonly().readonly",
                               "%.__exit__(1, 2)",
                               "%.release()",
                               "%.__enter__().tolist()",
                               "str(%, 'latin-1')",
                               "%.index",
                               "memoryview(%, 1)",
                               "b'abcdefghab'.strip(%)",
                               "b'x' in %",
                               "%[True]",
                               "del %[0]"};
  Lines lines{"memoryview(5)", "memoryview()", "memoryview(object=b'abc').tolist()", "memoryview('a')", "memoryview(x=1)"};
  for (const std::string& view : views)
    for (const std::string form : forms) {
      std::string line = form;
      for (std::size_t at = 0; (at = line.find('%', at)) != std::string::npos; at += view.size()) line.replace(at, 1, view);
      lines.push_back(line);
    }
  for (const std::string& left : views)
    for (const std::string& right : views) lines.push_back(left + " == " + right);
  compare(lines);
}

TEST_CASE("what is written through a memoryview stands in the bytearray, as in CPython", "[bytes][memoryview]") {
  const Lines values{"65",    "256",    "-1",      "'a'",  "1.5",  "b'z'",  "b'zz'", "True",
                     "2**64", "-2**63", "10**400", "None", "0.25", "1e300", "2**63"};
  Lines lines;
  for (const char* const format : {"B", "b", "c", "h", "H", "i", "I", "l", "L", "q", "Q", "n", "N", "f", "d", "?", "P"}) {
    lines.emplace_back("b = bytearray(16)");
    lines.push_back("m = memoryview(b).cast('" + std::string(format) + "')");
    for (const std::string& value : values) {
      if (value == "1e300" && format[0] == 'f') continue;
      lines.push_back("m[1] = " + value);
      lines.emplace_back("m[1]");
      lines.emplace_back("bytes(b)");
    }
  }
  for (const char* const line : {"b = bytearray(b'abcdefgh')",
                                 "m = memoryview(b)",
                                 "m[1:3] = b'xy'",
                                 "m[1:3] = b'xyz'",
                                 "m[1:3] = 'ab'",
                                 "m[1:3] = 5",
                                 "m[::2] = b'1234'",
                                 "m[::-1] = bytes(m)",
                                 "b",
                                 "m[1:] = m[:-1]",
                                 "b",
                                 "del m[0]",
                                 "m[0:2] = memoryview(b'ab').cast('c')",
                                 "m[...] = 5",
                                 "m[()] = 5",
                                 "m[0, 1] = 5",
                                 "m[9] = 1",
                                 "m['a'] = 1",
                                 "z = m.cast('B', [2, 4])",
                                 "z[1, 1] = 5",
                                 "z[1] = b'a'",
                                 "z[0:1] = b'a'",
                                 "z[0:1, 0:1] = b'a'",
                                 "z[...] = 5",
                                 "z[0, 9] = 5",
                                 "z.tolist()",
                                 "y = memoryview(bytearray(1)).cast('B', [])",
                                 "y[()] = 7",
                                 "y[...] = 8",
                                 "y[0] = 1",
                                 "y.tolist()",
                                 "b.append(1)",
                                 "b[0:1] = b'q'",
                                 "b[0:1] = b'qq'",
                                 "del b[0]",
                                 "b += m",
                                 "hash(m)",
                                 "r = m.toreadonly()",
                                 "r[0] = 1",
                                 "r[0:1] = b'a'",
                                 "r['a'] = 1",
                                 "hash(r)",
                                 "i = iter(m)",
                                 "next(i)",
                                 "m.release()",
                                 "next(i)",
                                 "m.tolist()",
                                 "m[0]",
                                 "m[0] = 1",
                                 "len(m)",
                                 "m.nbytes",
                                 "m.format",
                                 "m.readonly",
                                 "m == m",
                                 "m == b",
                                 "hash(m)",
                                 "m.obj",
                                 "m.release()",
                                 "m.cast('B')",
                                 "m.__enter__()",
                                 "m.__exit__()",
                                 "m.hex()",
                                 "m.shape",
                                 "bytes(m)",
                                 "memoryview(m)",
                                 "b.append(1)",
                                 "z.release()",
                                 "r.release()",
                                 "b.append(1)",
                                 "b",
                                 "repr(m)[1:9]"})
    lines.emplace_back(line);
  compare(lines);
}

TEST_CASE("ints become bytes and come back as in CPython", "[bytes][no-stress]") {
  std::mt19937_64 random(9);
  Lines lines;
  const Lines numbers{"0",       "1",           "-1",     "127",     "128",       "-128",   "-129",
                      "255",     "256",         "2**63",  "-2**63",  "2**64",     "-2**64", "2**128",
                      "-2**127", "-2**127 - 1", "10**40", "-10**40", "2**64 - 1", "True"};
  for (const std::string& number : numbers)
    for (const char* const rest :
         {"", "1", "2, 'little'", "8, 'big', signed=True", "9, 'little', signed=True", "16, signed=True", "17, 'big'",
          "20, 'little', signed=1", "0", "-1", "2, 'x'", "2, 5", "'a'", "length=32, byteorder='little'"})
      lines.push_back("(" + number + ").to_bytes(" + rest + ")");
  for (std::size_t i = 0; i < 400; ++i) {
    std::string bytes = "bytes([";
    for (std::size_t k = random() % 26; k > 0; --k) bytes += std::to_string(random() % 3 == 0 ? 0 : random() % 256) + ", ";
    bytes += "])";
    for (const char* const rest : {", 'big'", ", 'little'", ", 'big', signed=True", ", 'little', signed=True"})
      lines.push_back("int.from_bytes(" + bytes + rest + ")");
  }
  for (const char* const line :
       {"int.from_bytes([1, 2])", "int.from_bytes('a')", "int.from_bytes(5)", "int.from_bytes([300])",
        "int.from_bytes(b'a', 'x')", "int.from_bytes(b'a', 5)", "bool.from_bytes(b'a', 'big')", "int.from_bytes()",
        "int.from_bytes(bytearray(b'ab'))", "int.from_bytes(bytes=b'ab')", "int.from_bytes(memoryview(b'abcd')[::2])"})
    lines.emplace_back(line);
  compare(lines);
}

namespace {

/// C++ memory that a class shows.
struct Image {
  std::vector<float> pixels = std::vector<float>(6, 0.5F);
  std::uint32_t exports = 0;
  static constexpr std::tuple<> edges{};
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a C++ struct shows its memory by __buffer__, in place", "[bytes][memoryview]") {
  const auto type = rt.class_<Image>("Image").def("__buffer__(self)", [](Object& self) {
    Image& image = *native_cast<Image>(self);
    static constexpr std::int64_t kShape[] = {2, 3};
    return Ref<>(make_memoryview(self, BufferInfo{.data = image.pixels.data(),
                                                  .bytes = image.pixels.size() * sizeof(float),
                                                  .item_size = sizeof(float),
                                                  .format = "f",
                                                  .read_only = false,
                                                  .shape = kShape,
                                                  .exports = &image.exports}));
  });
  Ref<> object = type.make();
  Image& image = *native_cast<Image>(*object);
  Ref<MemoryView> view = make_memoryview(*object);
  CHECK(image.exports == 1);
  CHECK(shown(view->to_list()) == "[[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]]");
  CHECK(view->owner == object.get());
  image.pixels[5] = 2;
  CHECK(shown(*view->slice({1, {}, 1})->to_list()) == "[[0.5, 0.5, 2.0]]");
  CHECK(shown(*bytes_from(*object)).size() > 24);
  {
    const Buffer buffer(*object);
    CHECK(buffer.view().size() == 24);
    CHECK(buffer.writable().data() == reinterpret_cast<std::byte*>(image.pixels.data()));
    CHECK(image.exports == 2);
  }
  CHECK(image.exports == 1);
  const Ref<MemoryView> other = make_memoryview(*view);
  view->release();
  CHECK(image.exports == 1);
  {
    const Buffer buffer(*other);
    CHECK(error_of([&] { other->release(); }) == "BufferError: memoryview has 1 exported buffer");
  }
  other->release();
  CHECK(image.exports == 0);
}

TEST_CASE_METHOD(Fixture, "a cycle through a memoryview is collected, and its end lets the bytearray go",
                 "[bytes][memoryview]") {
  const Ref<Class> store = rt.new_class("Store", {&rt.type<ByteArray>()});
  Ref<> object = store(make_bytes(rt.builtins(), "abc"));
  object.attr("view") = make_memoryview(*object);
  object.reset();
  CHECK(rt.gc().collect() > 0);
  const Ref<ByteArray> array = make_bytearray(rt.builtins(), "abc");
  {
    const Ref<List> list = rt.list(make_memoryview(*array));
    list->append(*list);
    CHECK(array->exports == 1);
  }
  CHECK(rt.gc().collect() > 0);
  CHECK(array->exports == 0);
  Ref<MemoryView> view = make_memoryview(*array);
  Weak<> watch(view);
  view.reset();
  CHECK(watch.expired());
  CHECK(array->exports == 0);
  CHECK(error_of([&] {
          static_cast<void>(make_memoryview(*array, BufferInfo{.data = array->first, .bytes = 3, .item_size = 2}));
        }) == "ValueError: a description of memory contradicts itself");
}

}  // namespace ouro::test
