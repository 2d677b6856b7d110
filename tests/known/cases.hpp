// The table of known answers: cases.yaml, as structs.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "closed_forms.hpp"
#include "dronewall/scenario/read.hpp"

namespace dronewall::known {

/// How near a measured value must come.
enum class Rule {
  exact,        ///< to 1e-6 of the value
  value,        ///< within 4 standard errors, which are at most 2% of the value
  variance,     ///< … at most 5% of it
  probability,  ///< … at most 2% of it, or 0.005 where it is below 0.1
};

/// Something else that the same parameters would give to a program with a certain mistake.
struct WrongAnswer {
  std::string name;
  double value = 0;
};

/// One number of a case.
struct KnownQuantity {
  std::string name;
  std::string read;  ///< how it is read off a run: `mean(rounds.round)`, see reading.hpp
  double times = 1, plus = 0;
  Rule rule = Rule::value;
  std::optional<double> published;  ///< what the closed form must give, to the digits written
  double published_se = 0;          ///< where the published figure is itself a simulation's
  std::vector<WrongAnswer> wrong;
  std::vector<Change> against;  ///< reads that compare two runs: what is changed in the second
  std::string cannot;           ///< why it cannot be expressed; empty: it can
};

/// One scenario, with its parameters, and the quantities read off it.
struct Case {
  std::string id;    ///< "E01"
  std::string file;  ///< beside the table
  std::vector<Change> changes;
  Parameters parameters;
  std::uint32_t replications = 1;
  std::vector<KnownQuantity> quantities;
};

/// Reads the table; throws std::runtime_error or YAML::Exception on a mistake in it.
[[nodiscard]] std::vector<Case> read_cases(const std::string& path);

}  // namespace dronewall::known
