// Seen so long after entry if still covered; drawn anew per sensor and entry. The sensor's scans do not
// matter.
#include <algorithm>

#include "kinds/laws/laws.hpp"

namespace dronewall {

namespace {

class Delay final : public SensorLaw {
 public:
  explicit Delay(Drawn delay) : delay_(std::move(delay)) {}

  void confirm(const LawContext& context, const Coverage* stays, std::uint32_t count,
               double* confirmed_s) const override {
    // In blocks: the uniforms at once, then their times, both in loops that the processor can overlap.
    constexpr std::uint32_t block = 64;
    std::uint32_t numbers[block];
    for (std::uint32_t first = 0; first < count; first += block) {
      const std::uint32_t size = std::min(block, count - first);
      const Coverage* stay = stays + first;
      double* out = confirmed_s + first;
      bool one_entry = true;
      for (std::uint32_t i = 0; i < size; ++i) {
        numbers[i] = stay[i].number;
        one_entry &= stay[i].entry == 0;
      }
      if (delay_.is_constant() || delay_.is_shared()) {
        std::fill_n(out, size, shared_value(delay_, *context.draws, context.sharers));
      } else {
        if (one_entry)
          context.draws->uniforms(context.pair, context.occurrence, {numbers, size}, Purpose::detection, 0,
                                  out);
        else
          for (std::uint32_t i = 0; i < size; ++i)
            out[i] = context.draws->uniform({context.pair, context.occurrence, numbers[i]},
                                            Purpose::detection, stay[i].entry);
        delay_.distribution.values(out, size);
      }
      for (std::uint32_t i = 0; i < size; ++i) {
        const double t = stay[i].span.begin + std::max(0.0, out[i]);
        out[i] = t < stay[i].span.end ? t : never_seen;
      }
    }
  }

 private:
  Drawn delay_;
};

}  // namespace

Kind delay_kind() {
  Kind kind;
  kind.keys = {
      "law",
      "delay",
      {"delay",
       "Seen so long after entering the coverage, if still inside.",
       {law_key("value", Shape::quantity, Dimension::time, 0, never_seen, "Time from entry to detection.")},
       law_example("{delay: exponential(30 s)}")},
      "value"};
  kind.build = [](const KindUse& use, BuildContext& context) -> std::unique_ptr<CompiledKind> {
    return std::make_unique<Delay>(context.compile(use.own.quantity("value", 0), "law.delay"));
  };
  return kind;
}

}  // namespace dronewall
