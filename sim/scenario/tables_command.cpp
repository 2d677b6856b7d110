// Key tables of command posts: identification, rules of engagement, decisions.
#include "scenario/tables.hpp"

namespace dronewall {

const KeyTable& rule_table() {
  static const KeyTable table{
      "rule",
      "One rule of engagement: exactly one of engage, escort, watch; the first rule that matches decides.",
      {{.name = "engage",
        .shape = Shape::names,
        .help = "perceived classes that are engaged; any stands for all",
        .refers_to = "classes"},
       {.name = "escort",
        .shape = Shape::names,
        .help = "perceived classes that a pursuer joins, without firing",
        .refers_to = "classes"},
       {.name = "watch",
        .shape = Shape::names,
        .help = "perceived classes with which nothing is done",
        .refers_to = "classes"},
       {.name = "where",
        .shape = Shape::names,
        .fallback = "any",
        .help = "zones: of the track when it is decided on, of the meeting point when a round is fired"},
       {.name = "after",
        .shape = Shape::choice,
        .fallback = "classified",
        .help = "what must have happened to the track; visual sends a pursuer to look first",
        .choices = {"detected", "classified", "visual"}},
       {.name = "decision",
        .shape = Shape::quantity,
        .dimension = Dimension::time,
        .low = 0,
        .help = "how long a decision by this rule takes; absent: as the command says",
        .drawn = Occasion::command},
       {.name = "by",
        .shape = Shape::names,
        .help = "nations whose units it binds; absent: all of the command's",
        .refers_to = "nations"},
       {.name = "ahead",
        .dimension = Dimension::time,
        .low = 0,
        .fallback = "0 s",
        .help = "also matches a track that its present leg takes to `where` in this time"}}};
  return table;
}

const KeyTable& identify_table() {
  static const KeyTable table{"identify",
                              "How a track gets its perceived class, once per intruder and network.",
                              {{.name = "time",
                                .shape = Shape::quantity,
                                .dimension = Dimension::time,
                                .low = 0,
                                .fallback = "0 s",
                                .help = "how long it takes",
                                .drawn = Occasion::command},
                               {.name = "desks",
                                .shape = Shape::special,
                                .dimension = Dimension::count,
                                .low = 1,
                                .help = "identifications at a time; absent: no desk is needed"},
                               {.name = "confusion",
                                .shape = Shape::special,
                                .help = "by true class, the shares of the classes that it is perceived as; a "
                                        "class without a row is perceived as it is: "
                                        "{decoy: {decoy: 0.3, drone: 0.7}}"}}};
  return table;
}

const KeyTable& down_table() {
  static const KeyTable table{
      "down",
      "A window in which a post begins no decision.",
      {{.name = "from",
        .dimension = Dimension::time,
        .low = 0,
        .required = true,
        .help = "its begin, since the start of the scenario"},
       {.name = "to", .dimension = Dimension::time, .low = 0, .required = true, .help = "its end"}}};
  return table;
}

const KeyTable& command_table() {
  static const KeyTable table{
      "command",
      "A command post: identifies the tracks of a network and decides by rules what its units do with them.",
      with_origin({{.name = "network",
                    .shape = Shape::name,
                    .fallback = "default",
                    .help = "the network whose tracks it decides on",
                    .refers_to = "networks"},
                   {.name = "by",
                    .shape = Shape::names,
                    .help = "nations whose units it commands; absent: all that no other command does",
                    .refers_to = "nations"},
                   {.name = "desks",
                    .shape = Shape::special,
                    .dimension = Dimension::count,
                    .low = 1,
                    .help = "decisions at a time, or unlimited; default 1"},
                   {.name = "decision",
                    .shape = Shape::quantity,
                    .dimension = Dimension::time,
                    .low = 0,
                    .fallback = "0 s",
                    .help = "how long a decision takes; each new verdict but watch costs one",
                    .drawn = Occasion::command},
                   {.name = "next",
                    .shape = Shape::choice,
                    .fallback = "first-come",
                    .help = "which request is decided first: the oldest, or that of the earliest arrival",
                    .choices = {"first-come", "time-left"}},
                   {.name = "outages",
                    .shape = Shape::mapping,
                    .help = "alternating up and repair times; a decision under way is finished, none begins",
                    .table = &outages_table()},
                   {.name = "down",
                    .shape = Shape::list_of,
                    .help = "windows in which none begins: [{from: 1 h, to: 2 h}]",
                    .table = &down_table()},
                   {.name = "identify",
                    .shape = Shape::mapping,
                    .help = "absent: a track is classified when it is detected, as what it is",
                    .table = &identify_table()},
                   {.name = "rules",
                    .shape = Shape::list_of,
                    .required = true,
                    .help = "the rules of engagement, in order",
                    .table = &rule_table()}})};
  return table;
}

}  // namespace dronewall
