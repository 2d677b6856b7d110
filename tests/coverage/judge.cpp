#include "judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace dronewall::coverage {
namespace {

struct Share {
  std::uint64_t hits, of;
};

/// The probability that two samples of one share differ so much: Fisher's exact test, twice the lesser tail.
double fisher(Share a, Share b) {
  const std::uint64_t hits = a.hits + b.hits, of = a.of + b.of;
  if (hits == 0 || hits == of) return 1;
  const boost::math::hypergeometric_distribution<double> law(
      static_cast<unsigned>(hits), static_cast<unsigned>(a.of), static_cast<unsigned>(of));
  const auto at = static_cast<double>(a.hits);
  const double at_most = boost::math::cdf(law, at);
  const double least = static_cast<double>(hits > of - a.of ? hits - (of - a.of) : 0);
  const double at_least = at > least ? 1 - boost::math::cdf(law, at - 1) : 1;
  return std::min(1.0, 2 * std::min(at_most, at_least));
}

bool has_other_width(const Measured& now, const Measured& recorded, double error) {
  if (recorded.half_width == 0 || now.given < 2) return false;
  constexpr double digits = 1e-4;  // More than this nobody would call a change, and the record does not hold.
  const double sd = std::max(recorded.half_width_sd, digits * recorded.half_width);
  const double se =
      sd * std::sqrt(1 / static_cast<double>(now.given) + 1 / static_cast<double>(recorded.given));
  const double reach = boost::math::quantile(boost::math::complement(boost::math::normal(), error / 2));
  return !(std::abs(now.half_width - recorded.half_width) <= reach * se);
}

}  // namespace

std::string changed(const Measured& now, const Measured& recorded, double error) {
  std::string words;
  const double each = error / 3;
  if (fisher({now.held, now.experiments}, {recorded.held, recorded.experiments}) < each)
    words += fmt::format(" held {} of {}, recorded {} of {};", now.held, now.experiments, recorded.held,
                         recorded.experiments);
  if (fisher({now.given, now.experiments}, {recorded.given, recorded.experiments}) < each)
    words += fmt::format(" given {} of {}, recorded {} of {};", now.given, now.experiments, recorded.given,
                         recorded.experiments);
  if (has_other_width(now, recorded, each))
    words += fmt::format(" half-width {:.4g}, recorded {:.4g};", now.half_width, recorded.half_width);
  return words;
}

std::string verdict(const Row& row, const Measured& measured) {
  if (measured.given == 0) return "none given";
  const ConfidenceInterval share = measured.share();
  const double at = static_cast<double>(measured.held) / static_cast<double>(measured.given);
  const auto because = [](const std::string& why) {
    return why.empty() ? std::string() : fmt::format(": {}", why);
  };
  if (share.high < wanted)
    return fmt::format("under-covers by {:.1f} points{}", 100 * (wanted - at), because(row.why_narrow));
  if (share.low > wanted) return "conservative" + because(row.why_wide);
  return "covers";
}

}  // namespace dronewall::coverage
