#include "scenario/tree_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "dronewall/core/utf8.hpp"

namespace dronewall {
namespace {

constexpr std::size_t most_cuts =
    8;  // No distribution has so many arguments, and looking on for ever is quadratic.

/// What a copy of a tree would cost.
struct Measure {
  std::size_t nodes = 0;
  std::size_t bytes = 0;
  std::size_t depth = 0;
};

void measure(const Tree& node, std::size_t depth, Measure& sum) {
  ++sum.nodes;
  sum.bytes += node.scalar.size();
  sum.depth = std::max(sum.depth, depth);
  for (const Tree::Entry& entry : node.entries) {
    sum.bytes += entry.key.size();
    measure(*entry.value, depth + 1, sum);
  }
  for (const auto& item : node.items) measure(*item, depth + 1, sum);
}

bool holds_control(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto point = code_point_at(text, at);
    if (!point || (is_control(point->value) && point->value != '\n' && point->value != '\t')) return true;
    at += point->bytes;
  }
  return false;
}

/// Whether a null was written out at the start of the text; a key such as `nullable:` is none.
bool is_null_word(std::string_view text) {
  for (const std::string_view word : {"~", "null", "Null", "NULL"})
    if (text.starts_with(word))
      return text.size() == word.size() ||
             std::string_view(" \t\r\n,]}").find(text[word.size()]) != text.npos;
  return false;
}

/// Parentheses that the text opens and does not close.
int open_parentheses(std::string_view text) {
  return static_cast<int>(std::count(text.begin(), text.end(), '(')) -
         static_cast<int>(std::count(text.begin(), text.end(), ')'));
}

std::unique_ptr<Tree> make_node(Tree::Kind kind, Place place) {
  auto node = std::make_unique<Tree>();
  node->kind = kind;
  node->place = place;
  return node;
}

}  // namespace

SyntaxContext TreeBuilder::context() const {
  SyntaxContext context;
  if (!open_.empty() && open_.back().flow) context.open_bracket = open_.back().at;
  context.last_event = last_event_;
  return context;
}

void TreeBuilder::end_reading(std::size_t at, std::string what, std::string hint) {
  problems_.error(places_.at(at), std::move(what), std::move(hint));
  throw ReadingEnded{};
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (++documents_ == 1) return;
  const std::size_t at = static_cast<std::size_t>(mark.pos);
  if (places_.text().substr(at).starts_with("---"))
    end_reading(at, "a second document starts here (a file holds one)", "move it to a file of its own");
  end_reading(at, "what stands above is complete: this does not belong to it",
              "indent it like its neighbours");
}

/// The node's first byte behind its anchor; tags are reported, since types follow from the key.
std::size_t TreeBuilder::start_of_node(const YAML::Mark& mark) {
  const std::string_view text = places_.text();
  std::size_t at = std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text.size());
  for (; at < text.size() && (text[at] == '&' || text[at] == '!');
       at = std::min(text.find_first_not_of(" \r\n", at), text.size())) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n,]}", at), text.size());
    if (text[at] == '!')
      problems_.error(
          places_.at(at),
          fmt::format("the tag `{}` stands here (types follow from the key)", text.substr(at, end - at)),
          "delete it");
    at = end;
  }
  last_event_ = at;
  return at;
}

