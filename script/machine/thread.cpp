// The value stack of a thread.
#include <ouro/base/error.h>
#include <ouro/script/machine/thread.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace ouro::script {

struct MachineThread::Chunk {
  Chunk* previous;
  Object** free_before;  ///< of the chunk before
  std::size_t words;

  [[nodiscard]] Object** begin() noexcept { return reinterpret_cast<Object**>(this + 1); }
};

namespace {

constexpr std::size_t kWordsOfChunk = 16 * 1024;

}  // namespace

MachineThread::~MachineThread() {
  while (chunk_ != nullptr) std::free(std::exchange(chunk_, chunk_->previous));
  std::free(spare_);
}

void MachineThread::open_chunk(std::size_t words) {
  Chunk* made = nullptr;
  if (spare_ != nullptr && spare_->words >= words) {
    made = std::exchange(spare_, nullptr);
  } else {
    const std::size_t size = std::max(words, kWordsOfChunk);
    made = static_cast<Chunk*>(std::malloc(sizeof(Chunk) + size * sizeof(Object*)));
    if (made == nullptr) raise_out_of_memory();
    made->words = size;
  }
  made->previous = chunk_;
  made->free_before = free;
  chunk_ = made;
  free = made->begin();
  limit_ = made->begin() + made->words;
}

void MachineThread::close_chunk() noexcept {
  Chunk* const closed = std::exchange(chunk_, chunk_->previous);
  free = closed->free_before;
  limit_ = chunk_ != nullptr ? chunk_->begin() + chunk_->words : nullptr;
  std::free(std::exchange(spare_, closed));
}

BaseException* MachineThread::handled_exception() const noexcept {
  for (const Handled* item = handled; item != nullptr; item = item->previous)
    if (item->exception != nullptr) return static_cast<BaseException*>(item->exception);
  return nullptr;
}

}  // namespace ouro::script
