// A study of four-strikers.yaml, swept and analysed under one seed after another, as the command line does.
#pragma once
#include <cstdint>
#include <string>

#include "common/folder.hpp"
#include "dronewall/study/stored_sensitivity.hpp"
#include "dronewall/study/stored_sweep.hpp"

namespace dronewall::coverage {

class Analysed {
 public:
  /// `file` lies in this folder; the verdict is whether more than `bound` strike.
  Analysed(const std::string& file, std::uint64_t replications, double bound);

  SensitivityResult under(std::uint64_t seed);

 private:
  void sweep(const DesignMatrix& design, const std::string& path);

  double bound_;
  test::Folder folder_;
  DiskFiles files_;
  Sources sources_;
  Problems problems_{sources_};
  StudyDescription study_;
  PointModels models_;
};

}  // namespace dronewall::coverage
