// Courses of what flies: along a path, and with a target that it has closed in on.
#include <algorithm>

#include "dronewall/replication/unit_kind.hpp"

namespace dronewall {

namespace {

/// Legs of a flight beside the target, `offset` from it, from `begin_s` on, until it gets away; nullopt when
/// it has.
class Following {
 public:
  Following(Vec2 from, double begin_s, const TargetFlight& target, double speed_m_per_s, const Region* zone)
      : begin_s_(begin_s), target_(target), speed_(speed_m_per_s), zone_(zone), next_(target.first) {
    while (next_ != target.last && !(next_->end > begin_s)) ++next_;
    if (next_ != target.last) offset_ = from - next_->at(std::max(begin_s, next_->begin));
  }

  [[nodiscard]] std::optional<Leg> next() {
    if (next_ == target_.last || outruns(*next_)) return std::nullopt;
    const double begin = std::max(begin_s_, next_->begin);
    Leg leg{begin, next_->end, next_->at(begin) + offset_, next_->velocity};
    ++next_;
    if (zone_ == nullptr) return leg;
    std::vector<Span> inside;
    zone_->inside(leg, inside);
    if (inside.empty() || inside.front().begin > leg.begin) return std::nullopt;
    if (inside.front().end < leg.end) {
      leg.end = inside.front().end;
      next_ = target_.last;
    }
    return leg;
  }

 private:
  [[nodiscard]] bool outruns(const Leg& leg) const {
    constexpr double rounding = 1e-9;
    return length(leg.velocity) > speed_ * (1 + rounding);
  }

  double begin_s_;
  const TargetFlight& target_;
  double speed_;
  const Region* zone_;
  const Leg* next_;
  Vec2 offset_;
};

}  // namespace

Vec2 ElementMotion::at(double t) const {
  for (const Leg& leg : path)
    if (t <= leg.end) return leg.at(std::max(t, leg.begin));
  return path.back().at(path.back().end);
}

void follow(const TargetFlight& target, double speed_m_per_s, const Region* zone, std::vector<Leg>& path) {
  const Leg& last = path.back();
  Following with(last.at(last.end), last.end, target, speed_m_per_s, zone);
  while (const auto leg = with.next()) path.push_back(*leg);
}

Vec2 place_on_course(const Approach& approach, const TargetFlight& target, double speed_m_per_s,
                     const Region* zone, double t) {
  const Leg& leg = approach.leg;
  if (t <= leg.end || approach.held) return leg.at(std::clamp(t, leg.begin, leg.end));
  Vec2 place = leg.at(leg.end);
  Following with(place, leg.end, target, speed_m_per_s, zone);
  while (const auto next = with.next()) {
    if (t <= next->end) return next->at(t);
    place = next->at(next->end);
  }
  return place;
}

}  // namespace dronewall
