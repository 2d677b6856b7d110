// Seen so long after entry if still covered; drawn anew per sensor and entry. The sensor's scans do not
// matter.
#include "kinds/laws/laws.hpp"

namespace dronewall {

namespace {

class Delay final : public SensorLaw {
 public:
  explicit Delay(Drawn delay) : delay_(std::move(delay)) {}

  void confirm(const LawContext& context, const Coverage* stays, std::uint32_t count,
               double* confirmed_s) const override {
    for (std::uint32_t i = 0; i < count; ++i) {
      const Address address{context.pair, context.occurrence, stays[i].number};
      // The uniforms first, in one loop that the processor can overlap; then the times.
      confirmed_s[i] =
          delay_.is_constant() ? 0.5 : context.draws->uniform(address, Purpose::detection, stays[i].entry);
    }
    for (std::uint32_t i = 0; i < count; ++i) {
      const double t = stays[i].span.begin + delay_.distribution.value(confirmed_s[i]);
      confirmed_s[i] = t < stays[i].span.end ? t : never_seen;
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
