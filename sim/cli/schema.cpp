// `dronewall schema`: the language of scenario files, as a JSON Schema for editors or as a page for people.
#include <memory>

#include "cli/command.hpp"
#include "dronewall/kinds/kinds.hpp"
#include "dronewall/scenario/language.hpp"

namespace dronewall {

void add_schema(const Arguments& program, Invocation& invocation) {
  const Arguments command = program.command(
      "schema", "Print the JSON Schema of scenario or study files, or the page of their keys");
  const auto output = std::make_shared<OutputOptions>();
  const auto as_page = std::make_shared<bool>(false);
  command.choice({"--format", "json|markdown", "For editors, or for people: docs/language.md"},
                 {"json", "markdown"}, [as_page](std::size_t chosen) { *as_page = chosen == 1; });
  const auto of_studies = std::make_shared<bool>(false);
  command.flag({"--study", "", "The JSON Schema of study files"}, *of_studies);
  command.option({"--output", "FILE", "Write it to a file"}, output->file);
  command.then([output, as_page, of_studies, &invocation] {
    invocation.action = [output, as_page, of_studies] {
      if (*as_page && *of_studies) return usage_error("--study is of the JSON Schema: the page has both");
      std::string text = *as_page      ? language_page(kind_tables())
                         : *of_studies ? study_schema(kind_tables())
                                       : scenario_schema(kind_tables());
      if (text.empty() || text.back() != '\n') text += '\n';
      return write_result(*output, text) ? Exit::done : Exit::failed;
    };
  });
}

}  // namespace dronewall
