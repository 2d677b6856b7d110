// Intervals of other prices on stored quantities, one of them a distribution, and of break-even prices.
#include <stdexcept>

#include "common/experiment.hpp"
#include "common/folder.hpp"
#include "dronewall/study/model_runner.hpp"
#include "dronewall/study/reprice.hpp"
#include "dronewall/study/run_points.hpp"
#include "raid_law.hpp"
#include "row.hpp"

namespace dronewall::coverage {
namespace {

using test::Experiment;

constexpr double round_price = 80e3, shahed_price = 45e3;  // the latter is the mean of the distribution below

const Experiment& swept() {
  static const Experiment raid(COVERAGE_FOLDER "/raid.yaml", {});
  return raid;
}

PriceBook other_prices() {
  const std::vector<Change> changes = {{"prices.round", "$80k"}, {"prices.shahed", "uniform($20k .. $70k)"}};
  return Experiment(COVERAGE_FOLDER "/raid.yaml", changes).scenario().prices;
}

Seen seen(const RepricedValue& value) {
  if (value.method == IntervalMethod::undefined) return {};
  return coverage::seen(ConfidenceInterval(value.low, value.high, value.method));
}

Seen seen(const std::vector<BreakEvenPrice>& prices, const std::string& item) {
  for (const BreakEvenPrice& price : prices)
    if (price.item == item) return coverage::seen(price.interval);
  return {};
}

/// A store whose points are experiments: the raid under one seed after another.
class RepriceGroup final : public Group {
 public:
  RepriceGroup(std::uint64_t n, std::uint32_t quick, std::uint32_t recorded)
      : n_(n), quick_(quick), recorded_(recorded), book_(other_prices()) {
    add_rows();
  }
  [[nodiscard]] std::string name() const override { return "reprice-" + std::to_string(n_); }
  [[nodiscard]] const std::vector<Row>& rows() const override { return rows_; }
  [[nodiscard]] std::uint32_t experiments(Form form) const override {
    return form == Form::quick ? quick_ : recorded_;
  }
  void make(std::uint64_t first_seed, std::uint32_t begin, std::uint32_t end, Seen* out) const override {
    if (begin == end) return;
    const test::Folder folder;
    const std::string path = folder.file("raid.db");
    sweep(path, first_seed + begin, end - begin);
    read(RepricedStudy(path, 1), out);
  }

 private:
  void add_rows() {
    using O = RaidOutcome;
    const RaidLaw law(Fire{.round_price = round_price});
    const double rounds = law.mean([](const O& o) { return o.rounds; });
    const double munitions = round_price * rounds, total = law.mean([&](const O&o) { return law.total(o); });
    const double shaheds = law.mean([](const O& o) { return RaidLaw::flyers - o.decoys; });
    const double others = law.mean(RaidLaw::attack) - RaidLaw::shahed_price * shaheds;
    const double attack = others + shahed_price * shaheds;
    const std::string few = "a loss of $0.8M is to be expected in one raid of 40: few in a sample";
    const std::string wide =
        "of what a sample has few, resamples have none: these count with the exact bound of so few";
    rows_ = {
        {"reprice: cost.defender.total", n_, total, few, wide},
        {"reprice: cost-exchange.munitions", n_, munitions / attack, "skewed", wide},
        {"reprice: cost-exchange.total", n_, total / attack, few, wide},
        {"reprice on a large grid: cost-exchange.munitions", n_, munitions / attack, "skewed", ""},
        {"reprice on a large grid: cost-exchange.total", n_, total / attack,
         few + ", and the delta method is symmetric", ""},
        // The price x of a drone, of a round at which E[munitions] = E[attack].
        {"reprice: break-even price of shahed (munitions)", n_, (munitions - others) / shaheds, "skewed", ""},
        {"reprice: break-even price of round (munitions)", n_, attack / rounds, "skewed", ""}};
  }

  void sweep(const std::string& path, std::uint64_t first_seed, std::uint32_t count) const {
    Store store(path, StoreAccess::write);
    store.set_text(study_text::confidence, "0.95");
    std::vector<PointTask> tasks;
    for (StoredPointId point = 0; point < count; ++point) {
      StoredPoint planned;
      planned.point = point, planned.number = point, planned.hash = point;
      store.add_point(planned, {});
      tasks.push_back({point, n_});
    }
    store.commit();
    const auto layout = std::make_shared<const LedgerLayout>(swept().layout());
    const MakePoint make = [&](StoredPointId point) {
      return RunnablePoint{layout, swept().measures(),
                           model_runners(swept().model(), {.seed = first_seed + point})};
    };
    if (run_points(store, tasks, make, {.at_least = n_}, {}).failed > 0)
      throw std::runtime_error("a raid failed");
  }

  void read(const RepricedStudy& stored, Seen* out) const {
    const std::size_t points = stored.points().size();
    const auto munitions = figures(stored, View::munitions, 1), total = figures(stored, View::total, 1);
    const std::size_t many = RepricedStudy::resampled_up_to / points + 1;
    const auto grid = figures(stored, View::munitions, many), grid_total = figures(stored, View::total, many);
    for (std::size_t i = 0; i < points; ++i) {
      *out++ = seen(total[i].defender);
      *out++ = seen(munitions[i].ratio);
      *out++ = seen(total[i].ratio);
      *out++ = seen(grid[i * many].ratio);
      *out++ = seen(grid_total[i * many].ratio);
      const std::vector<BreakEvenPrice> prices =
          stored.break_even_prices(i, book_, View::munitions, 1, wanted);
      *out++ = seen(prices, "shahed");
      *out++ = seen(prices, "round");
    }
  }

  [[nodiscard]] std::vector<RepricedFigure> figures(const RepricedStudy& stored, View view,
                                                    std::size_t books) const {
    const auto origin = books == 1 ? NamedBook::Origin::named : NamedBook::Origin::grid;
    return stored.figures(std::vector<NamedBook>(books, {"other prices", book_, origin}), view, wanted);
  }

  std::uint64_t n_;
  std::uint32_t quick_, recorded_;
  PriceBook book_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<std::unique_ptr<Group>> reprice_groups() {
  std::vector<std::unique_ptr<Group>> groups;
  groups.push_back(std::make_unique<RepriceGroup>(200, 100, 2000));
  groups.push_back(std::make_unique<RepriceGroup>(1000, 50, 2000));
  groups.push_back(std::make_unique<RepriceGroup>(20'000, 10, 2000));
  return groups;
}

}  // namespace dronewall::coverage
