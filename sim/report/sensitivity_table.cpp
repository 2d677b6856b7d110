#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dronewall/report/sensitivity_report.hpp"
#include "report/columns.hpp"
#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {
namespace {

using Rows = std::vector<std::vector<std::string>>;

class Table {
 public:
  explicit Table(const SensitivityReport& report)
      : report_(report), result_(report.result), measure_(measure_of_unit(report.result.unit)) {}

  std::string text() {
    add_head();
    if (is_wanted(SensitivityMethod::flips)) add_flips();
    if (is_wanted(SensitivityMethod::tornado)) add_tornado();
    if (is_wanted(SensitivityMethod::sobol)) add_sobol();
    if (is_wanted(SensitivityMethod::morris)) add_morris();
    if (is_wanted(SensitivityMethod::metamodel)) add_metamodel();
    if (is_wanted(SensitivityMethod::boxes)) add_boxes();
    add_refused();
    return out_;
  }

 private:
  [[nodiscard]] bool is_wanted(SensitivityMethod method) const {
    return !report_.only || *report_.only == method;
  }
  [[nodiscard]] std::string shown(double value) const { return figure(value, measure_); }
  [[nodiscard]] std::string shown(double low, double high) const {
    return fmt::format("{} … {}", shown(low), shown(high));
  }
  [[nodiscard]] const std::string& path(std::size_t factor) const { return result_.factors[factor]; }
  [[nodiscard]] std::string bound() const {
    return fmt::format("{} = {}", result_.measure, shown(result_.bound));
  }

  void add_head() {
    out_ = report_.manifest.title + '\n';
    add_words(
        out_,
        fmt::format(
            "sensitivity of {} from {}: {} points of a {} design{}", result_.measure, report_.store,
            grouped(result_.points), report_.design,
            result_.missing > 0 ? fmt::format(", {} more have no result", grouped(result_.missing)) : ""),
        0);
    add_words(out_,
              fmt::format("{} lie above {}, {} below, {} cannot be told from it; intervals {:g}%, {}",
                          grouped(result_.above), shown(result_.bound), grouped(result_.below),
                          grouped(result_.untold), 100 * report_.manifest.confidence,
                          result_.shares_luck ? "paired on the luck that points share"
                                              : "noise taken as each point's own"),
              0);
  }

  [[nodiscard]] static std::string verdict_words(const Flip& flip) {
    switch (flip.verdict) {
      case Flip::Verdict::in_range:
        return "yes: it flips the verdict";
      case Flip::Verdict::out_of_range:
        return "no";
      case Flip::Verdict::nowhere:
        return "no: not in its range";
      case Flip::Verdict::untold:
        return flip.r2 ? fmt::format("cannot be told (R² {:.2f})", *flip.r2) : "cannot be told";
      case Flip::Verdict::no_price:
        return "no: no price does it";
      case Flip::Verdict::no_range:
        break;
    }
    return "no range is published";
  }
  [[nodiscard]] static std::string interval_words(const Flip& flip) {
    if (flip.low.text.empty() && flip.high.text.empty()) return "";
    if (flip.low.text.empty()) return "up to " + flip.high.text;
    return flip.high.text.empty() ? "from " + flip.low.text : flip.low.text + " … " + flip.high.text;
  }

  void add_flips() {
    if (result_.flips.empty()) return;
    add_heading(out_, "Which single assumption flips the verdict: " + bound());
    Rows rows = {{"input", "is", "published", "crosses at", "interval", "in its range"}};
    for (const Flip& flip : result_.flips)
      rows.push_back({(flip.kind == Flip::Kind::price ? "price of " : "") +
                          (flip.kind == Flip::Kind::price ? flip.input : short_path(flip.input)),
                      flip.used.text, flip.range.empty() ? "—" : flip.range,
                      flip.at.text.empty() ? "—" : flip.at.text, interval_words(flip), verdict_words(flip)});
    add_columns(out_, {Align::left, Align::right, Align::right, Align::right, Align::right, Align::left},
                rows);
    const bool on_plane = std::any_of(result_.flips.begin(), result_.flips.end(),
                                      [](const Flip& flip) { return flip.by == "metamodel"; });
    std::string words = "All else as it is. ";
    if (on_plane)
      words +=
          "Factors along the linear metamodel (its interval holds how far the response may lie off it); ";
    else
      words += "Factors straight between the points simulated; ";
    add_words(out_,
              words +
                  "prices exactly, intervals by Fieller. A flip is asserted where "
                  "the whole interval lies in the range.",
              2);
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
      rows.push_back({short_path(path(each.factor)), fmt::format("{} at {}", shown(at_low), low),
                      fmt::format("{} at {}", shown(at_high), high), shown(each.swing),
                      each.told_from_0 ? shown(each.swing_low, each.swing_high) : "cannot be told from 0",
                      widest > 0 ? bar(std::abs(each.swing) / widest, 12) : ""});
    }
    add_columns(out_, {Align::left, Align::right, Align::right, Align::right, Align::right, Align::left},
                rows);
    std::string base;
    for (std::size_t k = 0; k < result_.base.size(); ++k)
      base += fmt::format("{}{} {}", k == 0 ? "" : ", ", short_path(path(k)), result_.base[k]);
    add_words(out_, "From the point " + base + ".", 2);
  }

