// For tests: scenarios from texts, compiled with all kinds, and what their replications report, by name.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/model/model.hpp"
#include "dronewall/model/world.hpp"
#include "dronewall/replication/replication.hpp"
#include "dronewall/scenario/read.hpp"

namespace dronewall::test {

/// A scenario of the tests: its text is the only file.
class OneText final : public FileSource {
 public:
  explicit OneText(std::string text) : text_(std::move(text)) {}
  std::optional<File> read(const std::string& path, const std::string&, std::string& why) override {
    if (path == "test.yaml") return File{path, text_};
    why = "no such file";
    return std::nullopt;
  }

 private:
  std::string text_;
};

/// What compiling gave: the model (null with an error) and the problems as they are printed.
struct Compiled {
  std::shared_ptr<const Model> model;
  std::string problems;
};

inline Compiled compile(const std::string& path, FileSource& files) {
  Sources sources;
  Problems problems(sources);
  const ScenarioDescription scenario = read_scenario(path, files, kind_tables(), {}, problems);
  auto model = Model::compile(scenario, all_kinds(), problems);
  if (problems.has_errors()) model = nullptr;
  return {model, problems.text()};
}

/// Compiles a text, with whatever comes of it.
inline Compiled compile_text(const std::string& text) {
  OneText files(text);
  return compile("test.yaml", files);
}

/// The model of a text that is sound.
inline std::shared_ptr<const Model> model_of(const std::string& text) {
  Compiled compiled = compile_text(text);
  INFO(compiled.problems);
  REQUIRE(compiled.model != nullptr);
  return compiled.model;
}

/// The model of a file of the source folder.
inline std::shared_ptr<const Model> model_of_file(const std::string& file) {
  const std::string root = DRONEWALL_SOURCE_DIR;
  DiskFiles files(root + "/" + file, {root + "/scenarios"});
  Compiled compiled = compile(root + "/" + file, files);
  INFO(compiled.problems);
  REQUIRE(compiled.model != nullptr);
  return compiled.model;
}

/// Events of one replication, kept.
class KeptTrace final : public TraceSink {
 public:
  struct Event {
    double time_s;
    std::string what, intruder, actor, detail;
    double x_m, y_m;
  };
  void on(const TraceEvent& event) override {
    events.push_back({event.time_s, std::string(event.what), std::string(event.intruder),
                      std::string(event.actor), std::string(event.detail), event.x_m, event.y_m});
  }
  /// Times of all events of this name, in the order in which they were told.
  [[nodiscard]] std::vector<double> times(const std::string& what, const std::string& intruder = "") const {
    std::vector<double> result;
    for (const Event& event : events)
      if (event.what == what && (intruder.empty() || event.intruder == intruder))
        result.push_back(event.time_s);
    return result;
  }

  std::vector<Event> events;
};

/// Replications of one model; the last row is read by the names of columns.
class Runs {
 public:
  explicit Runs(std::shared_ptr<const Model> model, ReplicationOptions options = {})
      : model_(std::move(model)), replication_(*model_, options), row_(model_->layout().columns.size()) {}
  explicit Runs(const std::string& text, ReplicationOptions options = {}) : Runs(model_of(text), options) {}

  const std::vector<std::int64_t>& run(std::uint32_t number) {
    replication_.run(number, row_.data());
    return row_;
  }
  [[nodiscard]] const std::vector<std::int64_t>& row() const { return row_; }
  [[nodiscard]] const Model& model() const { return *model_; }
  [[nodiscard]] std::uint64_t events() const { return replication_.events(); }

  [[nodiscard]] std::int64_t operator[](const std::string& column) const {
    const auto index = model_->layout().column(column);
    INFO("column " << column);
    REQUIRE(index.has_value());
    return row_[*index];
  }
  /// Sum of every column whose name begins so.
  [[nodiscard]] std::int64_t sum(const std::string& prefix) const {
    std::int64_t total = 0;
    for (std::size_t c = 0; c < row_.size(); ++c)
      if (model_->layout().columns[c].name.rfind(prefix, 0) == 0) total += row_[c];
    return total;
  }
  /// A measure of the last row alone.
  [[nodiscard]] double measure(const std::string& name) const {
    for (const MeasureDefinition& measure : model_->layout().measures) {
      if (measure.name != name) continue;
      return value(measure.numerator) / (measure.denominator ? value(*measure.denominator) : 1.0);
    }
    FAIL("no measure " << name);
    return 0;
  }

 private:
  [[nodiscard]] double value(const LinearForm& form) const {
    double total = form.constant;
    for (const auto& [column, weight] : form.terms)
      total += weight * static_cast<double>(row_[column]) * model_->layout().columns[column].quantum;
    return total;
  }

  std::shared_ptr<const Model> model_;
  Replication replication_;
  std::vector<std::int64_t> row_;
};

/// The trace of one replication of a text.
inline KeptTrace trace_of(const std::shared_ptr<const Model>& model, std::uint32_t number = 0,
                          std::uint64_t seed = 1) {
  KeptTrace trace;
  ReplicationOptions options;
  options.seed = seed;
  options.trace = &trace;
  Runs(model, options).run(number);
  return trace;
}

}  // namespace dronewall::test