/// The parser gives an empty value the place of the next token. In a mapping its key is meant; in a list, the
/// dash.
std::size_t TreeBuilder::place_of_nothing(std::size_t at) const {
  if (open_.empty()) return at;
  const Open& parent = open_.back();
  if (parent.node->kind == Tree::Kind::mapping) return parent.key ? parent.key_at : at;
  if (parent.flow) return at;
  for (std::size_t line = places_.line_of(at) + 1; line-- > 0;) {
    const std::size_t start = places_.line_start(line);
    std::string_view text = places_.line(line);
    if (start + text.size() > at) text = text.substr(0, at - std::min(start, at));
    if (const std::size_t comment = text.find(" #"); comment != std::string_view::npos)
      text = text.substr(0, comment);
    const std::size_t last = text.find_last_not_of(' ');
    if (last != std::string_view::npos && text[last] == '-') return start + last;
  }
  return at;
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  std::size_t at = static_cast<std::size_t>(std::max(mark.pos, 0));
  const bool word = at < places_.text().size() && is_null_word(places_.text().substr(at));
  // An anchor or a tag without a value has its own place; a bare nothing has not.
  const bool bare = !word && anchor == 0;
  at = bare ? place_of_nothing(at) : start_of_node(mark);
  add(make_node(Tree::Kind::null, places_.at(at)), at, anchor, bare);
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const std::size_t at = start_of_node(mark);
  auto node = make_node(Tree::Kind::scalar, places_.at(at));
  node->quoted = tag == "!";
  const char first = at < places_.text().size() ? places_.text()[at] : '\0';
  if (node->quoted && (first == '"' || first == '\'') && !find_quote_end(places_.text(), at))
    end_reading(at, "this quote is not closed", fmt::format("close it with {}", first));
  if (holds_control(value))
    problems_.error(node->place, "this text holds a control character", "delete the escape that makes it");
  node->scalar = value;
  add(std::move(node), at, anchor);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t at = start_of_node(mark);
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) end_reading(at, "this alias stands inside what it refers to");
  if (awaits_key()) end_reading(at, "an alias cannot be a key", "write the key out");
  Measure cost;
  measure(*found->second, open_.size() + 1, cost);
  if (cost.depth > max_tree_depth)
    end_reading(at, fmt::format("nesting is deeper than {} with this alias", max_tree_depth));
  spend(cost.nodes - 1, cost.bytes, at);  // add() counts the copy's first node.
  add(found->second->clone(), at, 0);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value style) {
  open(Tree::Kind::list, mark, anchor, style);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  open(Tree::Kind::mapping, mark, anchor, style);
}

void TreeBuilder::open(Tree::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) {
  const std::size_t at = start_of_node(mark);
  if (awaits_key()) refuse_key(kind, at);
  if (open_.size() >= max_tree_depth)
    end_reading(at, fmt::format("nesting is deeper than {}", max_tree_depth));
  open_.push_back(
      {make_node(kind, places_.at(at)), at, style == YAML::EmitterStyle::Flow, anchor, {}, 0, {}});
}

/// The parser takes a bracket that is still open at the end of the text for a key.
void TreeBuilder::refuse_key(Tree::Kind kind, std::size_t at) {
  const bool list = kind == Tree::Kind::list;
  const char first = places_.text()[at];
  if ((first == '[' || first == '{') && !is_bracket_closed(places_.text(), at))
    end_reading(at, fmt::format("`{}` is not closed", first),
                fmt::format("close it with `{}`", list ? ']' : '}'));
  end_reading(at, fmt::format("a {} cannot be a key (a key is a text)", list ? "list" : "mapping"),
              "a text that starts with [ or { needs quotes");
}

void TreeBuilder::close() {
  Open done = std::move(open_.back());
  open_.pop_back();
  if (done.flow) join_split_texts(done);
  if (done.node->kind == Tree::Kind::mapping) drop_repeated_keys(*done.node);
  add(std::move(done.node), done.at, done.anchor);
}

bool TreeBuilder::awaits_key() const {
  return !open_.empty() && open_.back().node->kind == Tree::Kind::mapping && !open_.back().key;
}

void TreeBuilder::add(std::unique_ptr<Tree> node, std::size_t at, YAML::anchor_t anchor, bool bare) {
  if (awaits_key()) return add_key(*node, at, anchor);
  spend(1, node->scalar.size(), at);
  if (anchor != 0) anchors_[anchor] = node.get();
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& parent = open_.back();
  if (parent.flow) parent.pieces.push_back({at, parent.key_at, bare});
  if (parent.node->kind == Tree::Kind::list) {
    parent.node->items.push_back(std::move(node));
    return;
  }
  parent.key->value = std::move(node);
  parent.node->entries.push_back(std::move(*parent.key));
  parent.key.reset();
}

