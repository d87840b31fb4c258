// json.dumps and json.dump.
#include <ouro/base/error.h>
#include <ouro/objects/json/detail/files.h>
#include <ouro/objects/json/detail/writer.h>

namespace ouro::json {

Ref<Str> dump(Object& object, const DumpOptions& options) {
  detail::Writer writer(builtins_of(object), options, nullptr);
  writer.write(object);
  return writer.finish();
}

void dump(Object& object, const std::function<void(std::string_view)>& write, const DumpOptions& options) {
  const Ref<> held = share(object);
  detail::Writer writer(builtins_of(object), options, &write);
  writer.write(object);
  writer.flush();
}

void dump_file(Object& object, const FileName& name, const DumpOptions& options) {
  const Ref<> held = share(object);
  Builtins& builtins = builtins_of(object);
  const std::string& path = name.text();
  detail::File file = detail::open_file(builtins, path, "wb");
  dump(
      object, [&](std::string_view text) { detail::write_all(builtins, *file, path, text); }, options);
  detail::close_file(builtins, std::move(file), path);
}

}  // namespace ouro::json
