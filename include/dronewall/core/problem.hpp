// Problems of the user's input: what is wrong, why, where, and a hint. Collected, then printed together.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dronewall {

/// A place in a text that the user wrote. `source` indexes Sources; -1 is no place. Line and column from 1; a
/// column counts code points. Line 0 is the text as a whole.
struct Place {
  std::int32_t source = -1;
  std::int32_t line = 0;
  std::int32_t column = 0;

  bool operator==(const Place&) const = default;
};

/// The texts that problems point into: files, and changes from the command line (`--set units.x`).
class Sources {
 public:
  Sources() = default;
  /// A list that continues another: its texts keep their numbers, new ones come behind. `base` must outlive
  /// this and not change meanwhile; many lists, in several threads, may continue one.
  explicit Sources(const Sources* base) : base_(base), first_(base->size()) {}
  /// How many texts there are.
  [[nodiscard]] std::int32_t size() const { return first_ + static_cast<std::int32_t>(sources_.size()); }

  /// Adds a text (below 4 GiB; a byte order mark is dropped) under the name that messages print; returns its
  /// index.
  std::int32_t add(std::string name, std::string text);
  /// A change from the command line: messages print `--set NAME` instead of file:line:column, so `name` is
  /// its path.
  std::int32_t add_change(std::string name, std::string text);
  [[nodiscard]] const std::string& name(std::int32_t source) const;
  [[nodiscard]] bool is_change(std::int32_t source) const;
  /// Line `number` (from 1) without its end; empty past the end.
  [[nodiscard]] std::string_view line(std::int32_t source, std::int32_t number) const;

 private:
  struct Source {
    std::string name;
    std::string text;
    bool is_change = false;
    std::vector<std::uint32_t> line_starts;
  };
  std::int32_t add(Source source);
  [[nodiscard]] const Source& at(std::int32_t source) const;

  const Sources* base_ = nullptr;
  std::int32_t first_ = 0;  ///< number of the first of our own
  std::vector<Source> sources_;
};

enum class Severity { error, warning };

struct Problem {
  Severity severity = Severity::error;
  Place place;
  std::string what;  ///< what is wrong (why it is wrong)
  std::string hint;  ///< what to write instead; may be empty
};

/// The list to which reading and compiling both report. Copyable texts only; never throws for a user's
/// mistake.
class Problems {
 public:
  explicit Problems(Sources& sources) : sources_(&sources) {}

  /// Adds an error at a place; an empty hint prints none.
  void error(Place place, std::string what, std::string hint = "");
  void warning(Place place, std::string what, std::string hint = "");
  /// Adds what another list found.
  void add(Problem problem) { problems_.push_back(std::move(problem)); }

  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] const std::vector<Problem>& all() const { return problems_; }
  [[nodiscard]] Sources& sources() const { return *sources_; }

  /// Every problem in order of source, line and column, as `file:line:column: error: what`, the line, a caret
  /// and the hint. Control characters of the user's text are escaped, long lines cut around the caret, equal
  /// problems printed once, and past the first 500 only counted. Ends with a newline unless empty.
  [[nodiscard]] std::string text() const;

 private:
  Sources* sources_;
  std::vector<Problem> problems_;
};

/// Text with control characters and invalid UTF-8 escaped (\x1b, \n), for showing what came from a file.
[[nodiscard]] std::string escaped(std::string_view text);

/// The candidate nearest to `word` by edit distance (a swap of neighbours counts once, letter case not at
/// all; at most a third of the letters wrong), else the shortest that begins with it up to a hyphen or dot,
/// or "". The first of equals.
[[nodiscard]] std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace dronewall
