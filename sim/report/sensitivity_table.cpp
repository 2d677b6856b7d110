#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dronewall/core/phrases.hpp"
#include "dronewall/report/sensitivity_report.hpp"
#include "report/aloft.hpp"
#include "report/columns.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/sensitivity_parts.hpp"

namespace dronewall {
namespace {

using Rows = std::vector<std::vector<std::string>>;

class Table {
 public:
  explicit Table(const SensitivityReport& report) : report_(report), result_(report.result) {}

  std::string text() {
    add_head();
    if (is_wanted(SensitivityMethod::flips)) add_flips(out_, result_);
    if (is_wanted(SensitivityMethod::tornado)) add_tornado();
    if (is_wanted(SensitivityMethod::sobol)) add_sobol();
    if (is_wanted(SensitivityMethod::morris)) add_morris();
    if (is_wanted(SensitivityMethod::metamodel)) add_metamodel();
    if (is_wanted(SensitivityMethod::boxes)) add_boxes();
    add_refused();
    add_not_counted();
    return out_;
  }

 private:
  /// Wider ends and ranges stand under the table.
  static constexpr std::size_t widest_end = 10, widest_range = 26;

  [[nodiscard]] bool is_wanted(SensitivityMethod method) const {
    return !report_.only || *report_.only == method;
  }
  [[nodiscard]] std::string value(double value) const { return value_words(result_, value); }
  [[nodiscard]] std::string value(double mean, const SensitivityResult::Bounds& bounds) const {
    return bounds ? fmt::format("{} … {}", value(bounds->first), value(bounds->second)) : value(mean);
  }
  /// What only rounding has left is nothing.
  [[nodiscard]] std::string change(double change) const {
    return change_words(result_, std::abs(change) < 1e-12 * std::abs(result_.bound) ? 0 : change);
  }
  [[nodiscard]] std::string change(double low, double high) const {
    return std::isnan(low) ? "—" : change_words(result_, low, high);
  }
  [[nodiscard]] const std::string& path(std::size_t factor) const { return result_.factors[factor]; }

  void add_head() {
    out_ = report_.manifest.title + '\n';
    add_words(out_,
              fmt::format("sensitivity of {} from {}: {} of a {} design{}", result_.measure, report_.store,
                          counted(result_.points, "point"), report_.design,
                          result_.missing > 0
                              ? fmt::format(", {} without a result", counted(result_.missing, "more point"))
                              : ""),
              0);
    add_words(out_,
              fmt::format("above {}: {}, below: {}, not told from it: {}; intervals {:g}%, {}",
                          value(result_.bound), grouped(result_.above), grouped(result_.below),
                          grouped(result_.untold), 100 * report_.manifest.confidence,
                          result_.shares_luck ? "paired on the luck that points share"
                                              : "noise taken as each point's own"),
              0);
    for (const std::string& warning : warnings_of(report_)) add_words(out_, "warning: " + warning, 0);
    if (!report_.is_of_money() || std::isnan(result_.least_leaks)) return;
    const Measure fraction = measure_of_unit("fraction");
    add_words(
        out_,
        fmt::format("leak-fraction there: {} … {}{}", figure(result_.least_leaks, fraction),
                    figure(result_.most_leaks, fraction),
                    result_.base_point ? fmt::format(", {} at point {}", figure(result_.base_leaks, fraction),
                                                     *result_.base_point)
                                       : ""),
        0);
  }

  void add_tornado() {
    if (result_.bars.empty()) return;
    add_heading(out_, "Tornado: each factor alone, from its low to its high end");
    double widest = 0;
    for (const TornadoBar& bar : result_.bars) widest = std::max(widest, std::abs(bar.swing));
    Rows rows = {{"factor", "from", "to", "swing", "interval", ""}};
    for (std::size_t b = 0; b < result_.bars.size(); ++b) {
      const TornadoBar& each = result_.bars[b];
      const auto& [low, high] = result_.bar_ends[b];
      const auto& [at_low, at_high] = result_.bar_values[b];
      const auto& [low_bounds, high_bounds] = result_.bar_bounds[b];
      const bool are_short = std::max(width_of(low), width_of(high)) <= widest_end;
      rows.push_back({short_path(path(each.factor)),
                      value(at_low, low_bounds) + (are_short ? " at " + low : ""),
                      value(at_high, high_bounds) + (are_short ? " at " + high : ""), change(each.swing),
                      each.told_from_0 ? change(each.swing_low, each.swing_high) : "cannot be told from 0",
                      widest > 0 ? bar(std::abs(each.swing) / widest, 12) : ""});
    }
    if (columns_that_fit(rows, 5) < 6)
      for (std::vector<std::string>& row : rows) row.pop_back();  // The bars.
    add_columns(out_, {Align::left, Align::right, Align::right, Align::right, Align::right, Align::left},
                rows);
    for (std::size_t b = 0; b < result_.bars.size(); ++b)
      if (const auto& [low, high] = result_.bar_ends[b]; std::max(width_of(low), width_of(high)) > widest_end)
        add_words(out_, fmt::format("{} from {} to {}.", short_path(path(result_.bars[b].factor)), low, high),
                  2);
    add_words(out_, fmt::format("From point {} ({}).", *result_.base_point, base_words(result_)), 2);
  }

