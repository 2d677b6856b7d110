// What it cost both sides, the ratios with all that they leave out, and who paid.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/figures.hpp"
#include "report/page.hpp"
#include "report/price_turns.hpp"

namespace dronewall {
namespace {

std::string ratio_text(const Estimate* ratio) { return ratio == nullptr ? "" : figure(*ratio); }

std::string range_text(const PointResult& result, const std::string& name) {
  const Estimate *least = result.find(name + ".least"), *most = result.find(name + ".most");
  if (least == nullptr || most == nullptr || !least->mean || !most->mean) return "";
  return fmt::format("{} … {}", figure(*least->mean, Measure{}), figure(*most->mean, Measure{}));
}

std::string listed(const char* lead, const std::vector<Account>& accounts) {
  std::string text;
  for (const Account account : accounts)
    text += fmt::format("{}{}", text.empty() ? lead : ", ", name_of(account));
  return text;
}

/// `without standing; acquisition in part`, or "".
std::string gaps(const Pricing& pricing, View view) {
  const auto index = static_cast<std::size_t>(view);
  std::string text = listed("without ", pricing.lacks[index]);
  const std::string partial = listed("", pricing.partial[index]);
  if (partial.empty()) return text;
  return fmt::format("{}{}{} in part", text, text.empty() ? "" : "; ", partial);
}

void add_view(std::string& out, const RunReport& report, View view) {
  const PointResult& result = report.result;
  const std::string name = name_of(view), ratio = "cost-exchange." + name;
  const Estimate* cost = result.find("cost.defender." + name);
  if (cost == nullptr) return;
  std::string line = fmt::format("  {}{}{}", pad_right(name, 10), pad_left(figure(*cost), 19),
                                 pad_left(ratio_text(result.find(ratio)), 17));
  if (report.pricing.has_ranges) line += pad_left(range_text(result, ratio), 16);
  line += pad_left(ratio_text(result.find("cost-exchange.per-stopped." + name)), 16);
  line += pad_left(ratio_text(result.find("cost-per-kill." + name)), 17);
  out += line + '\n';
  if (const std::string text = gaps(report.pricing, view); !text.empty())
    out += fmt::format("  {} └ {}\n", pad_right("", 10), text);
}

/// One sentence that answers: what does a dollar of attack cost to answer?
std::string answer(const RunReport& report) {
  const PointResult& result = report.result;
  const Estimate *defence = result.find("cost.defender.marginal"), *attack = result.find("cost.attacker");
  const Estimate *ratio = result.find("cost-exchange.marginal"), *leak = result.find("leak-fraction");
  if (defence == nullptr || attack == nullptr || ratio == nullptr) return "";
  std::string text = fmt::format(
      "To answer an attack of {} the defence spends {} (marginal): ", figure(*attack), figure(*defence));
  text += ratio->mean ? fmt::format("cost-exchange ratio {}", ratio_text(ratio))
                      : fmt::format("the cost-exchange ratio is undefined ({})", ratio->undefined_because);
  if (leak != nullptr)
    text += leak->mean ? fmt::format(", while {} of the hostile intruders leak", ratio_text(leak))
                       : fmt::format("; the leak fraction is undefined ({})", leak->undefined_because);
  return text + ".";
}

/// `standing: battery.hour, radar.hour; damage: strike.depot`. The list is in order of accounts.
std::string not_counted_words(const Pricing& pricing, Missing missing, const char* lead) {
  std::string text;
  const NotCounted* before = nullptr;
  for (const NotCounted& item : pricing.not_counted) {
    if (item.missing != missing) continue;
    if (before != nullptr && before->account == item.account)
      text += ", " + item.item;
    else
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", name_of(item.account), item.item);
    before = &item;
  }
  return text.empty() ? "" : lead + text;
}

/// Of which year the prices are. (Those that are of another and were not moved are warned of.)
std::string price_year_words(const Pricing& pricing) {
  if (!pricing.year) return "";
  std::string text = fmt::format("prices of {}", *pricing.year);
  if (const auto moved = pricing.moved_prices(); !moved.empty())
    text +=
        fmt::format("; moved there by the deflator {:g}: {}", moved.front()->deflated_by, years_words(moved));
  return text;
}

void add_break_evens(std::string& out, const PointResult& result) {
  std::string text, turns;
  for (const auto& [rest, estimate] : begins_with(result, "break-even.")) {
    const std::size_t dot = rest.rfind(".marginal");
    if (dot == std::string::npos || dot + 9 != rest.size()) continue;
    const std::string item = rest.substr(0, dot);
    const Measure money = measure_of_unit(estimate->unit);
    const std::string beyond = beyond_words(estimate->turns, money);
    if (!estimate->mean && beyond.empty()) continue;
    const std::string price = !estimate->mean       ? beyond
                              : *estimate->mean < 0 ? std::string("no price")
                                                    : figure(*estimate);
    text += fmt::format("{}{} at {}", text.empty() ? "" : " · ", item, price);
    add_turn_words(turns, item, {estimate->turns}, money, "run");
  }
  if (!text.empty()) add_words(out, "the marginal ratio is one with " + text, 2);
  out += turns;
}

std::vector<ShareLine> shares_of(const PointResult& result, const std::string& prefix,
                                 const std::string& suffix, double whole) {
  std::vector<ShareLine> lines;
  for (const auto& [rest, estimate] : begins_with(result, prefix)) {
    if (rest.size() <= suffix.size() || rest.compare(rest.size() - suffix.size(), suffix.size(), suffix) != 0)
      continue;
    if (estimate->mean.value_or(0) > 0 && whole > 0)
      lines.push_back(
          {rest.substr(0, rest.size() - suffix.size()), figure(*estimate), *estimate->mean / whole});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const ShareLine& a, const ShareLine& b) { return a.share > b.share; });
  constexpr std::size_t most = 12;
  if (lines.size() > most) {
    double rest = 0;
    for (std::size_t i = most - 1; i < lines.size(); ++i) rest += lines[i].share;
    const std::size_t more = lines.size() - (most - 1);
    lines.resize(most - 1);
    lines.push_back({fmt::format("{} more", more), "", rest});
  }
  return lines;
}

}  // namespace

