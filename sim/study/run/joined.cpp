#include "study/run/joined.hpp"

#include <fmt/format.h>

namespace dronewall {

JoinedRows::JoinedRows(const std::vector<Variant>& variants) : variants_(variants) {
  for (const Variant& variant : variants_) add_own(variant.layout);
  shared_.resize(variants_.size());
  for (std::size_t v = 1; v < variants_.size(); ++v)
    add_differences(variants_.front().layout, variants_[v].layout, v);
}

void JoinedRows::add_own(const LedgerLayout& layout) {
  begin_.push_back(static_cast<std::uint32_t>(layout_.columns.size()));
  conservation_.emplace_back(layout);
  for (Column column : layout.columns) {
    column.name = fmt::format("{}:{}", begin_.size() - 1, column.name);
    column.scenario = static_cast<std::uint32_t>(begin_.size() - 1);
    layout_.columns.push_back(std::move(column));
  }
}

void JoinedRows::add_differences(const LedgerLayout& first, const LedgerLayout& other, std::size_t variant) {
  shared_[variant].resize(other.columns.size());
  for (std::size_t c = 0; c < other.columns.size(); ++c) {
    const auto same = first.column(other.columns[c].name);
    // A quantum may hold the scenario's duration: then equal integers are not equal quantities.
    if (!same || first.columns[*same].quantum != other.columns[c].quantum) continue;
    shared_[variant][c] = {*same, static_cast<std::uint32_t>(layout_.columns.size())};
    Column column = other.columns[c];
    column.name = fmt::format("{}-0:{}", variant, column.name);
    column.may_be_negative = true;
    column.is_arrivals = false;
    layout_.columns.push_back(std::move(column));
  }
}

RunnerFactory JoinedRows::make_runner() const {
  return [this]() -> Runner {
    std::vector<Runner> runners;
    for (const Variant& variant : variants_) runners.push_back(variant.make_runner());
    return [this, runners = std::move(runners)](std::uint32_t replication, std::int64_t* row) {
      for (std::size_t v = 0; v < runners.size(); ++v) {
        std::int64_t* own = row + begin_[v];
        runners[v](replication, own);
        conservation_[v].check(replication, own);
        for (std::size_t c = 0; c < shared_[v].size(); ++c)
          if (shared_[v][c].first != none) row[shared_[v][c].difference] = own[c] - row[shared_[v][c].first];
      }
    };
  };
}

LinearForm JoinedRows::own(std::size_t variant, const LinearForm& form) const {
  LinearForm moved = form;
  for (auto& [column, weight] : moved.terms) column += begin_[variant];
  return moved;
}

LinearForm JoinedRows::on_first(std::size_t variant, const LinearForm& form) const {
  if (variant == 0) return form;
  LinearForm written;
  written.constant = form.constant;
  for (const auto& [column, weight] : form.terms) {
    const Shared& shared = shared_[variant][column];
    if (shared.first == none) {
      written.terms.emplace_back(begin_[variant] + column, weight);
    } else {
      written.terms.emplace_back(shared.first, weight);
      written.terms.emplace_back(shared.difference, weight);
    }
  }
  return written;
}

}  // namespace dronewall
