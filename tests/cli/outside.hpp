// For tests: the program from outside, as a user runs it.
#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "catch.hpp"
#include "common/folder.hpp"

namespace dronewall::test {

namespace fs = std::filesystem;

inline const std::string minimal = DRONEWALL_SOURCE_DIR "/scenarios/minimal.yaml";

inline std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

struct Ended {
  int status;
  std::string out, err;
};

/// Runs the program with arguments as a shell reads them.
inline Ended run(const std::string& arguments) {
  const Folder folder;
  const std::string line = std::string(DRONEWALL_PROGRAM) + " " + arguments + " >" + folder.file("out") +
                           " 2>" + folder.file("err");
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder.file("out")),
          text_of(folder.file("err"))};
}

inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The JSON without the lines that may differ between equal runs.
inline std::string comparable(const std::string& json) {
  std::istringstream in(json);
  std::string kept;
  for (std::string line; std::getline(in, line);)
    if (!holds(line, "\"command\":") && !holds(line, "\"threads\":") && !holds(line, "\"seconds\":"))
      kept += line + "\n";
  return kept;
}

}  // namespace dronewall::test
