#include "report/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "report/figure_column.hpp"

namespace dronewall {
namespace {

/// A number is shown as value / factor with a suffix; the half-width likewise.
struct Scale {
  double factor = 1;
  std::string currency;
  const char* suffix = "";
  int most_decimals = 4;
};

Scale money_scale(double size, const std::string& currency) {
  Scale scale;
  scale.currency = currency == "USD"   ? "$"
                   : currency == "EUR" ? "€"
                   : currency == "GBP" ? "£"
                                       : currency + " ";
  // A value that would round up to the next letter already takes it: $1.00M, not $1000k.
  if (size >= 999.5e6)
    scale.factor = 1e9, scale.suffix = "bn";
  else if (size >= 999.5e3)
    scale.factor = 1e6, scale.suffix = "M";
  else if (size >= 999.5)
    scale.factor = 1e3, scale.suffix = "k";
  else
    scale.most_decimals = 2;
  return scale;
}

Scale scale_of(double size, const Measure& measure) {
  Scale scale;
  switch (measure.kind) {
    case Measure::Kind::plain:
      break;
    case Measure::Kind::money:
      return money_scale(size, measure.currency);
    case Measure::Kind::percent:
      scale.factor = 0.01, scale.suffix = "%";
      break;
    case Measure::Kind::seconds:
      if (size >= 2 * 3600)
        scale.factor = 3600, scale.suffix = " h";
      else if (size >= 120)
        scale.factor = 60, scale.suffix = " min";
      else
        scale.suffix = " s";
      break;
    case Measure::Kind::metres:
      if (size >= 1000)
        scale.factor = 1000, scale.suffix = " km";
      else
        scale.suffix = " m";
      break;
  }
  return scale;
}

/// 10^exponent is the size of the leading digit.
int exponent_of(double positive) { return static_cast<int>(std::floor(std::log10(positive))); }

/// Decimals that show a number with three significant digits; cents where there are any.
int decimals_for_value(double size, const Scale& scale) {
  if (size == 0) return 0;
  const int decimals = std::clamp(2 - exponent_of(size * 1.0005), 0, scale.most_decimals);  // 0.9996 is 1.00
  return scale.most_decimals == 2 && decimals == 1 ? 2 : decimals;
}

/// Decimals that show a half-width with one significant digit, the value beside it with no more than five.
int decimals_for_width(double width, double size, const Scale& scale) {
  const int for_value = size > 0 ? std::max(0, 4 - exponent_of(size)) : scale.most_decimals;
  // A half-width of 0.096 is shown as 0.1: the decimals of what it rounds to.
  const int for_width = std::max(0, -exponent_of(width * 1.0526));
  return std::min({for_width, for_value, scale.most_decimals});
}

/// A number >= 0 with so many decimals and commas between thousands.
std::string fixed(double value, int decimals) {
  const std::string plain = fmt::format("{:.{}f}", value, decimals);
  const std::size_t whole = std::min(plain.find('.'), plain.size());
  std::string text;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) text += ',';
    text += plain[i];
  }
  return text;
}

std::string dressed(double value, int decimals, const Scale& scale) {
  const std::string number = fixed(std::abs(value), decimals);
  const bool is_zero = number.find_first_not_of("0.,") == std::string::npos;
  return fmt::format("{}{}{}{}", value < 0 && !is_zero ? "−" : "", scale.currency, number, scale.suffix);
}

}  // namespace

Measure measure_of_unit(const std::string& unit) {
  if (unit == "fraction") return {Measure::Kind::percent, ""};
  if (unit == "s") return {Measure::Kind::seconds, ""};
  if (unit == "m") return {Measure::Kind::metres, ""};
  const bool currency =
      unit.size() == 3 && std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return {currency ? Measure::Kind::money : Measure::Kind::plain, currency ? unit : ""};
}

std::string figure(double value, const Measure& measure) {
  const Scale scale = scale_of(std::abs(value), measure);
  const double shown = value / scale.factor;
  const int decimals = decimals_for_value(std::abs(shown), scale);
  // Whole numbers are shown as such: $400k, 12 rounds.
  return dressed(shown, shown == std::round(shown) ? 0 : decimals, scale);
}

std::string figure(double value, std::optional<double> half_width, const Measure& measure) {
  if (!half_width || !(*half_width > 0) || !std::isfinite(*half_width)) return figure(value, measure);
  const Scale scale = scale_of(std::max(std::abs(value), *half_width), measure);
  const double shown = value / scale.factor, width = *half_width / scale.factor;
  const int decimals = decimals_for_width(width, std::abs(shown), scale);
  const std::string width_text = fixed(width, decimals);
  if (width_text.find_first_not_of("0.") == std::string::npos) return dressed(shown, decimals, scale);
  return fmt::format("{} ± {}{}", dressed(shown, decimals, scale), width_text, scale.suffix);
}

