// Seen on entry: needs no scan. With m-of-n confirmation every scan is a hit, so the m-th scan confirms.
#include "kinds/laws/laws.hpp"

namespace dronewall {

namespace {

class Definite final : public SensorLaw {
 public:
  void confirm(const LawContext& context, const Coverage* stays, std::uint32_t count,
               double* confirmed_s) const override {
    const Sensor& sensor = *context.sensor;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (sensor.hits <= 1) {
        confirmed_s[i] = stays[i].span.begin;
        continue;
      }
      const double first = first_scan_index(stays[i].span.begin, context.phase_s, sensor.period_s);
      const double t = context.phase_s + (first + sensor.hits - 1) * sensor.period_s;
      confirmed_s[i] = t < stays[i].span.end ? t : never_seen;
    }
  }
};

}  // namespace

Kind definite_kind() {
  Kind kind = simple_kind<Definite>("law", "definite", "Seen on entering the coverage, without a scan.");
  kind.keys.table.example = law_example("definite");
  return kind;
}

}  // namespace dronewall
