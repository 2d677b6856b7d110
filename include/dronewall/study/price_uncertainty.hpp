// What prices that nobody knows do to a cost-exchange ratio.
#pragma once
#include "dronewall/pricing/quantities.hpp"

namespace dronewall {

/// Of the ratio R = D / A of two sums over prices, each drawn by itself. What the defender alone pays is
/// averaged in closed form: given the attacker's prices a, E[R | a] and E[R² | a] follow from the mean and
/// variance of D. What is left is an integral over a: up to two prices by quadrature, more over
/// 2^14 scrambled Sobol points of a fixed seed. First-order shares are Var(E[R | p]) / Var(R):
///     p of the defender alone:  d² Var(p) E[1 / A]² / Var(R), d what he buys of it
///     p of the attacker:        E[R | p] along p by quadrature, over the other prices as above
/// The range, 5% to 95%, is of 2^14 such points over all prices.
/// Where A may come so near to 0 that R's mean or its spread does not exist or cannot be told, `mean` and
/// `sd` are NaN, there are no shares, and `undefined_because` says so; the range stays.
[[nodiscard]] PriceUncertainty exchange_uncertainty(const UncertainCosts& costs);

}  // namespace dronewall