namespace {

/// Two digits where figure() would show none of them.
std::string small(double value, const Measure& measure) {
  const bool is_percent = measure.kind == Measure::Kind::percent;
  const double shown = is_percent ? 100 * value : value;
  if ((is_percent || measure.kind == Measure::Kind::plain) && shown > 0 && shown < 0.1)
    return fmt::format("{:.2g}{}", shown, is_percent ? "%" : "");
  return figure(value, measure);
}

/// Percent below 100 with two digits of what they lack, rounded down: a bound is not to promise too much.
std::string at_least(double percent) {
  const int decimals = std::max(0, 1 - exponent_of(100 - percent));
  const double digits = std::pow(10, decimals);
  return fixed(std::floor(percent * digits + 1e-6) / digits, decimals);
}

/// An interval of rare events lies on one side of its estimate, mostly: then that end is what is to be said.
/// So may one of a quantile, between values that were seen: 7 leakers (6 … 7).
std::string one_sided(const Estimate& estimate) {
  if (!estimate.low || !estimate.high) return "";
  constexpr double lopsided = 1.5;
  const Measure measure = measure_of_unit(estimate.unit);
  const double below = *estimate.mean - *estimate.low, above = *estimate.high - *estimate.mean;
  if (estimate.method == "order-statistic" && (above > lopsided * below || below > lopsided * above))
    return fmt::format("{} ({} … {})", figure(*estimate.mean, measure), figure(*estimate.low, measure),
                       figure(*estimate.high, measure));
  if (estimate.method != "poisson" && estimate.method != "clopper-pearson") return "";
  if (above > lopsided * below)
    return fmt::format("{} (≤ {})", small(*estimate.mean, measure), small(*estimate.high, measure));
  if (below > lopsided * above && *estimate.low < 1)  // Only shares end at the top.
    return fmt::format("{} (≥ {}%)", figure(*estimate.mean, measure), at_least(100 * *estimate.low));
  return "";
}

}  // namespace

std::string figure(const Estimate& estimate) {
  const Measure measure = measure_of_unit(estimate.unit);
  if (!estimate.mean && estimate.low && !estimate.high) return "> " + figure(*estimate.low, measure);
  if (!estimate.mean && estimate.high && !estimate.low) return "< " + figure(*estimate.high, measure);
  if (!estimate.mean) return "undefined";
  if (estimate.bounds) {
    return fmt::format("{} … {}", figure(estimate.bounds->first, measure),
                       figure(estimate.bounds->second, measure));
  }
  if (const std::string text = one_sided(estimate); !text.empty()) return text;
  const std::string text = figure(*estimate.mean, estimate.half_width(), measure);
  return estimate.unit == "h" ? text + " h" : text;
}

namespace {

/// What figure() shows of an estimate with a half-width, or of money, and nothing else to say; nullopt of
/// others.
struct Dressed {
  double value = 0, width = 0;
  Scale scale;
  int decimals = 0;
};

std::optional<Dressed> dress(const Estimate& estimate) {
  const std::optional<double> half = estimate.half_width();
  if (!estimate.mean || estimate.bounds || estimate.unit == "h" || !one_sided(estimate).empty())
    return std::nullopt;
  const Measure measure = measure_of_unit(estimate.unit);
  const bool has_width = half && *half > 0 && std::isfinite(*half);
  if (!has_width && measure.kind != Measure::Kind::money) return std::nullopt;
  Dressed made;
  made.scale = scale_of(std::max(std::abs(*estimate.mean), has_width ? *half : 0), measure);
  made.value = *estimate.mean / made.scale.factor;
  if (has_width) {
    made.width = *half / made.scale.factor;
    made.decimals = decimals_for_width(made.width, std::abs(made.value), made.scale);
  } else if (made.value != std::round(made.value)) {
    made.decimals = decimals_for_value(std::abs(made.value), made.scale);
  }
  return made;
}

}  // namespace

std::vector<std::string> figures_in_column(const std::vector<Estimate>& estimates) {
  std::map<double, int> decimals;  // by factor
  for (const Estimate& estimate : estimates)
    if (const auto one = dress(estimate))
      decimals[one->scale.factor] = std::max(decimals[one->scale.factor], one->decimals);
  std::vector<std::string> texts;
  for (const Estimate& estimate : estimates) {
    const auto one = dress(estimate);
    if (!one) {
      texts.push_back(figure(estimate));
      continue;
    }
    const int most = decimals[one->scale.factor];
    const std::string width = fixed(one->width, most);
    const bool is_narrow = width.find_first_not_of("0.") == std::string::npos;
    texts.push_back(dressed(one->value, most, one->scale) +
                    (is_narrow ? "" : fmt::format(" ± {}{}", width, one->scale.suffix)));
  }
  return texts;
}

std::string words_of(const PrecisionGoal& goal) {
  return fmt::format("{:g}{}", 100 * goal.half_width,
                     goal.scale == PrecisionScale::absolute ? " points" : "%");
}

std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string pad_right(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, width_of(text)), ' ');
}

std::string pad_left(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, width_of(text)), ' ') + text;
}

std::string bar(double share, std::size_t width) {
  static constexpr std::array<const char*, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (!(share > 0)) return "";
  const double wanted = std::min(share, 1.0) * static_cast<double>(width) * 8;
  const auto length = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(wanted)));
  std::string text;
  for (std::size_t i = 0; i < length / 8; ++i) text += "█";
  return text + eighths[length % 8];
}

}  // namespace dronewall
