#include "dronewall/geometry/intercept.hpp"

#include <algorithm>

#include "dronewall/core/contracts.hpp"

namespace dronewall {
namespace {

/// The ground distance at which the slant range is `slant_m`; -1, the radius of no circle, when the height
/// difference alone is more.
double ground_range_m(double slant_m, double height_difference_m) {
  const double square = slant_m * slant_m - height_difference_m * height_difference_m;
  return slant_m >= 0 && square >= 0 ? std::sqrt(square) : -1;
}

/// The rise of launch time over meeting time on one leg. Times of meeting are counted from the leg's begin.
class Rise {
 public:
  Rise(const Leg& leg, Vec2 launcher, double height_difference_m, double speed_m_per_s)
      : begin_(leg.begin),
        p_(leg.start - launcher),
        v_(leg.velocity),
        height_square_(height_difference_m * height_difference_m),
        speed_(speed_m_per_s),
        stop_(std::min(leg.end - leg.begin, peak())) {}

  [[nodiscard]] double begin() const { return begin_; }
  /// Where the rise ends: at the leg's end, or where the target begins to outrun the interceptor. Not above
  /// zero when it does so from the start.
  [[nodiscard]] double stop() const { return stop_; }
  /// The launch that meets the target after time `after` on the leg.
  [[nodiscard]] double launch(double after) const {
    const Vec2 at = p_ + v_ * after;
    return begin_ + (after - std::sqrt(dot(at, at) + height_square_) / speed_);
  }
  [[nodiscard]] std::optional<Span> within(double ground_m) const { return chord(p_, v_, ground_m); }

 private:
  /// d slant / dt = w, the target fleeing:  (w sqrt(((p×v)² + h² v·v) / (v·v − w²)) − p·v) / v·v; +∞ if it
  /// never does.
  [[nodiscard]] double peak() const {
    const double vv = dot(v_, v_);
    const double excess = vv - speed_ * speed_;
    if (excess < 0) return std::numeric_limits<double>::infinity();
    const double miss = cross(p_, v_);
    const double miss_square = miss * miss + height_square_ * vv;
    // Straight over the launcher it flees from that moment on, even at the very same speed (0/0).
    const double fled = miss_square == 0 ? 0 : speed_ * std::sqrt(miss_square / excess);
    return (fled - dot(p_, v_)) / vv;
  }

  double begin_;
  Vec2 p_;
  Vec2 v_;
  double height_square_;
  double speed_;
  double stop_;
};

/// Collects launch windows in order; those that touch become one.
class Windows {
 public:
  Windows(double no_launch_before, std::vector<Span>& out)
      : no_launch_before_(no_launch_before), reached_(no_launch_before), out_(out), mine_(out.size()) {}

  /// Meetings from `from` to `to` on the leg: those whose launch lies above what the flight reached before.
  void add(const Rise& rise, double from, double to) {
    if (!(from < to)) return;
    // At its begin the leg continues the one before: not above what that one reached, whatever rounding says.
    double open = from <= 0 ? reached_ : std::max(reached_, rise.launch(from));
    const double close = rise.launch(to);
    if (out_.size() > mine_ && out_.back().end >= open) {
      out_.back().end = std::max(out_.back().end, close);
      return;
    }
    // The launch at `reached_` itself still meets where the target began to outrun it, and not on this leg.
    if (open == reached_ && reached_ > no_launch_before_) open += 2 * meeting_slack_s;
    if (open < close) out_.push_back({open, close});
  }
  void pass(const Rise& rise) { reached_ = std::max(reached_, rise.launch(rise.stop())); }

