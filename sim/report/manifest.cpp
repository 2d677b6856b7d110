#include "report/manifest.hpp"

#include <fmt/format.h>

#include "dronewall/study/version.hpp"

namespace dronewall {

void add_study(Members& members, const Manifest& manifest) {
  members.add("program", quoted("dronewall"));
  members.add("version", quoted(program_version));
  members.add("results_version", fmt::format("{}", manifest.results));
  members.add("study", quoted(manifest.scenario));
  members.add("title", quoted(manifest.title));
  members.add("scenario_hash", quoted(fmt::format("{:016x}", manifest.scenario_hash)));
  members.add("price_books", list_of(manifest.books));
  members.add("seed", fmt::format("{}", manifest.seed));
  members.add("confidence", number(manifest.confidence));
  members.add("arithmetic_fingerprint", quoted(fmt::format("{:016x}", manifest.fingerprint)));
}

void add_how(Members& members, const Manifest& manifest) {
  members.add("command", quoted(manifest.command));
  members.add("threads", fmt::format("{}", manifest.threads));
}

}  // namespace dronewall
