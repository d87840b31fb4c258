// Lists and dicts of small ints beside std::vector and an ordered map. No foreign code: every result is known.
#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fuzz/stage.h>
#include <fuzz/targets.h>

namespace ouro::fuzz {

namespace {

using Model = std::vector<std::int64_t>;
using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

std::string shown(const Model& model) {
  std::string text = "[";
  for (const std::int64_t value : model) text.append(text.size() > 1 ? ", " : "").append(std::to_string(value));
  return text + "]";
}

std::string shown(const Pairs& pairs) {
  std::string text = "{";
  for (const auto& [key, value] : pairs)
    text.append(text.size() > 1 ? ", " : "").append(std::to_string(key)).append(": ").append(std::to_string(value));
  return text + "}";
}

class Lists {
 public:
  Lists(Runtime& rt, Input& input) : rt_(rt), input_(input), list_(rt.list()) {}

  void step() {
    const std::int64_t value = static_cast<std::int64_t>(input_.below(16));
    const Ref<> object = rt_.from(value);
    const std::int64_t at = static_cast<std::int64_t>(input_.below(40)) - 20;
    const auto size = static_cast<std::int64_t>(model_.size());
    const std::int64_t place = at < 0 ? at + size : at;
    const bool inside = place >= 0 && place < size;
    const std::int64_t clipped = std::clamp<std::int64_t>(place, 0, size);
    switch (input_.below(13)) {
      case 0:
        list_->append(*object);
        model_.push_back(value);
        break;
      case 1:
        list_->insert(at, *object);
        model_.insert(model_.begin() + clipped, value);
        break;
      case 2:
        require(attempt([&] { require(rt_.from(model_at(place)) == list_->pop(at), "pop"); }) == inside, "pop's range");
        if (inside) model_.erase(model_.begin() + place);
        break;
      case 3:
        require(attempt([&] { list_->set(at, *object); }) == inside, "set's range");
        if (inside) model_[static_cast<std::size_t>(place)] = value;
        break;
      case 4: {
        const auto found = std::find(model_.begin(), model_.end(), value);
        require(list_->contains(*object) == (found != model_.end()), "contains");
        require(attempt([&] { list_->remove(*object); }) == (found != model_.end()), "remove");
        if (found != model_.end()) model_.erase(found);
        break;
      }
      case 5:
        require(list_->count(*object) == static_cast<std::size_t>(std::count(model_.begin(), model_.end(), value)), "count");
        break;
      case 6:
        list_->sort(nullptr, (at & 1) != 0);
        (at & 1) != 0 ? std::stable_sort(model_.begin(), model_.end(), std::greater<>())
                      : std::stable_sort(model_.begin(), model_.end());
        break;
      case 7:
        list_->reverse();
        std::reverse(model_.begin(), model_.end());
        break;
      case 8:
        if (model_.size() < 100) {
          list_->repeat_in_place(value % 3);
          const Model once = model_;
          model_.clear();
          for (std::int64_t i = 0; i < value % 3; ++i) model_.insert(model_.end(), once.begin(), once.end());
        }
        break;
      case 9:
        slice(at, value);
        break;
      case 10:
        if (model_.size() < 100) {
          list_->extend(*list_);
          const Model once = model_;
          model_.insert(model_.end(), once.begin(), once.end());
        }
        break;
      case 11:
        list_ = list_->copy();
        break;
      default:
        list_->clear();
        model_.clear();
    }
    require(text(*repr(*list_)) == shown(model_), "a list");
  }

 private:
  [[nodiscard]] std::int64_t model_at(std::int64_t place) const {
    const bool inside = place >= 0 && place < static_cast<std::int64_t>(model_.size());
    return inside ? model_[static_cast<std::size_t>(place)] : -1;
  }
  /// Positions by Python's rule, one after the other.
  void slice(std::int64_t start, std::int64_t width) {
    const std::int64_t step = static_cast<std::int64_t>(input_.below(9)) - 4;
    const std::int64_t stop = start + width - 8;
    const Slice part{start, stop, step};
    const auto size = static_cast<std::int64_t>(model_.size());
    if (step == 0) return require(!attempt([&] { static_cast<void>(list_->slice(part)); }), "a slice of step 0");
    const auto clip = [&](std::int64_t place) {
      if (place < 0) place += size;
      return step > 0 ? std::clamp<std::int64_t>(place, 0, size) : std::clamp<std::int64_t>(place, -1, size - 1);
    };
    Model taken, left = model_;
    std::vector<bool> gone(model_.size());
    for (std::int64_t i = clip(start); step > 0 ? i < clip(stop) : i > clip(stop); i += step) {
      taken.push_back(model_[static_cast<std::size_t>(i)]);
      gone[static_cast<std::size_t>(i)] = true;
    }
    require(text(*repr(*list_->slice(part))) == shown(taken), "a slice");
    if (!input_.flag()) return;
    left.clear();
    for (std::size_t i = 0; i < model_.size(); ++i)
      if (!gone[i]) left.push_back(model_[i]);
    list_->erase_slice(part);
    model_ = left;
  }

  Runtime& rt_;
  Input& input_;
  Ref<List> list_;
  Model model_;
};

class Dicts {
 public:
  Dicts(Runtime& rt, Input& input) : rt_(rt), input_(input), dict_(rt.dict()) {}

  void step() {
    const std::int64_t key = stride_ * static_cast<std::int64_t>(input_.below(48)),
                       value = static_cast<std::int64_t>(input_.below(16));
    const Ref<> key_object = rt_.from(key), value_object = rt_.from(value);
    const auto found = std::find_if(model_.begin(), model_.end(), [&](const auto& pair) { return pair.first == key; });
    const bool is_there = found != model_.end();
    Object* const at = dict_->find(*key_object);
    require((at != nullptr) == is_there, "find");
    if (is_there) require(share(*at) == found->second, "the value found");
    switch (input_.below(9)) {
      case 0:
      case 1:
      case 2:
        dict_->set(*key_object, *value_object);
        if (is_there)
          found->second = value;
        else
          model_.emplace_back(key, value);
        break;
      case 3:
        require(dict_->discard(*key_object) == is_there, "discard");
        if (is_there) model_.erase(found);
        break;
      case 4:
        require(attempt([&] { static_cast<void>(dict_->pop(*key_object)); }) == is_there, "pop");
        if (is_there) model_.erase(found);
        break;
      case 5:
        dict_->set_default(*key_object, *value_object);
        if (!is_there) model_.emplace_back(key, value);
        break;
      case 6: {
        std::pair<Ref<>, Ref<>> last;
        require(attempt([&] { last = dict_->pop_item(); }) == !model_.empty(), "popitem");
        if (!model_.empty()) require(last.first == model_.back().first, "the last pair");
      }
        if (!model_.empty()) model_.pop_back();
        break;
      case 7:
        dict_ = dict_->copy();
        break;
      default:
        if (value == 0) {
          dict_->clear();
          model_.clear();
          stride_ = input_.number() % (std::int64_t{1} << 50);
          if (stride_ == 0) stride_ = 1;
        }
    }
    require(text(*repr(*dict_)) == shown(model_), "a dict");
  }

 private:
  Runtime& rt_;
  Input& input_;
  Ref<Dict> dict_;
  Pairs model_;
  std::int64_t stride_ = 1;
};

}  // namespace

void containers(Bytes bytes) {
  Input input(bytes);
  Stage stage;
  {
    Lists lists(stage.rt, input);
    Dicts dicts(stage.rt, input);
    while (!input.empty()) input.flag() ? lists.step() : dicts.step();
  }
  stage.finish();
}

}  // namespace ouro::fuzz