  [[nodiscard]] static std::string index_words(const SobolIndex& index) {
    if (!index.told_from_0) return fmt::format("cannot be told from 0 (≤ {:.2f})", std::max(index.high, 0.0));
    return fmt::format("{:.2f} ({:.2f} … {:.2f})", index.value, index.low, index.high);
  }

  void add_sobol() {
    if (!result_.sobol) return;
    add_heading(out_, "Sobol indices: shares of the variance over the ranges");
    const SobolIndices& indices = *result_.sobol;
    if (!indices.undefined_because.empty()) {
      add_words(out_, "No indices: " + indices.undefined_because + ".", 2);
      return;
    }
    Rows rows = {{"factor", "by itself (first order)", "with others (total)"}};
    for (std::size_t k = 0; k < indices.first.size(); ++k)
      rows.push_back({short_path(path(k)), index_words(indices.first[k]), index_words(indices.total[k])});
    add_columns(out_, {Align::left, Align::right, Align::right}, rows);
    const double raw = indices.variance + indices.noise;
    add_words(
        out_,
        fmt::format("Standard deviation over the ranges {}; {:.1f}% of the points' variance was noise of "
                    "replications and is taken off.",
                    change(std::sqrt(indices.variance)), 100 * indices.noise / raw),
        2);
  }

  void add_morris() {
    if (result_.morris.empty()) return;
    add_heading(out_, "Morris: elementary effects over the whole range of each factor");
    std::vector<std::size_t> order(result_.morris.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return result_.morris[a].mu_star > result_.morris[b].mu_star;
    });
    Rows rows = {{"factor", "μ*", "noise alone", "μ", "interval of μ", "σ", ""}};
    for (const std::size_t k : order) {
      const MorrisEffect& effect = result_.morris[k];
      if (std::isnan(effect.mu)) {
        rows.push_back({short_path(path(k)), "too few trajectories", "", "", "", "", ""});
        continue;
      }
      rows.push_back({short_path(path(k)), change(effect.mu_star), change(effect.floor), change(effect.mu),
                      change(effect.mu_low, effect.mu_high), change(effect.sigma),
                      !effect.told_from_0 ? "cannot be told from 0"
                      : effect.curved     ? "bends or interacts"
                                          : "straight"});
    }
    add_columns(
        out_,
        {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right, Align::left},
        rows);
    add_words(
        out_,
        "μ* is the mean size of the effect and μ the mean with its sign; noise alone would give μ* that "
        "much; σ is how far effects differ from place to place: 0 along a straight line.",
        2);
    add_note_on_names();
  }

  /// Slopes and effects need a scale; that of names is a convention.
  void add_note_on_names() {
    std::string names;
    for (std::size_t k = 0; k < result_.even.size(); ++k)
      if (result_.even[k]) names += (names.empty() ? "" : ", ") + short_path(path(k));
    if (!names.empty())
      add_words(out_, "Values that are no numbers stand evenly, in the study's order: " + names + ".", 2);
  }

  void add_metamodel() {
    if (!result_.metamodel) return;
    const LinearMetamodel& model = *result_.metamodel;
    add_heading(out_, "Linear metamodel: what each factor adds over its range");
    Rows rows = {{"factor", "range", "adds", "interval", "share"}};
    for (std::size_t k = 0; k < model.effects().size(); ++k) {
      const MetamodelEffect& effect = model.effects()[k];
      rows.push_back({short_path(path(k)), short_cell(result_.scales[k], widest_range), change(effect.slope),
                      effect.told_from_0 ? change(effect.low, effect.high) : "cannot be told from 0",
                      fmt::format("{:.0f}%", 100 * effect.share)});
    }
    add_columns(out_, {Align::left, Align::right, Align::right, Align::right, Align::right}, rows);
    for (std::size_t k = 0; k < model.effects().size(); ++k)
      if (width_of(result_.scales[k]) > widest_range)
        add_words(out_, fmt::format("{} ranges over {}.", short_path(path(k)), result_.scales[k]), 2);
    const double r2 = model.cross_validated_r2();
    add_words(
        out_,
        fmt::format("{} in the middle of all ranges. A point left out is missed by {}, of which {} is noise; "
                    "cross-validated R² {:.2f}{}.",
                    value(model.centre()), change(model.cross_validated_error()), change(model.noise_error()),
                    r2, r2 < 0.7 ? ": the response is no plane, read no more than signs from it" : ""),
        2);
    add_note_on_names();
  }

