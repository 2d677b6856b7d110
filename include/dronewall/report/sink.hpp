// Results that are written piece by piece.
#pragma once
#include <functional>
#include <string_view>

namespace dronewall {

/// Takes a result piece by piece, in order.
using Sink = std::function<void(std::string_view)>;

}  // namespace dronewall
