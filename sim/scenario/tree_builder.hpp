// Builds our tree from yaml-cpp's events, within budgets.
#pragma once
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenario/tree.hpp"
#include "scenario/tree_syntax.hpp"
#include "scenario/tree_text.hpp"

namespace dronewall {

/// Thrown through the parser after a problem was reported that ends the reading.
struct ReadingEnded {};

/// The receiver of one text's events. Every report carries the place in the text; ReadingEnded leaves a
/// handler where nothing sensible could follow.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const TextPlaces& places, Problems& problems) : places_(places), problems_(problems) {}

  [[nodiscard]] std::unique_ptr<Tree> take_root() { return std::move(root_); }
  [[nodiscard]] SyntaxContext context() const;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  /// Where the pieces of a flow collection stand: enough to put a text together again that a comma cut.
  struct Piece {
    std::size_t at;      ///< first byte of the value
    std::size_t key_at;  ///< of the key, in a mapping
    bool bare;           ///< no value was written
  };
  /// A mapping or list whose end has not come yet.
  struct Open {
    std::unique_ptr<Tree> node;
    std::size_t at;
    bool flow;
    YAML::anchor_t anchor;
    std::optional<Tree::Entry> key;  ///< mapping: a key that waits for its value
    std::size_t key_at = 0;
    std::vector<Piece> pieces;  ///< flow only
  };

  std::size_t start_of_node(const YAML::Mark& mark);
  void open(Tree::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, YAML::EmitterStyle::value style);
  void close();
  [[noreturn]] void refuse_key(Tree::Kind kind, std::size_t at);
  void add(std::unique_ptr<Tree> node, std::size_t at, YAML::anchor_t anchor, bool bare = false);
  void add_key(const Tree& node, std::size_t at, YAML::anchor_t anchor);
  [[nodiscard]] bool awaits_key() const;
  [[nodiscard]] std::size_t place_of_nothing(std::size_t at) const;
  void spend(std::size_t nodes, std::size_t bytes, std::size_t at);
  void join_split_texts(Open& flow) const;
  void drop_repeated_keys(Tree& mapping);
  [[noreturn]] void end_reading(std::size_t at, std::string what, std::string hint = "");

  const TextPlaces& places_;
  Problems& problems_;
  std::unique_ptr<Tree> root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, const Tree*> anchors_;
  std::size_t documents_ = 0;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
  std::size_t last_event_ = 0;
};

}  // namespace dronewall
