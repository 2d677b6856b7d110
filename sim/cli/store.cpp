// `dronewall store verify FILE`: whether a store is sound.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.hpp"
#include "dronewall/store/store.hpp"

namespace dronewall {
namespace {

Exit verify(const std::string& path) {
  try {
    const Store store(path, StoreAccess::read);
    const std::vector<std::string> wrong = store.verify();
    for (const std::string& one : wrong) fmt::print(stderr, "dronewall: {}\n", escaped(one));
    if (!wrong.empty()) return Exit::failed;
    fmt::print("{}: {} points, nothing wrong\n", escaped(path), store.point_count());
    return Exit::done;
  } catch (const StoreError& error) {
    fmt::print(stderr, "dronewall: {}\n", error.what());
    return Exit::failed;
  }
}

}  // namespace

void add_store(CLI::App& program, Invocation& invocation) {
  CLI::App& command = *program.add_subcommand("store", "Look after the store of a sweep");
  command.require_subcommand(1);
  CLI::App& check = *command.add_subcommand("verify", "Check every page, checksum and count of a store");
  const auto path = std::make_shared<std::string>();
  check.add_option("file", *path, "The store")->required();
  check.callback([path, &invocation] { invocation.action = [path] { return verify(*path); }; });
}

}  // namespace dronewall
