// `dronewall schema`: the language of scenario files, as a JSON Schema for editors or as a page for people.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/scenario/language.hpp"

namespace dronewall {

void add_schema(CLI::App& program, Invocation& invocation) {
  CLI::App& command =
      *program.add_subcommand("schema", "Print the JSON Schema of scenario files, or the page of their keys");
  const auto output = std::make_shared<OutputOptions>();
  const auto as_page = std::make_shared<bool>(false);
  add_choice(command, {"--format", "json|markdown", "For editors, or for people: docs/language.md"},
             {"json", "markdown"}, [as_page](std::size_t chosen) { *as_page = chosen == 1; });
  command.add_option("--output", output->file, "Write it to a file")->type_name("FILE");
  command.callback([output, as_page, &invocation] {
    invocation.action = [output, as_page] {
      std::string text = *as_page ? language_page(kind_tables()) : scenario_schema(kind_tables());
      if (text.empty() || text.back() != '\n') text += '\n';
      return write_result(*output, text) ? Exit::done : Exit::failed;
    };
  });
}

}  // namespace dronewall