void add_costs(std::string& out, const RunReport& report) {
  const PointResult& result = report.result;
  add_heading(out, "Cost exchange");
  if (const std::string text = answer(report); !text.empty()) add_words(out, text, 2);
  out += '\n';
  std::string head =
      fmt::format("  {}{}{}", pad_right("view", 10), pad_left("defender's cost", 19), pad_left("ratio", 17));
  if (report.pricing.has_ranges) head += pad_left("price range", 16);
  out += head + pad_left("per stopped", 16) + pad_left("cost per kill", 17) + '\n';
  for (const View view : all_views) add_view(out, report, view);
  out += '\n';
  for (const auto& [missing, lead] : {std::pair{Missing::price, "not counted, having no price: "},
                                      std::pair{Missing::life, "not counted, having no life: "}})
    if (const std::string text = not_counted_words(report.pricing, missing, lead); !text.empty())
      add_words(out, text, 2);
  if (report.pricing.has_ranges)
    add_words(
        out,
        "price range: the ratio with every price of the defender at its low and of the attacker at its "
        "high, and the reverse; the ratio itself uses the modes, and a price that is a distribution its "
        "mean throughout",
        2);
  if (const std::string text = price_year_words(report.pricing); !text.empty()) add_words(out, text, 2);
  add_break_evens(out, result);
  if (const double investment = mean_of(result, "cost.investment"); investment > 0)
    out += fmt::format("  investment, undivided: {}\n",
                       figure(investment, Measure{Measure::Kind::money, report.pricing.currency}));
}

void add_payers(std::string& out, const RunReport& report) {
  const PointResult& result = report.result;
  const double total = mean_of(result, "cost.defender.total");
  if (!(total > 0)) return;
  add_heading(out, "Who paid (view total)");
  add_shares(out, "nation", shares_of(result, "cost.nation.", ".total", total));
  std::vector<ShareLine> accounts = shares_of(result, "cost.account.", "", total);
  std::erase_if(accounts, [](const ShareLine& line) { return line.name == "attack"; });
  add_shares(out, "account", accounts);
  add_shares(out, "unit", shares_of(result, "cost.unit.", ".total", total));
}

}  // namespace dronewall
