// Channel as a class that scripts see.
//
//   const auto Channels = sync::channel_class(rt);      in each runtime
//   const Ref<> work = Channels.make(channel);          an object for a channel that C++ made; or Channel(16) in a script
//   work.attr("send")(value);  work.attr("receive")();  work.attr("close")();
//
// The class is exported as "Channel", so its objects go through channels, too: who sends a request puts a channel for the
// answer into it. (A channel that lies in itself, and that nobody receives, keeps itself alive.)
#pragma once

#include <ouro/runtime/channels/channel.h>
#include <ouro/runtime/runtime.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

namespace ouro::sync {

/// What an object of the class holds: a handle to a channel, which belongs to no runtime.
class ChannelEnd {
 public:
  ChannelEnd() noexcept = default;  ///< while it is unpacked
  /// A new channel for `most` messages at a time; none: as many as memory holds. ValueError if it is negative.
  explicit ChannelEnd(std::optional<std::int64_t> most);
  explicit ChannelEnd(Channel channel) : channel_{std::make_shared<Channel>(std::move(channel))} {}

  [[nodiscard]] const Channel& channel() const noexcept { return **channel_; }

 private:
  Untraced<std::shared_ptr<Channel>> channel_;

 public:
  static constexpr std::tuple edges{};
  static constexpr std::tuple copied{&ChannelEnd::channel_};
};

/// The class, with methods `send(value, timeout)`, `receive(timeout)` and `close()` and the attribute `closed`; timeouts in
/// seconds, none: without end. Errors are those of Channel. Once for a runtime: ValueError if "Channel" is exported already.
[[nodiscard]] NativeClass<ChannelEnd> channel_class(Runtime& runtime);

}  // namespace ouro::sync