  void add_boxes() {
    if (result_.boxes.empty()) return;
    add_heading(out_, fmt::format("When does {} exceed {}?", result_.measure, value(result_.bound)));
    for (const NamedBox& named : result_.boxes) {
      for (std::size_t s = 0; s < named.sides.size(); ++s)
        add_words(out_, (s == 0 ? "when " : "and ") + named.sides[s], 2);
      add_words(
          out_,
          fmt::format("then it does at {:.0f}% of the {} there, which are {:.0f}% of all points where it "
                      "does. Chance finds as good a box once in {:.0f} or less often.",
                      100 * named.box.density, counted(named.box.points.size(), "point"),
                      100 * named.box.coverage, 1 / named.box.chance),
          4);
    }
  }

  /// What other designs would carry in one sentence, and why else something is not there.
  void add_refused() {
    std::string designs;
    for (const SensitivityResult::Refusal& each : result_.refused)
      if (is_wanted(each.method) && !each.design.empty())
        designs +=
            fmt::format("{}{} {}", designs.empty() ? "" : ", ", each.design, carried_words(each.method));
    std::string words;
    for (const SensitivityResult::Refusal& each : result_.refused)
      if (is_wanted(each.method) && each.design.empty())
        words += fmt::format("No {}: {}. ", name_of(each.method), each.why);
    if (is_wanted(SensitivityMethod::tornado))
      for (const auto& [factor, why] : result_.without_bar)
        words += fmt::format("{} is not in the tornado: {}. ", short_path(path(factor)), why);
    if (!designs.empty()) words += fmt::format("Other designs of the study would show more: {}.", designs);
    if (words.empty()) return;
    out_ += '\n';
    add_words(out_, words, 0);
  }
  [[nodiscard]] static const char* carried_words(SensitivityMethod method) {
    switch (method) {
      case SensitivityMethod::tornado:
        return "a tornado";
      case SensitivityMethod::morris:
        return "elementary effects";
      case SensitivityMethod::sobol:
        return "Sobol indices";
      default:
        return name_of(method);
    }
  }

  void add_not_counted() {
    if (!report_.is_of_money()) return;
    std::string items;
    for (const NotCounted& each : report_.not_counted)
      items += fmt::format("{}{} ({})", items.empty() ? "" : ", ", each.item, name_of(each.account));
    if (!items.empty()) out_ += '\n', add_words(out_, "not counted, for want of a price: " + items, 0);
    if (!report_.without_life.empty())
      add_words(out_, fmt::format("not counted, having no life: {}", fmt::join(report_.without_life, ", ")),
                0);
  }

  const SensitivityReport& report_;
  const SensitivityResult& result_;
  std::string out_;
};

}  // namespace

std::string value_words(const SensitivityResult& result, double value) {
  return figure(value, measure_of_unit(result.unit));
}

std::string change_words(const SensitivityResult& result, double change) {
  if (result.unit != "fraction") return value_words(result, change);
  return figure(100 * change, Measure{}) + " points";
}

std::string change_words(const SensitivityResult& result, double low, double high) {
  if (result.unit != "fraction") return value_words(result, low) + " … " + value_words(result, high);
  return fmt::format("{} … {} points", figure(100 * low, Measure{}), figure(100 * high, Measure{}));
}

std::string short_cell(const std::string& text, std::size_t widest) {
  return width_of(text) > widest ? "see below" : text;
}

std::string base_words(const SensitivityResult& result) {
  std::string words;
  for (std::size_t k = 0; k < result.base.size(); ++k)
    words += fmt::format("{}{} {}", k == 0 ? "" : ", ", short_path(result.factors[k]), result.base[k]);
  return words;
}

std::vector<std::string> warnings_of(const SensitivityReport& report) {
  if (report.result.aloft_points == 0) return {};
  return {aloft_words(report.result.aloft_points, report.result.most_aloft) +
          "; swings, slopes, indices and crossings are those of what is resolved"};
}

std::string table_of(const SensitivityReport& report) { return Table(report).text(); }

}  // namespace dronewall
