// The radar law: Swerling 1, Pd = Pfa^(1 / (1 + SNR)), SNR ∝ σ / R⁴ (Swerling, IRE Trans. IT-6, 1960).
#include <algorithm>

#include "dronewall/random/distribution.hpp"
#include "kinds/laws/laws.hpp"

namespace dronewall {

namespace {

class Radar final : public SensorLaw {
 public:
  Radar(double snr, double at_m, double rcs_m2, double pfa)
      : strength_(snr * at_m * at_m * at_m * at_m / rcs_m2), log_pfa_(std::log(pfa)) {}

  /// Along the track the chance changes from scan to scan. One uniform decides each hit: it comes at the
  /// first scan at which the cumulated chance of having been missed since the last hit falls to 1 − u or
  /// below.
  void confirm(const LawContext& context, const Coverage* stays, std::uint32_t count,
               double* confirmed_s) const override {
    const Sensor& sensor = *context.sensor;
    for (std::uint32_t i = 0; i < count; ++i) {
      const Coverage& stay = stays[i];
      confirmed_s[i] = never_seen;
      Confirmation confirmation(sensor.hits, sensor.of);
      const Address address{context.pair, context.occurrence, stay.number};
      std::uint32_t hit = 0;
      double left = 1 - context.draws->uniform(address, Purpose::detection, stay.entry << 10);
      double missed = 1;
      const Leg* leg = stay.first_leg;
      for (double scan = first_scan_index(stay.span.begin, context.phase_s, sensor.period_s);; ++scan) {
        const double t = context.phase_s + scan * sensor.period_s;
        if (!(t < stay.span.end)) break;
        while (leg + 1 != stay.last_leg && t > leg->end) ++leg;
        missed *= 1 - chance(leg->at(t) - context.at, stay);
        if (missed > left) continue;
        if (confirmation.hit(scan)) {
          confirmed_s[i] = t;
          break;
        }
        ++hit;
        left = 1 - context.draws->uniform(address, Purpose::detection, stay.entry << 10 | (hit & 1023));
        missed = 1;
      }
    }
  }

 private:
  [[nodiscard]] double chance(Vec2 offset, const Coverage& stay) const {
    const double squared = dot(offset, offset) + stay.height_difference_m * stay.height_difference_m;
    const double snr = strength_ * stay.rcs_m2 / std::max(squared * squared, 1.0);
    return draw_exp(log_pfa_ / (1 + snr));
  }

  double strength_;  ///< SNR · R⁴ / σ
  double log_pfa_;
};

}  // namespace

Kind radar_kind() {
  Kind kind;
  kind.keys = {
      "law",
      "radar",
      {"radar",
       "A radar's single-look detection of a slowly fluctuating target (Swerling 1) at each scan.",
       {law_key("snr", Shape::number, Dimension::decibel, 0, never_seen,
                "Signal to noise at the reference range."),
        law_key("at", Shape::number, Dimension::length, 0, never_seen, "The reference range."),
        law_key("rcs", Shape::number, Dimension::area, 0, never_seen, "The reference radar cross-section."),
        law_key("pfa", Shape::number, Dimension::fraction, 0, 1, "Chance of a false alarm at one look.")},
       law_example("{radar: {snr: 15 dB, at: 30 km, rcs: 0.1 m2, pfa: 1e-5}}")},
      ""};
  kind.build = [](const KindUse& use, BuildContext& context) -> std::unique_ptr<CompiledKind> {
    const double snr = use.own.number("snr", 1), at = use.own.number("at", 1), rcs = use.own.number("rcs", 1);
    const double pfa = use.own.number("pfa", 1e-6);
    if (!(at > 0 && rcs > 0 && pfa > 0 && pfa < 1))
      context.problems().error(use.own.place(), "at, rcs and pfa of a radar must be above 0 and pfa below 1",
                               "write {radar: {snr: 15 dB, at: 50 km, rcs: 1 m2, pfa: 1e-5}}");
    return std::make_unique<Radar>(snr, at, rcs, pfa);
  };
  return kind;
}

}  // namespace dronewall