void TreeBuilder::add_key(const Tree& node, std::size_t at, YAML::anchor_t anchor) {
  if (node.kind != Tree::Kind::scalar)
    end_reading(at, "a key is missing here (a key is a text)", "write `key: value`");
  if (anchor != 0) end_reading(at, "a key cannot have an anchor", "delete it");
  if (node.scalar == "<<" && !node.quoted)
    end_reading(at, "merge keys (<<) are not read", "share values through a catalog row and `type:`");
  spend(0, node.scalar.size(), at);
  open_.back().key = Tree::Entry{node.scalar, node.place, nullptr};
  open_.back().key_at = at;
}

void TreeBuilder::spend(std::size_t nodes, std::size_t bytes, std::size_t at) {
  nodes_ += nodes;
  bytes_ += bytes;
  if (nodes_ > max_tree_nodes)
    end_reading(at, fmt::format("the text has more than {} values (aliases count as what they stand for)",
                                max_tree_nodes));
  if (bytes_ > max_scalar_bytes)
    end_reading(at, fmt::format("the values are longer than {} MiB (aliases count as what they stand for)",
                                max_scalar_bytes >> 20));
}

/// `{a: normal(1, 2)}` arrives as `a: normal(1` and an empty `2)`: take the text back from the file, whole.
void TreeBuilder::join_split_texts(Open& flow) const {
  Tree& node = *flow.node;
  const bool mapping = node.kind == Tree::Kind::mapping;
  const std::size_t count = flow.pieces.size();
  const auto value = [&](std::size_t i) -> Tree& {
    return mapping ? *node.entries[i].value : *node.items[i];
  };
  std::vector<bool> dropped(count, false);
  for (std::size_t i = 0; i < count; ++i) {
    if (value(i).kind != Tree::Kind::scalar || value(i).quoted || open_parentheses(value(i).scalar) <= 0)
      continue;
    const std::string_view text = places_.text();
    int open = open_parentheses(value(i).scalar);
    std::size_t end = 0, last = i;
    while (open > 0 && last + 1 < count && last - i < most_cuts) {
      const Piece& next = flow.pieces[last + 1];
      if (mapping ? !next.bare : value(last + 1).kind != Tree::Kind::scalar) break;
      const std::string& piece = mapping ? node.entries[last + 1].key : value(last + 1).scalar;
      const std::size_t at = mapping ? next.key_at : next.at;
      if (text.substr(at, piece.size()) != piece) break;  // quoted, or folded over lines
      open += open_parentheses(piece);
      end = at + piece.size();
      ++last;
    }
    if (open != 0 || last == i) continue;
    value(i).scalar = std::string(text.substr(flow.pieces[i].at, end - flow.pieces[i].at));
    std::fill(dropped.begin() + static_cast<std::ptrdiff_t>(i) + 1,
              dropped.begin() + static_cast<std::ptrdiff_t>(last) + 1, true);
    i = last;
  }
  std::size_t at = 0;
  std::erase_if(node.entries, [&](const Tree::Entry&) { return dropped[at++]; });
  at = 0;
  std::erase_if(node.items, [&](const std::unique_ptr<Tree>&) { return dropped[at++]; });
}

void TreeBuilder::drop_repeated_keys(Tree& mapping) {
  std::unordered_map<std::string, Place> first;
  std::erase_if(mapping.entries, [&](const Tree::Entry& entry) {
    const auto [seen, is_new] = first.emplace(entry.key, entry.key_place);
    if (!is_new)
      problems_.error(entry.key_place,
                      fmt::format("the key {} stands here again (first in line {}, column {})", entry.key,
                                  seen->second.line, seen->second.column),
                      "keep one of the two");
    return !is_new;
  });
}

}  // namespace dronewall
