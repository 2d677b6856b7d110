// `dronewall trace SCENARIO --replication K`: what happened in one replication, a line an event.
#include <fmt/format.h>

#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "dronewall/geometry/geometry.hpp"
#include "dronewall/model/world.hpp"
#include "dronewall/replication/replication.hpp"
#include "dronewall/report/csv.hpp"

namespace dronewall {
namespace {

enum class TraceFormat { text, json_lines, csv };

struct TraceCommand {
  ScenarioOptions scenario;
  OutputOptions output;
  TraceFormat format = TraceFormat::text;
  std::uint32_t replication = 0;
  std::uint64_t seed = 1;

  [[nodiscard]] Exit act() const;
};

/// Collects the lines of one replication.
class Lines final : public TraceSink {
 public:
  Lines(const World& world, TraceFormat format) : world_(world), format_(format) {
    if (format_ == TraceFormat::csv)
      text_ = fmt::format("time_s,what,intruder,actor,detail,{},altitude_m\n",
                          world_.projection ? "lat,lon" : "x_m,y_m");
  }
  void on(const TraceEvent& event) override {
    switch (format_) {
      case TraceFormat::text:
        return add_text(event);
      case TraceFormat::json_lines:
        return add_json(event);
      case TraceFormat::csv:
        return add_csv(event);
    }
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add_text(const TraceEvent& event) {
    text_ += fmt::format("{:>12.3f} s  {:<16} {:<20} {:<20} {}", event.time_s, event.what, event.intruder,
                         event.actor, event.detail);
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    if (event.has_place) {
      const auto [first, second] = place_of(event);
      text_ += world_.projection
                   ? fmt::format("  at {:.4f}, {:.4f}, {:.0f} m", first, second, event.altitude_m)
                   : fmt::format("  at {:.0f} m, {:.0f} m, {:.0f} m", first, second, event.altitude_m);
    }
    text_ += '\n';
  }

  void add_json(const TraceEvent& event) {
    nlohmann::ordered_json line = {{"time_s", event.time_s}, {"what", event.what}};
    if (!event.intruder.empty()) line["intruder"] = event.intruder;
    if (!event.actor.empty()) line["actor"] = event.actor;
    if (!event.detail.empty()) line["detail"] = event.detail;
    if (event.has_place) {
      const auto [first, second] = place_of(event);
      line[world_.projection ? "lat" : "x_m"] = first;
      line[world_.projection ? "lon" : "y_m"] = second;
      line["altitude_m"] = event.altitude_m;
    }
    text_ += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  }

  void add_csv(const TraceEvent& event) {
    text_ += fmt::format("{},{},{},{},{},", event.time_s, csv_cell(std::string(event.what)),
                         csv_cell(std::string(event.intruder)), csv_cell(std::string(event.actor)),
                         csv_cell(std::string(event.detail)));
    if (event.has_place) {
      const auto [first, second] = place_of(event);
      text_ += fmt::format("{},{},{}\n", first, second, event.altitude_m);
    } else {
      text_ += ",,\n";
    }
  }

  /// Latitude and longitude in degrees, or x and y in metres.
  [[nodiscard]] std::pair<double, double> place_of(const TraceEvent& event) const {
    return world_.projection ? world_.projection->backward({event.x_m, event.y_m})
                             : std::pair{event.x_m, event.y_m};
  }

  const World& world_;
  TraceFormat format_;
  std::string text_;
};

Exit TraceCommand::act() const {
  const std::optional<Loaded> loaded = load(scenario, output);
  if (!loaded) return Exit::usage;
  if (!loaded->model) return Exit::input;
  Lines lines(loaded->model->world(), format);
  Replication run(*loaded->model, {.seed = seed, .elide = false, .trace = &lines});
  std::vector<std::int64_t> row(loaded->model->layout().columns.size());
  run.run(replication, row.data());
  return write_result(output, lines.text()) ? Exit::done : Exit::failed;
}

}  // namespace

void add_trace(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command("trace", "Print the events of one replication, a line each");
  const auto trace = std::make_shared<TraceCommand>();
  add_scenario_options(command, trace->scenario);
  command.whole_number({"--replication", "K", "Which one, from 0; the same numbers as in a run"}, 0,
                       std::numeric_limits<std::uint32_t>::max(),
                       [trace](std::uint64_t k) { trace->replication = static_cast<std::uint32_t>(k); });
  command.whole_number({"--seed", "N", "The seed, 1 unless given"}, 0,
                       std::numeric_limits<std::uint64_t>::max(),
                       [trace](std::uint64_t seed) { trace->seed = seed; });
  // The last two are older words for the first two.
  command.choice({"--format", "table|json|csv", "A line an event: text, JSON Lines, or CSV"},
                 {"table", "json", "csv", "text", "jsonl"},
                 [trace](std::size_t chosen) { trace->format = static_cast<TraceFormat>(chosen % 3); });
  command.option({"--output", "FILE", "Write the events to a file, as a whole or not at all"},
                 trace->output.file);
  command.flag({"--quiet", "", "No warnings on stderr"}, trace->output.quiet);
  command.then([trace, &invocation] { invocation.action = [trace] { return trace->act(); }; });
}

}  // namespace dronewall