 private:
  double no_launch_before_;
  double reached_;  // the latest launch that the flight so far has met
  std::vector<Span>& out_;
  std::size_t mine_;
};

/// Hands every stretch of a leg between the two ground distances to `add(windows, rise, from, to)`.
template <class Add>
void find_windows(const Leg* first, const Leg* last, Vec2 launcher, double height_difference_m, double low_m,
                  double high_m, double speed_m_per_s, std::vector<Span>& out, Add add) {
  const double far_m = ground_range_m(high_m, height_difference_m);
  const double near_m = ground_range_m(low_m, height_difference_m);
  Windows windows(first->begin, out);
  for (const Leg* leg = first; leg != last; ++leg) {
    const Rise rise(*leg, launcher, height_difference_m, speed_m_per_s);
    if (!(rise.stop() > 0)) continue;
    if (const auto far = rise.within(far_m)) {
      const double enters = std::max(0.0, far->begin);
      const double leaves = std::min(rise.stop(), far->end);
      if (const auto near = rise.within(near_m)) {
        add(windows, rise, enters, std::min(leaves, near->begin));
        add(windows, rise, std::max(enters, near->end), leaves);
      } else {
        add(windows, rise, enters, leaves);
      }
    }
    if (leg + 1 != last) windows.pass(rise);
  }
}

}  // namespace

std::optional<double> meet_on_legs(const Leg* first, const Leg* last, Vec2 from, double start_s,
                                   double speed_m_per_s, double height_difference_m) {
  const double height_square = height_difference_m * height_difference_m;
  for (const Leg* leg = first; leg != last; ++leg) {
    if (leg->end < start_s) continue;
    // slant² − reach² is a t² + 2 b t + c, t counted from `begin`.
    const double begin = std::max(leg->begin, start_s);
    const double left = leg->end - begin;
    const double reach = speed_m_per_s * (begin - start_s);
    const Vec2 p = leg->at(begin) - from;
    const Vec2 v = leg->velocity;
    const double a = dot(v, v) - speed_m_per_s * speed_m_per_s;
    const double b = dot(p, v) - speed_m_per_s * reach;
    const auto after = first_not_positive(a, b, dot(p, p) + height_square - reach * reach);
    if (after && *after <= left) return begin + *after;

    const double least = a > 0 ? std::clamp(-b / a, 0.0, left) : left;
    const Vec2 there = p + v * least;
    const double late = reach + speed_m_per_s * (least + meeting_slack_s);
    if (dot(there, there) + height_square <= late * late) return begin + least;
  }
  return std::nullopt;
}

void launch_windows(const Leg* first, const Leg* last, Vec2 launcher, double height_difference_m,
                    double low_m, double high_m, double speed_m_per_s, std::vector<Span>& out,
                    const std::vector<Span>* met_in) {
  expects(speed_m_per_s > 0);
  if (first == last) return;
  // Two loops, because the one without grounds is the engine's most frequent question.
  if (met_in == nullptr)
    return find_windows(
        first, last, launcher, height_difference_m, low_m, high_m, speed_m_per_s, out,
        [](Windows& windows, const Rise& rise, double from, double to) { windows.add(rise, from, to); });
  find_windows(first, last, launcher, height_difference_m, low_m, high_m, speed_m_per_s, out,
               [met_in](Windows& windows, const Rise& rise, double from, double to) {
                 for (const Span& span : *met_in)
                   windows.add(rise, std::max(from, span.begin - rise.begin()),
                               std::min(to, span.end - rise.begin()));
               });
}

std::optional<double> first_within_range(const Leg* first, const Leg* last, Leg pursuer, double lead_s,
                                         double range_m, double height_difference_m) {
  const double ground_m = ground_range_m(range_m, height_difference_m);
  for (const Leg* leg = first; leg != last; ++leg) {
    const double begin = std::max(pursuer.begin, leg->begin - lead_s);
    const double end = std::min(pursuer.end, leg->end - lead_s);
    if (!(begin <= end)) continue;
    const Leg relative{begin, end, leg->at(begin + lead_s) - pursuer.at(begin),
                       leg->velocity - pursuer.velocity};
    if (const auto within = inside_circle(relative, Vec2{}, ground_m)) return within->begin;
  }
  return std::nullopt;
}

std::optional<double> first_beyond_range(const Leg* first, const Leg* last, const Leg& pursuer, double lead_s,
                                         double range_m) {
  for (const Leg* leg = first; leg != last; ++leg) {
    const double begin = std::max(pursuer.begin, leg->begin - lead_s);
    const double end = std::min(pursuer.end, leg->end - lead_s);
    if (!(begin <= end)) continue;
    const Leg relative{begin, end, leg->at(begin + lead_s) - pursuer.at(begin),
                       leg->velocity - pursuer.velocity};
    const auto within = inside_circle(relative, Vec2{}, range_m);
    if (!within || within->begin > begin) return begin;
    if (within->end < end) return within->end;
  }
  return std::nullopt;
}

std::optional<double> first_within_reach(const Leg* first, const Leg* last, Vec2 from, double start_s,
                                         double not_before_s, double speed_m_per_s, double lead_s,
                                         double range_m) {
  for (const Leg* leg = first; leg != last; ++leg) {
    const double begin = std::max(leg->begin - lead_s, not_before_s);
    const double left = leg->end - lead_s - begin;
    if (!(left >= 0)) continue;
    const double reach = range_m + speed_m_per_s * (begin - start_s);
    const Vec2 p = leg->at(begin + lead_s) - from;
    const Vec2 v = leg->velocity;
    const auto after = first_not_positive(dot(v, v) - speed_m_per_s * speed_m_per_s,
                                          dot(p, v) - speed_m_per_s * reach, dot(p, p) - reach * reach);
    if (after && *after <= left) return begin + *after;
  }
  return std::nullopt;
}

}  // namespace dronewall
