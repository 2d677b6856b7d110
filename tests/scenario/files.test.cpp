#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "catch.hpp"
#include "dronewall/scenario/read.hpp"

using namespace dronewall;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, gone with the test:
///     outside.txt   home/scenarios/{main.yaml, catalog/threats.yaml}   home/beside.yaml   data/{geo.json,
///     main.yaml}
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "dronewall-files-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    root_ = name;
    fs::create_directories(root_ / "home/scenarios/catalog");
    fs::create_directories(root_ / "data");
    write("outside.txt", "secret");
    write("home/scenarios/main.yaml", "main");
    write("home/scenarios/catalog/threats.yaml", "threats");
    write("home/beside.yaml", "beside");
    write("data/geo.json", "geo");
    write("data/main.yaml", "data's main");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void write(const std::string& name, const std::string& text) const { std::ofstream(root_ / name) << text; }
  [[nodiscard]] std::string path(const std::string& name) const { return (root_ / name).string(); }
  [[nodiscard]] std::string main() const { return path("home/scenarios/main.yaml"); }
  [[nodiscard]] DiskFiles files() const { return DiskFiles(main(), {path("data")}); }

 private:
  fs::path root_;
};

/// The text, or "refused: WHY".
std::string read(DiskFiles files, const std::string& path, const std::string& beside) {
  std::string why;
  const auto file = files.read(path, beside, why);
  return file ? file->text : "refused: " + why;
}

const std::string outside =
    "refused: it lies outside the folder of the scenario, its parent and the data folders";
std::string missing(const Folder& f) {
  return "refused: there is no such file beside this one or in the data folders (--data): " +
         fs::canonical(f.path("data")).string();
}

}  // namespace

TEST_CASE("a path is looked for beside its file, then in the data folders", "[scenario][files]") {
  const Folder f;
  CHECK(read(f.files(), f.main(), "") == "main");
  CHECK(read(f.files(), "catalog/threats.yaml", f.main()) == "threats");
  CHECK(read(f.files(), "../beside.yaml", f.main()) == "beside");
  CHECK(read(f.files(), "geo.json", f.main()) == "geo");
  CHECK(read(f.files(), "main.yaml", f.main()) == "main");
  CHECK(read(f.files(), f.path("data/geo.json"), f.main()) == "geo");
  CHECK(read(f.files(), "../main.yaml", f.path("home/scenarios/catalog/threats.yaml")) == "main");
  CHECK(read(f.files(), "nothing.yaml", f.main()) == missing(f));
  CHECK(read(f.files(), "main.yaml/x", f.main()) == missing(f));
  CHECK(read(f.files(), f.path("nothing.yaml"), "") == "refused: there is no such file");
}

TEST_CASE("messages show a path as it was reached", "[scenario][files]") {
  const Folder f;
  DiskFiles files = f.files();
  std::string why;
  CHECK(files.read("./catalog/../catalog/threats.yaml", f.main(), why)->shown ==
        f.path("home/scenarios/catalog/threats.yaml"));
  CHECK(files.read("geo.json", f.main(), why)->shown == f.path("data/geo.json"));
}

TEST_CASE("nothing outside the allowed folders is read, links included", "[scenario][files]") {
  const Folder f;
  CHECK(read(f.files(), "../../outside.txt", f.main()) == outside);
  CHECK(read(f.files(), f.path("outside.txt"), f.main()) == outside);
  fs::create_symlink(f.path("outside.txt"), f.path("home/scenarios/link.yaml"));
  CHECK(read(f.files(), "link.yaml", f.main()) == outside);
  fs::create_symlink(f.path("home/scenarios/catalog/threats.yaml"), f.path("home/scenarios/near.yaml"));
  CHECK(read(f.files(), "near.yaml", f.main()) == "threats");
  fs::create_symlink("loop.yaml", f.path("home/scenarios/loop.yaml"));
  CHECK(read(f.files(), "loop.yaml", f.main()).find("refused: ") == 0);
  // A folder whose name only starts like an allowed one is another folder.
  fs::create_directories(f.path("data-private"));
  f.write("data-private/x.yaml", "private");
  CHECK(read(f.files(), "../../data-private/x.yaml", f.main()) == outside);
}

TEST_CASE("only plain files of a sensible size are read", "[scenario][files]") {
  const Folder f;
  CHECK(read(f.files(), "catalog", f.main()) == "refused: it is a folder");
  CHECK(read(f.files(), ".", f.main()) == "refused: it is a folder");
  REQUIRE(mkfifo(f.path("home/scenarios/pipe").c_str(), 0600) == 0);
  CHECK(read(f.files(), "pipe", f.main()) ==
        "refused: it is no plain file");  // and does not wait for a writer
  CHECK(read(f.files(), "/dev/zero", "") == "refused: it is no plain file");
  CHECK(read(f.files(), "", f.main()) == "refused: the path is empty");
  CHECK(read(f.files(), std::string("a\0b", 3), f.main()) == "refused: the path holds a NUL byte");
  f.write("home/scenarios/large.json", "");
  fs::resize_file(f.path("home/scenarios/large.json"), 16U << 20);
  CHECK(read(f.files(), "large.json", f.main()).size() == (16U << 20));
  fs::resize_file(f.path("home/scenarios/large.json"), (16U << 20) + 1);
  CHECK(read(f.files(), "large.json", f.main()) ==
        "refused: it has 16777217 bytes (at most 16777216 are read)");
}
