// The ledger's layout of command posts: their queues, and whom they let be engaged by mistake.
#include <fmt/format.h>

#include "model/compiler.hpp"

namespace dronewall {

namespace {

constexpr double microsecond_s = 1e-6;

LinearForm one(std::uint32_t column) { return {{{column, 1.0}}, 0}; }

}  // namespace

void Compiler::lay_out_post(Post& post) {
  const bool identifies = post.name != world_.command.commands[post.command].name;
  const std::string what = identifies ? "identification" : "decision";
  const double counted_s = world_.duration_s - world_.count_from_s;
  Post::Columns& c = post.columns;
  c.wait_us = add_column(fmt::format("wait.{}.sum", post.name), microsecond_s, false);
  c.visits = add_column(fmt::format("wait.{}.number", post.name));
  c.waited = add_column(fmt::format("waited.{}.number", post.name));
  c.busy_us = add_column(fmt::format("busy.{}.time", post.name), microsecond_s, false);
  c.done = add_column(fmt::format("decisions.{}", post.name));
  ratio("wait." + post.name, fmt::format("mean wait for a desk, from the request to its {}", what), "s",
        one(c.wait_us), one(c.visits), fmt::format("no {} was asked for", what));
  ratio("waited." + post.name, "share of requests that waited at all", "fraction", one(c.waited),
        one(c.visits), fmt::format("no {} was asked for", what));
  ratio("busy." + post.name, "busy desks, mean over time", "", one(c.busy_us), {{}, counted_s},
        "no time is counted");
  measure("decisions." + post.name, identifies ? "identifications finished at its desks" : "decisions given",
          "", one(c.done));
}

void Compiler::lay_out_command() {
  if (!world_.command.is_there()) return;
  for (Post& post : world_.command.posts) lay_out_post(post);
  const auto count = [&](const std::string& name, const std::string& meaning) {
    const std::uint32_t column = add_column(name);
    measure(name, meaning, "", one(column));
    return column;
  };
  CommandWorld::Columns& c = world_.command.columns;
  c.wrong = count("wrong-engagements",
                  "civil tracks that were engaged, and aircraft taken for something else that were");
  c.wrong_civil = count("wrong-engagements.civil", "those of true class civil");
  c.wrong_aircraft = count("wrong-engagements.aircraft", "those of true class aircraft");
  c.wrong_kills = count("wrong-kills", "wrong engagements that ended with a kill");
}

}  // namespace dronewall
