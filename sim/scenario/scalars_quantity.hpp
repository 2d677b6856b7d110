// A value that may be random, read from its node.
#pragma once
#include <optional>
#include <string>

#include "scenario/scalars.hpp"
#include "scenario/scalars_amounts.hpp"

namespace dronewall {

/// Reads constants and distributions of one dimension. Parameters that no distribution has (a high end below
/// the low one, a mean that is not above 0, weights that are not) are reported at their own column.
class QuantityReader {
 public:
  QuantityReader(Dimension dimension, Problems& problems)
      : amounts_(dimension, problems), problems_(problems) {}

  [[nodiscard]] std::optional<Quantity> read(const Tree& node);
  /// Of the money that was read; "" for other dimensions.
  [[nodiscard]] const std::string& currency() const { return amounts_.currency(); }

 private:
  std::optional<Quantity> read_mapping(const Tree& node);
  std::optional<Quantity> read_discrete(const Tree& node);
  std::optional<Quantity> read_draw(const Tree& node);
  std::optional<double> read_weight(const Tree& node);
  std::nullopt_t refuse(Place place, std::string what, std::string hint = "");

  Amounts amounts_;
  Problems& problems_;
};

/// "a list stands here", "nothing stands here": how messages speak of a node of the wrong kind.
[[nodiscard]] std::string kind_of_node(const Tree& node);

}  // namespace dronewall
