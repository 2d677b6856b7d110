#include "analysed.hpp"

#include <filesystem>
#include <stdexcept>

#include "common/experiment.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "row.hpp"

namespace dronewall::coverage {

Analysed::Analysed(const std::string& file, std::uint64_t replications, double bound)
    : bound_(bound),
      files_(COVERAGE_FOLDER "/" + file, {}),
      study_(read_study(COVERAGE_FOLDER "/" + file, files_, kind_tables(), problems_)),
      models_(study_, files_, kind_tables(), all_kinds(), problems_) {
  if (problems_.has_errors()) throw std::runtime_error(problems_.text());
  study_.replications.at_least = study_.replications.at_most = replications;
}

SensitivityResult Analysed::under(std::uint64_t seed) {
  study_.seed = seed;
  const DesignMatrix design = make_design(study_, problems_);
  if (problems_.has_errors()) throw std::runtime_error(problems_.text());
  const std::string path = folder_.file(std::to_string(seed) + ".db"), strikes = "strikes.plant";
  sweep(design, path);
  const RepricedStudy stored(path, 1);
  const PriceBook book;  // Strikes have no price, and need none.
  const BookOfPoint book_of = [&](std::size_t) -> const PriceBook& { return book; };
  SensitivityResult result =
      analyse(study_, stored, book_of, measure_points(stored, book_of, strikes, 1),
              {.measure = strikes, .bound = bound_, .confidence = wanted, .seed = seed});
  std::filesystem::remove(path);
  return result;
}

void Analysed::sweep(const DesignMatrix& design, const std::string& path) {
  const SweptStudy swept(models_, design);
  Store store(path, StoreAccess::write);
  const SweepPlan plan = plan_sweep(swept);
  enter_study(store, swept, plan);
  if (run_sweep(store, swept, plan, {}).failed > 0) throw std::runtime_error("a point of the study failed");
}

}  // namespace dronewall::coverage
