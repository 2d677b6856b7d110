// The glimpse law: the same chance at each scan inside the coverage, so hits are a geometric number of scans
// apart.
#include "dronewall/random/distribution.hpp"
#include "kinds/laws/laws.hpp"

namespace dronewall {

namespace {

class Glimpse final : public SensorLaw {
 public:
  explicit Glimpse(double chance) : chance_(chance), log_miss_(std::log1p(-chance)) {}

  /// The k-th hit comes floor(ln u / ln(1 − p)) + 1 scans after the one before: P(more than n) = (1 − p)^n.
  void confirm(const LawContext& context, const Coverage* stays, std::uint32_t count,
               double* confirmed_s) const override {
    const Sensor& sensor = *context.sensor;
    for (std::uint32_t i = 0; i < count; ++i) {
      const Coverage& stay = stays[i];
      confirmed_s[i] = never_seen;
      if (!(chance_ > 0)) continue;
      Confirmation confirmation(sensor.hits, sensor.of);
      const Address address{context.pair, context.occurrence, stay.number};
      double scan = first_scan_index(stay.span.begin, context.phase_s, sensor.period_s) - 1;
      for (std::uint32_t hit = 0;; ++hit) {
        const double u = context.draws->uniform(address, Purpose::detection, stay.entry << 10 | (hit & 1023));
        scan += chance_ < 1 ? std::floor(draw_log(u) / log_miss_) + 1 : 1;
        const double t = context.phase_s + scan * sensor.period_s;
        if (!(t < stay.span.end)) break;
        if (!confirmation.hit(scan)) continue;
        confirmed_s[i] = t;
        break;
      }
    }
  }

 private:
  double chance_;
  double log_miss_;
};

}  // namespace

Kind glimpse_kind() {
  Kind kind;
  kind.keys = {"law",
               "glimpse",
               {"glimpse",
                "Seen with a fixed chance at each scan inside the coverage.",
                {law_key("value", Shape::number, Dimension::fraction, 0, 1, "Chance at each scan.")},
                law_example("{glimpse: 0.4}")},
               "value"};
  kind.build = [](const KindUse& use, BuildContext&) -> std::unique_ptr<CompiledKind> {
    return std::make_unique<Glimpse>(use.own.number("value", 0));
  };
  return kind;
}

}  // namespace dronewall
