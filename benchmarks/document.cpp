// Parses JSON into events.
#include "document.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <unordered_map>

namespace bench {
namespace {

namespace json = boost::json;

/// Turns the parser's calls into events. The member names are those that boost::json::basic_parser asks for.
class EventWriter {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  [[nodiscard]] Document take() { return std::move(document_); }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return open(EventKind::kDict); }
  bool on_object_end(std::size_t size, json::error_code&) { return close(size); }
  bool on_array_begin(json::error_code&) { return open(EventKind::kList); }
  bool on_array_end(std::size_t size, json::error_code&) { return close(size); }

  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    pending_.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    pending_.append(part.data(), part.size());
    const auto next = static_cast<std::uint32_t>(document_.keys.size());
    const auto [known, is_new] = key_numbers_.try_emplace(pending_, next);
    if (is_new) document_.keys.push_back(pending_);
    key_ = known->second;
    pending_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    pending_.append(part.data(), part.size());
    return true;
  }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    pending_.append(part.data(), part.size());
    add(EventKind::kText).text = {static_cast<std::uint32_t>(document_.texts.size()),
                                  static_cast<std::uint32_t>(pending_.size())};
    document_.texts += pending_;
    pending_.clear();
    return true;
  }

  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t value, json::string_view, json::error_code&) {
    add(EventKind::kInt).integer = value;
    return true;
  }
  bool on_uint64(std::uint64_t value, json::string_view text, json::error_code& error) {
    return on_double(static_cast<double>(value), text, error);
  }
  bool on_double(double value, json::string_view, json::error_code&) {
    add(EventKind::kFloat).real = value;
    return true;
  }
  bool on_bool(bool value, json::error_code&) {
    add(value ? EventKind::kTrue : EventKind::kFalse);
    return true;
  }
  bool on_null(json::error_code&) {
    add(EventKind::kNull);
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  Event& add(EventKind kind) {
    Event& event = document_.events.emplace_back();
    event.kind = kind;
    event.key = key_;
    event.integer = 0;
    return event;
  }
  bool open(EventKind kind) {
    open_.push_back(document_.events.size());
    add(kind);
    ++document_.containers;
    return true;
  }
  bool close(std::size_t size) {
    document_.events[open_.back()].count = size;
    open_.pop_back();
    return true;
  }

  Document document_;
  std::unordered_map<std::string, std::uint32_t> key_numbers_;
  std::string pending_;            ///< a key or str that the parser hands over in parts
  std::uint32_t key_ = 0;          ///< of the value that comes next
  std::vector<std::size_t> open_;  ///< events of the containers around the value that comes next
};

}  // namespace

Document load_document(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file || text.empty()) throw std::runtime_error("cannot read " + path);
  json::basic_parser<EventWriter> parser{json::parse_options{}};
  json::error_code error;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  const bool only_space_left = text.find_first_not_of(" \t\r\n", used) == std::string::npos;
  if (error || !only_space_left) throw std::runtime_error(path + " is not JSON");
  Document document = parser.handler().take();
  document.events.shrink_to_fit();
  document.texts.shrink_to_fit();
  return document;
}

}  // namespace bench
