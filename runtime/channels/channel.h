// Channel: a queue of messages between runtimes, and threads without one.
//
//   runtime A                                                    runtime B
//   channel.send(a, *value)  ──┐                       ┌──>  channel.receive(b)
//   channel.send(a2, *other) ──┴─> message, message ───┴──>  channel.receive(b2)
//
// Many may send and many may receive; messages come out in the order in which they went in, each to one receiver. Who waits
// (for room, or for a message) lets go of its runtime's lock meanwhile. A Channel is a handle: copies are the same channel,
// which lives as long as any of them, whatever becomes of the runtimes.
//
// A thread that is inside several runtimes lets go of the one that the call names.
//
// No lock of a runtime is waited for under the channel's own, so channels add no order of locks. A waiting thread is not
// woken by an interrupt, as in all waits here; it is by the end of its runtime.
//
// A channel does not survive a fork: in the child every call but the destructor is RuntimeError, for other threads may have
// been in the middle of it.
//
// Laws
//   channel-once: a message that was sent is received once, or is in the channel.
//   channel-closed: after `close` nobody waits, nothing is added, and what is there can be received.
#pragma once

#include <ouro/base/shared.h>
#include <ouro/objects/messages/message.h>
#include <ouro/runtime/sync/errors.h>
#include <ouro/runtime/threads/wait_queue.h>

#include <cstddef>
#include <cstdint>

namespace ouro {

class Runtime;

class Channel {
 public:
  /// How a call ended that raises nothing.
  enum class Outcome : std::uint8_t { kDone, kTimedOut, kClosed };

  /// For `most` messages at a time; 0: as many as memory holds. Throws MemoryError.
  explicit Channel(std::size_t most = 0);

  // ---- For threads inside a runtime, which hold its lock ----

  /// Sends a copy of `value`, an object of `from`. Full if there is no room before patience ends; ShutDown if the channel is
  /// or gets closed; SystemExit if the runtime closes meanwhile. What cannot be copied is refused as by Message.
  void send(Runtime& from, const Object& value, Patience patience = Patience::endless()) const;
  /// The same at once: false if there is no room.
  [[nodiscard]] bool try_send(Runtime& from, const Object& value) const;
  /// The next message, as objects of `to`. Empty (the error) if none comes before patience ends; ShutDown if the channel is
  /// closed and empty; SystemExit if the runtime closes meanwhile. A message that cannot be unpacked is gone: who wants to
  /// keep it takes it as a Message.
  [[nodiscard]] Ref<> receive(Runtime& to, Patience patience = Patience::endless()) const;
  /// The same at once; an empty handle if there is no message.
  [[nodiscard]] Ref<> try_receive(Runtime& to) const;

  // ---- For threads that hold no lock ----

  /// Sends the message, which is moved from only if that is done. MemoryError.
  [[nodiscard]] Outcome send(Message&& message, Patience patience = Patience::endless()) const;
  /// Receives a message into `into`, which stays as it is otherwise.
  [[nodiscard]] Outcome receive(Message& into, Patience patience = Patience::endless()) const;

  // ---- For all ----

  /// No more messages: who waits for room goes away with ShutDown, receivers get what is there and then ShutDown. Any number
  /// of times.
  void close() const;
  [[nodiscard]] bool closed() const;
  /// Messages in the channel.
  [[nodiscard]] std::size_t size() const;
  /// Threads that wait to send, and to receive.
  [[nodiscard]] std::size_t senders_waiting() const;
  [[nodiscard]] std::size_t receivers_waiting() const;

  /// The same channel.
  [[nodiscard]] bool operator==(const Channel& other) const noexcept = default;

 private:
  struct State;

  Shared<State> state_;
};

}  // namespace ouro
