// Points, legs, horizons and intercepts in closed form. Knows lengths and times, not drones. SI units.
#pragma once
#include "dronewall/geometry/horizon.hpp"
#include "dronewall/geometry/intercept.hpp"
#include "dronewall/geometry/leg.hpp"
#include "dronewall/geometry/outline.hpp"
#include "dronewall/geometry/point.hpp"
#include "dronewall/geometry/projection.hpp"
#include "dronewall/geometry/region.hpp"
#include "dronewall/geometry/span.hpp"
