// Files that JSON is read from and written to, with Python's errors.
#pragma once

#include <ouro/objects/core/builtins.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace ouro::json::detail {

struct FileCloser {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

/// FileNotFoundError "[Errno 2] No such file or directory: 'x.json'" and its like.
[[nodiscard]] File open_file(Builtins& builtins, const std::string& path, const char* mode);
/// Gives `take` what the file contains, in pieces.
void read_all(Builtins& builtins, std::FILE& file, const std::string& path,
              const std::function<void(std::string_view)>& take);
/// OSError if it cannot be written.
void write_all(Builtins& builtins, std::FILE& file, const std::string& path, std::string_view text);
/// Closes the file; OSError if what was written could not be kept.
void close_file(Builtins& builtins, File file, const std::string& path);

}  // namespace ouro::json::detail
