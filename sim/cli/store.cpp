// `dronewall store verify FILE`: whether a store is sound.
#include <fmt/format.h>

#include <memory>
#include <set>

#include "cli/command.hpp"
#include "dronewall/core/phrases.hpp"
#include "dronewall/store/selection_store.hpp"
#include "dronewall/study/verify.hpp"

namespace dronewall {
namespace {

/// What was found out about estimates: how many are what their tallies give, or why none was computed.
std::string words_of(const StudyVerdict& verdict) {
  if (!verdict.not_recomputed.empty())
    return fmt::format("estimates not recomputed ({})", verdict.not_recomputed);
  return fmt::format("{} recomputed to the bit", counted(verdict.recomputed, "estimate"));
}

/// What its study says; nothing when the store is too broken for that, as `wrong` tells.
StudyVerdict verdict_on(const std::string& path, const std::vector<std::string>& wrong) {
  try {
    return verify_study(path, threads_or_all(0));
  } catch (const StoreError&) {
    if (wrong.empty()) throw;
    return {};
  }
}

/// A selection's figures are observations alone: there are no estimates to compute anew.
Exit verify_selection(const std::string& path) {
  const SelectionStore store(path, StoreAccess::read);
  const std::vector<std::string> wrong = store.verify();
  for (const std::string& one : wrong) fmt::print(stderr, "dronewall: {}\n", escaped(one));
  if (!wrong.empty()) return Exit::failed;
  const SelectionStore::Size size = store.size();
  fmt::print("{}: {} of a selection, {}, nothing wrong\n", escaped(path), counted(size.trials, "trial"),
             counted(size.replications, "replication"));
  return Exit::done;
}

/// Each damage once, without the advice to do what is being done.
void tell(const std::vector<std::string>& wrong) {
  std::set<std::string> told;
  for (const std::string& one : wrong) {
    const std::string what = one.substr(0, one.find(" (`dronewall store verify`"));
    if (told.insert(what).second) fmt::print(stderr, "dronewall: {}\n", escaped(what));
  }
}

Exit verify(const std::string& path) {
  try {
    if (SelectionStore::is_one(path)) return verify_selection(path);
    std::vector<std::string> wrong = Store(path, StoreAccess::read).verify();
    const StudyVerdict verdict = verdict_on(path, wrong);
    wrong.insert(wrong.end(), verdict.wrong.begin(), verdict.wrong.end());
    tell(wrong);
    if (!wrong.empty()) return Exit::failed;
    fmt::print("{}: {}, {}, nothing wrong\n", escaped(path),
               counted(Store(path, StoreAccess::read).point_count(), "point"), words_of(verdict));
    return Exit::done;
  } catch (const StoreError& error) {
    tell({error.what()});
    return Exit::failed;
  }
}

}  // namespace

void add_store(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command("store", "Look after the store of a sweep or a selection");
  command.must_have_command();
  const Arguments check = command.command("verify",
                                          "Check a store: pages, checksums, what each table says of "
                                          "another, and estimates against their tallies");
  const auto path = std::make_shared<std::string>();
  check.argument({"file", "FILE", "The store of a sweep (STUDY.db) or of a selection"}, *path,
                 Presence::required);
  check.then([path, &invocation] { invocation.action = [path] { return verify(*path); }; });
}

}  // namespace dronewall
