// What must not change when a scenario is only written differently: for every scenario that is shipped, and
// for the scenarios of the known answers. All comparisons are of whole rows of integers, bit for bit.
#include <yaml-cpp/yaml.h>

#include <fmt/format.h>
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <set>
#include <stdexcept>

#include "catch.hpp"
#include "common/experiment.hpp"
#include "dronewall/model/world.hpp"

namespace dronewall::known {
namespace {

using test::Experiment;
using test::value_of;

constexpr std::uint64_t seed = 7;
/// Long-run queues take a thousand hours of traffic each: one replication says as much as many raids.
constexpr double long_s = 24 * 3600;

std::string text_of(const std::string& path) {
  DiskFiles files(path, {});
  std::string why;
  const auto file = files.read(path, "", why);
  return file ? file->text : "";
}

/// Every scenario of the repository that runs by itself (catalogs and price books do not).
std::vector<std::string> all_scenarios() {
  std::vector<std::string> paths;
  for (const char* folder : {DRONEWALL_SOURCE_DIR "/scenarios", KNOWN_FOLDER})
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".yaml") continue;
      const std::string text = text_of(entry.path().string());
      if (text.starts_with("scenario:") || text.find("\nscenario:") != std::string::npos)
        paths.push_back(entry.path().string());
    }
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// Files from the disk, rewritten on the way: all of them, or the scenario's own only.
class Rewritten final : public FileSource {
 public:
  using Edit = std::function<std::string(const std::string&)>;
  enum class What { all, scenario };

  Rewritten(const std::string& path, What what, Edit edit)
      : files_(path, {}), what_(what), edit_(std::move(edit)) {}
  std::optional<File> read(const std::string& path, const std::string& beside, std::string& why) override {
    std::optional<File> file = files_.read(path, beside, why);
    if (file && (what_ == What::all || beside.empty())) file->text = edit_(file->text);
    return file;
  }

 private:
  DiskFiles files_;
  What what_;
  Edit edit_;
};

Experiment rewritten(const std::string& path, Rewritten::What what, const Rewritten::Edit& edit) {
  Rewritten files(path, what, edit);
  return Experiment(path, {}, files, [](ScenarioDescription&) {});
}

std::uint32_t replications_of(const Experiment& experiment) {
  return experiment.model()->world().duration_s > long_s ? 1 : 20;
}

/// Where the columns of `before` hold other integers in `after`, replication by replication; "" for nowhere.
std::string differences(const Experiment& before, const Experiment& after) {
  const std::uint32_t n = replications_of(before);
  const std::vector<std::int64_t> a = before.rows(seed, n), b = after.rows(seed, n);
  const std::size_t width_a = before.layout().columns.size(), width_b = after.layout().columns.size();
  std::string found;
  for (std::size_t c = 0; c < width_a; ++c) {
    const std::string& name = before.layout().columns[c].name;
    const auto other = after.layout().column(name);
    if (!other) {
      found += fmt::format("no column {}\n", name);
      continue;
    }
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::int64_t x = a[i * width_a + c], y = b[i * width_b + *other];
      if (x != y) found += fmt::format("{} of replication {}: {} and {}\n", name, i, x, y);
    }
  }
  return found;
}

void check_same_rows(const Experiment& before, const Experiment& after) {
  const std::string found = differences(before, after);
  INFO(found.substr(0, 2000));
  CHECK(found.empty());
}

/// The mapping's entries backwards, and so in every mapping inside.
YAML::Node reversed(const YAML::Node& node) {
  if (node.IsSequence()) {
    YAML::Node result(YAML::NodeType::Sequence);
    for (const YAML::Node& item : node) result.push_back(reversed(item));
    return result;
  }
  if (!node.IsMap()) return node;
  std::vector<std::pair<YAML::Node, YAML::Node>> entries;
  for (const auto& entry : node) entries.emplace_back(entry.first, reversed(entry.second));
  YAML::Node result(YAML::NodeType::Map);
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    result.force_insert(entry->first, entry->second);
  return result;
}

std::string backwards(const std::string& text) {
  YAML::Emitter out;
  out << reversed(YAML::Load(text));
  return out.c_str();
}

/// `15 min` as `900s`: the same number of seconds to the last bit, written with all its digits. Rates (`/ h`)
/// are left alone.
std::string in_seconds(const std::string& text) {
  static const std::regex time(R"((^|[^\w./-])(\d+(?:\.\d+)?) (min|h)\b)");
  std::string result;
  auto from = text.cbegin();
  for (std::sregex_iterator match(text.begin(), text.end(), time), end; match != end; ++match) {
    const double factor = (*match)[3] == "h" ? 3600 : 60;
    result.append(from, (*match)[0].first);
    result +=
        (*match)[1].str() + fmt::format("{} s", std::strtod((*match)[2].str().c_str(), nullptr) * factor);
    from = (*match)[0].second;
  }
  result.append(from, text.cend());
  return result;
}

