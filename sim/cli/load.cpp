#include <fmt/format.h>

#include <cstdio>

#include "cli/command.hpp"
#include "dronewall/kinds/kinds.hpp"

namespace dronewall {

std::optional<Loaded> load(const ScenarioOptions& options, bool quiet) {
  const std::optional<std::vector<Change>> changes = changes_of(options.sets);
  if (!changes) return std::nullopt;
  std::optional<Loaded> loaded(std::in_place);
  DiskFiles files(options.file, data_folders(options.data));
  Problems& problems = loaded->problems;
  loaded->scenario = read_scenario(options.file, files, kind_tables(), {*changes, options.prices}, problems);
  // Compiling goes on with what was read whole, so that one run shows the mistakes of both.
  loaded->model = Model::compile(loaded->scenario, all_kinds(), problems);
  if (loaded->model) {
    const LedgerLayout& layout = loaded->model->layout();
    const auto place_of = [&](const std::string& item) { return place_of_item(loaded->scenario, item); };
    loaded->pricing = price(layout, loaded->scenario.prices, place_of, problems);
    loaded->measures = layout.measures;
    loaded->measures.insert(loaded->measures.end(), loaded->pricing.measures.begin(),
                            loaded->pricing.measures.end());
  }
  if (problems.has_errors()) loaded->model = nullptr;
  if (problems.has_errors() || !quiet) fmt::print(stderr, "{}", problems.text());
  return loaded;
}

}  // namespace dronewall
