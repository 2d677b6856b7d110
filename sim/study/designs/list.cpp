// The points of a CSV file, in its order.
#include "study/designs/kinds.hpp"

namespace dronewall {
namespace {

class List final : public Design {
 public:
  [[nodiscard]] std::string name() const override { return "list"; }
  [[nodiscard]] bool takes_ranges() const override { return false; }

  [[nodiscard]] std::string why_not(const DesignDescription& design, const std::vector<std::size_t>& factors,
                                    const StudyDescription& study) const override {
    for (const std::size_t factor : factors)
      if (std::find(design.list_factors.begin(), design.list_factors.end(), factor) ==
          design.list_factors.end())
        return study.factors[factor].path + " varies, but the file has no column of it";
    return "";
  }

  [[nodiscard]] DesignMatrix make(const DesignDescription& design, const std::vector<std::size_t>&,
                                  const StudyDescription&) const override {
    std::vector<DesignMatrix::Column> columns;
    for (const std::size_t factor : design.list_factors)
      columns.push_back({factor, DesignMatrix::Cell::level});
    DesignMatrix matrix(std::move(columns));
    matrix.reserve(design.list_rows.size());
    for (const std::vector<std::uint32_t>& row : design.list_rows) matrix.add_point({row.begin(), row.end()});
    return matrix;
  }
};

}  // namespace

std::unique_ptr<Design> make_list() { return std::make_unique<List>(); }

}  // namespace dronewall