/// A battery that nothing comes near, in `network` ("" for the default one).
std::vector<Change> idle_unit(const Experiment& in, const std::string& network) {
  const bool geographic = in.model()->world().projection.has_value();
  const std::string at = geographic ? "{lat: -40, lon: -30}" : "{x: 9000 km, y: 9000 km}";
  const std::string where = network.empty() ? "" : "network: " + network + ", ";
  const std::string weapon = "{range: [0 km, 1 km], altitude: [0 m, 1 km], speed: 1 km/s, pk: {any: 1}}";
  const std::string unit =
      "{kind: battery, " + where + "at: " + at + ", weapons: {idle-round: {magazine: 3}}}";
  const ScenarioDescription& s = in.scenario();
  const auto add = [](bool there, const std::string& section, const std::string& name,
                      const std::string& row) {
    return there ? Change{section + "." + name, row} : Change{section, "{" + name + ": " + row + "}"};
  };
  return {add(!s.weapons.empty(), "weapons", "idle-round", weapon),
          {"prices.idle-round", "$1"},
          add(!s.units.empty(), "units", "idle", unit)};
}

/// An amount of money times k. All distributions that prices are written with scale with their parameters.
void scale(Quantity& quantity, double k) {
  if (quantity.kind == DistributionKind::beta || quantity.kind == DistributionKind::gamma ||
      quantity.kind == DistributionKind::poisson)
    throw std::invalid_argument("a price with a distribution that does not scale with its parameters");
  for (double* parameter : {&quantity.a, &quantity.b, &quantity.c, &quantity.shift}) *parameter *= k;
  for (auto& [value, weight] : quantity.points) value *= k;
}

void scale(PriceBook& book, double k) {
  for (auto& [item, price] : book.items) {
    for (double* amount : {&price.low, &price.mode, &price.high}) *amount *= k;
    if (price.distribution) scale(*price.distribution, k);
  }
}

}  // namespace

TEST_CASE("these comparisons can fail", "[metamorphic]") {
  const std::string path = DRONEWALL_SOURCE_DIR "/scenarios/minimal.yaml";
  const Experiment before(path, {});
  CHECK(differences(before, before).empty());
  CHECK_FALSE(
      differences(before, Experiment(path, {{"units.battery.weapons.round.magazine", "11"}})).empty());
  CHECK_FALSE(differences(before, Experiment(path, {{"attacks.raid.launch.spacing", "61 s"}})).empty());
}

TEST_CASE("the order of entities does not matter", "[metamorphic]") {
  for (const std::string& path : all_scenarios()) {
    INFO(path);
    const std::string text = text_of(path);
    REQUIRE(backwards(text) != backwards(backwards(text)));  // It does turn something round.
    check_same_rows(Experiment(path, {}), rewritten(path, Rewritten::What::scenario, backwards));
  }
}

TEST_CASE("a unit that nothing comes near changes nothing", "[metamorphic]") {
  for (const std::string& path : all_scenarios()) {
    INFO(path);
    const Experiment before(path, {});
    std::set<std::string> networks;
    for (const auto& [name, unit] : before.scenario().units) networks.insert(unit.network.text);
    if (networks.empty()) networks.insert("");
    for (const std::string& network : networks) {
      INFO("in network " << network);
      check_same_rows(before, Experiment(path, idle_unit(before, network)));
    }
    // In a network of its own, where nobody sees anything: then two networks shoot, and nothing may be taken
    // as settled in advance.
    std::vector<Change> apart = idle_unit(before, "idle-net");
    const bool has_networks = text_of(path).find("\nnetworks:") != std::string::npos;
    apart.push_back(has_networks ? Change{"networks.idle-net", "{}"} : Change{"networks", "{idle-net: {}}"});
    check_same_rows(before, Experiment(path, apart));
  }
}

TEST_CASE("prices times k are costs times k, and nothing else", "[metamorphic]") {
  const double k = GENERATE(4.0, 1.37);
  for (const std::string& path : all_scenarios()) {
    INFO(path);
    const Experiment before(path, {});
    DiskFiles files(path, {});
    const Experiment after(path, {}, files, [&](ScenarioDescription& scenario) {
      scale(scenario.prices, k);
      if (scenario.planning_prices) scale(*scenario.planning_prices, k);
    });
    check_same_rows(before, after);
    const std::uint32_t n = replications_of(before);
    const std::vector<std::int64_t> rows = before.rows(seed, n);
    const std::size_t width = before.layout().columns.size();
    for (const MeasureDefinition& measure : before.measures()) {
      if (measure.unit != "USD" || measure.denominator) continue;
      const MeasureDefinition scaled = after.find(measure.name);
      for (std::uint32_t i = 0; i < n; ++i) {
        const std::int64_t* row = rows.data() + i * width;
        const double cost = value_of(measure.numerator, before.layout(), row) * k;
        const double found = value_of(scaled.numerator, after.layout(), row);
        if (k == 4 ? found != cost : std::abs(found - cost) > 1e-12 * std::abs(cost))
          FAIL_CHECK(measure.name << " of replication " << i << ": " << found << " instead of " << cost);
      }
    }
  }
}

TEST_CASE("minutes and hours may be written as seconds", "[metamorphic]") {
  CHECK(in_seconds("{every: 6.5 h, at: 90 s, rate: 2 / h, up: exponential(20 min)}") ==
        "{every: 23400 s, at: 90 s, rate: 2 / h, up: exponential(1200 s)}");
  for (const std::string& path : all_scenarios()) {
    INFO(path);
    check_same_rows(Experiment(path, {}), rewritten(path, Rewritten::What::all, in_seconds));
  }
}

}  // namespace dronewall::known
