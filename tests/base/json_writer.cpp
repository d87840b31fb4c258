// JSON as it is written.
#include <ouro/base/json_writer.h>
#include <support/catch.h>
#include <support/json.h>

using ouro::JsonWriter;

TEST_CASE("JSON has commas between values and nowhere else") {
  JsonWriter writer;
  writer.open(nullptr, '{');
  writer.open("empty", '[');
  writer.close(']');
  writer.open("list", '[');
  writer.number(nullptr, 1);
  writer.number(nullptr, -0.5);
  writer.open(nullptr, '{');
  writer.close('}');
  writer.json(nullptr, "null");
  writer.close(']');
  writer.string("name", "value");
  writer.close('}');
  CHECK(writer.take() == R"({"empty": [], "list": [1, -0.5, {}, null], "name": "value"})");
  writer.number(nullptr, std::size_t{18'446'744'073'709'551'615U});
  CHECK(writer.take() == "18446744073709551615");
}

TEST_CASE("Every text in JSON is read back as it was") {
  std::string all;
  for (int code = 0; code < 128; ++code) all += static_cast<char>(code);
  all += "caf\xc3\xa9 \xf0\x9f\x90\x8d";
  JsonWriter writer;
  writer.string(nullptr, all);
  const std::string text = writer.take();
  CHECK(std::string(ouro::test::parse_json(text).as_string()) == all);
  CHECK(text.find('\n') == std::string::npos);
}

TEST_CASE("A number in JSON is read back as it was") {
  for (const double number : {0.0, 1.0, 0.1, 1e-9, 123456.75, 1e300}) {
    JsonWriter writer;
    writer.number(nullptr, number);
    CHECK(std::stod(writer.take()) == number);
  }
}
