// The kinds this program knows: of units, detection laws and doctrine policies. One file each, one line each
// here.
#pragma once
#include "dronewall/model/kind.hpp"
#include "dronewall/scenario/key_table.hpp"

namespace dronewall {

/// How each kind is compiled, for Model::compile.
[[nodiscard]] const KindBuilders& all_kinds();
/// The keys each kind brings, for the reader, the schema and the manual.
[[nodiscard]] const KindTables& kind_tables();

}  // namespace dronewall
