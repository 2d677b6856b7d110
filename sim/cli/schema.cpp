// `dronewall schema`: the JSON Schema of scenario files, for editors.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.hpp"
#include "dronewall/kinds/kinds.hpp"

namespace dronewall {

void add_schema(CLI::App& program, Invocation& invocation) {
  CLI::App& command =
      *program.add_subcommand("schema", "Print the JSON Schema of scenario files, for editors");
  const auto output = std::make_shared<OutputOptions>();
  command.add_option("--output", output->file, "Write it to a file")->type_name("FILE");
  command.callback([output, &invocation] {
    invocation.action = [output] {
      std::string text = scenario_schema(kind_tables());
      if (text.empty() || text.back() != '\n') text += '\n';
      return write_result(*output, text) ? Exit::done : Exit::failed;
    };
  });
}

}  // namespace dronewall
