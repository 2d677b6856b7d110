// What came and what became of it; how far the defence's kill chain got, and why leakers leaked.
#include <fmt/format.h>

#include "report/figures.hpp"
#include "report/page.hpp"

namespace dronewall {
namespace {

std::string words_of(std::string name) {
  for (char& c : name)
    if (c == '-') c = ' ';
  return name;
}

/// `10.00 came  ██████  100%`
void add_bar_line(std::string& out, const Estimate* estimate, const std::string& word, double whole) {
  if (estimate == nullptr) return;
  const double share = whole > 0 ? estimate->mean.value_or(0) / whole : 0;
  out += fmt::format("  {}  {} {} {:>5.1f}%\n", pad_left(figure(*estimate), 16), pad_right(word, 17),
                     pad_right(bar(share, 48), 48), 100 * share);
}

/// Notes such as `18.0 real, 2.0 decoys`, of the parts that are not nought.
std::string parts_note(const PointResult& result,
                       const std::vector<std::pair<const char*, const char*>>& parts) {
  std::string note;
  for (const auto& [name, word] : parts)
    if (const double mean = mean_of(result, name); mean > 0)
      note += fmt::format("{}{} {}", note.empty() ? "" : ", ", figure(mean, Measure{}), word);
  return note;
}

}  // namespace

void add_outcome(std::string& out, const RunReport& report) {
  const PointResult& result = report.result;
  add_heading(out, "Outcome per replication");
  const double launched = mean_of(result, "intruders.launched");
  const bool with_decoys = mean_of(result, "intruders.decoys") > 0;
  const std::string real =
      with_decoys ? parts_note(result, {{"intruders.real", "real"}, {"intruders.decoys", "decoys"}}) : "";
  add_bar_line(out, result.find("intruders.launched"), "came", launched);
  add_bar_line(out, result.find("stopped"), "were stopped", launched);
  add_bar_line(out, result.find("leakers"), "leaked", launched);
  if (with_decoys) {
    add_words(out, "came: " + real, 20);
    const std::string leaked = parts_note(result, {{"leakers.real", "real"}, {"leakers.decoys", "decoys"}});
    if (!leaked.empty()) add_words(out, "leaked: " + leaked, 20);
  }
  std::string fates;
  for (const auto& [rest, estimate] : begins_with(result, "fates."))
    if (estimate->mean.value_or(0) > 0)
      fates += fmt::format("{}{} {}", fates.empty() ? "" : " · ", words_of(rest), figure(*estimate));
  if (!fates.empty()) add_words(out, "fates: " + fates, 20);
}

void add_chain(std::string& out, const RunReport& report) {
  const PointResult& result = report.result;
  const double launched = mean_of(result, "intruders.launched");
  add_heading(out, "How far the defence got");
  for (const auto& [rest, estimate] : begins_with(result, "stage."))
    add_bar_line(out, estimate, words_of(rest), launched);
  if (mean_of(result, "soft-kills") > 0)
    add_bar_line(out, result.find("soft-kills"), "soft-killed", launched);

  const double leakers = mean_of(result, "leakers");
  if (!(leakers > 0)) return;
  add_heading(out, "Why intruders leaked");
  for (const auto& [rest, estimate] : begins_with(result, "lost."))
    if (estimate->mean.value_or(0) > 0) add_bar_line(out, estimate, words_of(rest), leakers);
}

}  // namespace dronewall
