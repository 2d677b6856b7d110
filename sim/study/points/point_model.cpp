#include "dronewall/study/point_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "dronewall/model/kind.hpp"
#include "dronewall/model/world.hpp"
#include "dronewall/study/price_readers.hpp"

namespace dronewall {
namespace {

/// What can be read of what a study asks for; mistakes are check_study()'s matter.
void add_requested(const Name& name, std::vector<Requested>& requested) {
  std::string why;
  const auto parsed = parse_requested(name.text, why);
  const auto same = [&](const Requested& one) { return one.name == parsed->name; };
  if (parsed && std::none_of(requested.begin(), requested.end(), same)) requested.push_back(*parsed);
}

std::vector<Requested> requested_by(const StudyDescription& study) {
  std::vector<Requested> requested;
  for (const Name& name : study.measures) add_requested(name, requested);
  if (!study.select) return requested;
  if (study.select->objective.given()) add_requested(study.select->objective, requested);
  for (const ConstraintDescription& constraint : study.select->subject_to)
    add_requested(constraint.measure, requested);
  return requested;
}

/// As `run` decides: losses that happen where it is asked how money varies, else expected ones.
Scoring scoring_of(const std::vector<Requested>& requested) {
  const bool asks_how_money_varies = std::any_of(
      requested.begin(), requested.end(),
      [](const Requested& one) { return one.kind != Requested::Kind::plain && is_of_money(one.measure); });
  return asks_how_money_varies ? Scoring::sampled : Scoring::expected;
}

/// `base.yaml:12:5: `; of a value that the point sets, its path alone.
std::string where(const Place& place, const Sources& sources) {
  if (place.source < 0) return "";
  const std::string name = escaped(sources.name(place.source));
  if (sources.is_change(place.source) || place.line < 1) return name + ": ";
  return fmt::format("{}:{}:{}: ", name, place.line, place.column);
}

/// The first error in one line.
std::string first_of(const Problems& problems) {
  std::size_t errors = 0;
  const Problem* first = nullptr;
  for (const Problem& problem : problems.all())
    if (problem.severity == Severity::error && ++errors == 1) first = &problem;
  if (!first) return "";
  return fmt::format("{}{}{}", where(first->place, problems.sources()), escaped(first->what),
                     errors > 1 ? fmt::format(" (and {} more)", errors - 1) : "");
}

void lay_prices(PointModel& point, Scoring scoring, Problems& problems) {
  const LedgerLayout& layout = point.model->layout();
  const auto place_of = [&](const std::string& item) { return place_of_item(point.scenario, item); };
  point.pricing = price(layout, point.scenario.prices, place_of, problems, scoring);
  point.measures = layout.measures;
  point.measures.insert(point.measures.end(), point.pricing.measures.begin(), point.pricing.measures.end());
}

/// Whether a price that is solved for is asked for: where it turns a doctrine takes a while to find.
bool solves_prices(const StudyDescription& study, const std::vector<Requested>& requested) {
  const auto solves = [](const std::string& measure) {
    return measure.find("break-even.") != std::string::npos;
  };
  const auto& precision = study.replications.precision;
  return (precision && solves(precision->of.text)) ||
         std::any_of(requested.begin(), requested.end(),
                     [&](const Requested& one) { return solves(one.measure); });
}

bool is_of_doctrine(const Factor& factor) { return factor.path.find("doctrine") != std::string::npos; }

}  // namespace

/// Files that are read once, by whichever thread asks first.
class PointModels::KeptFiles final : public FileSource {
 public:
  explicit KeptFiles(FileSource& files) : files_(files) {}

  std::optional<File> read(const std::string& path, const std::string& beside, std::string& why) override {
    const std::lock_guard lock(mutex_);
    const std::pair key(path, beside);
    if (const auto kept = kept_.find(key); kept != kept_.end()) return kept->second;
    std::optional<File> file = files_.read(path, beside, why);
    if (file) kept_.emplace(key, *file);
    return file;
  }

 private:
  FileSource& files_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, File> kept_;
};

PointModels::PointModels(const StudyDescription& study, FileSource& files, const KindTables& tables,
                         const KindBuilders& kinds, Problems& problems)
    : study_(study),
      tables_(tables),
      kinds_(kinds),
      files_(std::make_unique<KeptFiles>(files)),
      texts_(study, *files_, {}, problems),
      base_(problems.sources()),
      requested_(requested_by(study)) {
  scoring_ = scoring_of(requested_);
  solves_prices_ = solves_prices(study, requested_);
  Problems unheard(problems.sources());  // check_study() tells what is wrong with the scenario.
  const ScenarioDescription own = texts_.read({}, tables_, unheard);
  scenario_hash_ = own.text_hash;
  prices_ = own.prices;
  for (Requested& requested : requested_)  // Whether it may be money at all is check_study()'s matter.
    if (!requested.currency.empty()) (void)settle_bound(requested, prices_.currency, prices_);
}

PointModels::~PointModels() = default;

std::optional<PointModel> PointModels::compile(const std::vector<FactorValue>& values,
                                               Problems& problems) const {
  std::vector<Change> changes;
  for (const FactorValue& value : values)
    changes.push_back({study_.factors.at(value.factor).path, value.text});
  Problems found(problems.sources());
  PointModel point;
  point.scenario = texts_.read(changes, tables_, found);
  if (!found.has_errors()) point.model = Model::compile(point.scenario, kinds_, found);
  if (point.model) lay_prices(point, scoring_, found);
  if (point.model && solves_prices_) set_turns(*point.model, point.scenario, point.measures);
  for (const Problem& problem : found.all()) problems.add(problem);
  if (found.has_errors() || !point.model) return std::nullopt;
  return point;
}

std::optional<PointModel> PointModels::compile(const std::vector<FactorValue>& values,
                                               std::string& why) const {
  Sources texts = sources();
  Problems problems(texts);
  std::optional<PointModel> point = compile(values, problems);
  if (!point) why = first_of(problems);
  return point;
}

bool PointModels::reads_prices() const {
  std::string why;
  const auto reads = [&](const std::vector<FactorValue>& values) {
    const std::optional<PointModel> point = compile(values, why);
    return point && dronewall::reads_prices(*point->model);
  };
  if (reads({})) return true;
  for (std::size_t i = 0; i < study_.factors.size(); ++i) {
    if (!is_of_doctrine(study_.factors[i])) continue;
    for (const auto& [value, text] : values_to_prove(study_.factors[i]))
      if (reads({{i, text}})) return true;
  }
  return false;
}

std::vector<NotCounted> PointModels::not_counted() const {
  std::vector<FactorValue> last;
  for (std::size_t i = 0; i < study_.factors.size(); ++i)
    if (auto values = values_to_prove(study_.factors[i]); !values.empty())
      last.push_back({i, std::move(values.back().second)});
  std::vector<NotCounted> all;
  std::string unheard;  // check_study() tells what cannot be compiled.
  for (const std::vector<FactorValue>& values : {std::vector<FactorValue>{}, last})
    if (const std::optional<PointModel> point = compile(values, unheard))
      all.insert(all.end(), point->pricing.not_counted.begin(), point->pricing.not_counted.end());
  return all;
}

std::vector<ScenarioTexts::Field> PointModels::fields() const {
  std::vector<ScenarioTexts::Field> fields = texts_.fields();
  if (!reads_prices()) return fields;
  for (ScenarioTexts::Field& price : texts_.weapon_prices()) fields.push_back(std::move(price));
  return fields;
}

}  // namespace dronewall
