// Files that JSON is read from and written to.
#include <ouro/base/error.h>
#include <ouro/objects/core/protocol.h>
#include <ouro/objects/errors/raise.h>
#include <ouro/objects/json/detail/files.h>
#include <ouro/objects/numbers/int.h>
#include <ouro/objects/text/str.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/stat.h>

namespace ouro::json::detail {

namespace {

constexpr std::size_t kPiece = std::size_t{1} << 16;

/// The name of a file as text; what is no UTF-8 in it is left out.
Ref<Str> shown_name(Builtins& builtins, const std::string& path) {
  try {
    return make_str(builtins, path);
  } catch (const Error& error) {
    if (!error.is(ErrorKind::kUnicodeError)) throw;
    return make_str(builtins, "?");
  }
}

[[noreturn, gnu::cold]] void raise_os_error(Builtins& builtins, int number, const std::string& path) {
  const Ref<> code = make_int(builtins, number);
  const Ref<> reason = make_str(builtins, std::strerror(number));
  const Ref<> name = shown_name(builtins, path);
  Object* const given[] = {code.get(), reason.get(), name.get()};
  raise(*call(builtins.type(ErrorKind::kOSError), Arguments{given, {}, {}}));
}

}  // namespace

File open_file(Builtins& builtins, const std::string& path, const char* mode) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode)) raise_os_error(builtins, EISDIR, path);
  File file(std::fopen(path.c_str(), mode));
  if (!file) raise_os_error(builtins, errno, path);
  return file;
}

void read_all(Builtins& builtins, std::FILE& file, const std::string& path,
              const std::function<void(std::string_view)>& take) {
  std::array<char, kPiece> piece;
  while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), &file)) take({piece.data(), got});
  if (std::ferror(&file) != 0) raise_os_error(builtins, errno, path);
}

void write_all(Builtins& builtins, std::FILE& file, const std::string& path, std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), &file) != text.size()) raise_os_error(builtins, errno, path);
}

void close_file(Builtins& builtins, File file, const std::string& path) {
  if (std::fclose(file.release()) != 0) raise_os_error(builtins, errno, path);
}

}  // namespace ouro::json::detail
