// The methods of the class Channel.
#include <ouro/base/error.h>
#include <ouro/runtime/channels/channel_class.h>
#include <ouro/runtime/sync/lock.h>

#include <new>

namespace ouro::sync {

namespace {

Channel new_channel(std::optional<std::int64_t> most) {
  if (most.value_or(0) < 0) raise(ErrorKind::kValueError, "a channel has room for no negative number of messages");
  return Channel(static_cast<std::size_t>(most.value_or(0)));
}

}  // namespace

ChannelEnd::ChannelEnd(std::optional<std::int64_t> most) try : ChannelEnd(new_channel(most)) {
} catch (const std::bad_alloc&) {
  raise_out_of_memory();
}

NativeClass<ChannelEnd> channel_class(Runtime& runtime) {
  NativeClass<ChannelEnd> type(runtime.builtins(), "Channel");
  Runtime* const home = &runtime;
  type.init<std::optional<std::int64_t>>()
      .def("send(self, value, timeout)",
           [home](ChannelEnd& self, const Ref<>& value, Seconds timeout) {
             self.channel().send(*home, *value, patience_of(timeout));
           })
      .def("receive(self, timeout)",
           [home](ChannelEnd& self, Seconds timeout) { return self.channel().receive(*home, patience_of(timeout)); })
      .def("close(self)", [](ChannelEnd& self) { self.channel().close(); })
      .prop("closed", [](ChannelEnd& self) { return self.channel().closed(); });
  runtime.exports().add(*type.type());
  return type;
}

}  // namespace ouro::sync