  [[nodiscard]] static std::string index_words(const SobolIndex& index) {
    if (!index.told_from_0) return fmt::format("cannot be told from 0 (≤ {:.2f})", std::max(index.high, 0.0));
    return fmt::format("{:.2f} [{:.2f}, {:.2f}]", index.value, index.low, index.high);
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
                    shown(std::sqrt(indices.variance)), 100 * indices.noise / raw),
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
      rows.push_back({short_path(path(k)), shown(effect.mu_star), shown(effect.floor), shown(effect.mu),
                      shown(effect.mu_low, effect.mu_high), shown(effect.sigma),
                      !effect.told_from_0 ? "cannot be told from 0"
                      : effect.curved     ? "bends, or works with others"
                                          : "straight"});
    }
    add_columns(
        out_,
        {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right, Align::left},
        rows);
  }

  void add_metamodel() {
    if (!result_.metamodel) return;
    const LinearMetamodel& model = *result_.metamodel;
    add_heading(out_, "Linear metamodel: what each factor adds over its range");
    Rows rows = {{"factor", "range", "adds", "interval", "share"}};
    for (std::size_t k = 0; k < model.effects().size(); ++k) {
      const MetamodelEffect& effect = model.effects()[k];
      rows.push_back({short_path(path(k)), result_.scales[k], shown(effect.slope),
                      effect.told_from_0 ? shown(effect.low, effect.high) : "cannot be told from 0",
                      fmt::format("{:.0f}%", 100 * effect.share)});
    }
    add_columns(out_, {Align::left, Align::right, Align::right, Align::right, Align::right}, rows);
    const double r2 = model.cross_validated_r2();
    add_words(
        out_,
        fmt::format("{} in the middle of all ranges. A point left out is missed by {}, of which {} is noise; "
                    "cross-validated R² {:.2f}{}.",
                    shown(model.centre()), shown(model.cross_validated_error()), shown(model.noise_error()),
                    r2, r2 < 0.7 ? ": the response is no plane, read no more than signs from it" : ""),
        2);
  }

  void add_boxes() {
    if (result_.boxes.empty()) return;
    add_heading(out_, fmt::format("When does {} exceed {}?", result_.measure, shown(result_.bound)));
    for (const NamedBox& named : result_.boxes) {
      for (std::size_t s = 0; s < named.sides.size(); ++s)
        add_words(out_, (s == 0 ? "when " : "and ") + named.sides[s], 2);
      add_words(
          out_,
          fmt::format(
              "then it does at {:.0f}% of the {} points there, which are {:.0f}% of all points where it "
              "does. Chance finds as good a box {}.",
              100 * named.box.density, grouped(named.box.points.size()), 100 * named.box.coverage,
              named.box.chance > 0.05 ? fmt::format("{:.0f} times in 100", 100 * named.box.chance)
                                      : fmt::format("once in {:.0f} or less often", 1 / named.box.chance)),
          4);
    }
  }

  void add_refused() {
    bool is_first = true;
    for (const auto& [method, why] : result_.refused) {
      if (!is_wanted(method)) continue;
      if (is_first) add_heading(out_, "Not shown");
      is_first = false;
      add_words(out_, fmt::format("{}: {}.", name_of(method), why), 2);
    }
  }

  const SensitivityReport& report_;
  const SensitivityResult& result_;
  Measure measure_;
  std::string out_;
};

}  // namespace

std::string table_of(const SensitivityReport& report) { return Table(report).text(); }

}  // namespace dronewall
