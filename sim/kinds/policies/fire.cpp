// How many rounds before the next look.
#include <algorithm>
#include <array>
#include <cmath>

#include "dronewall/replication/policy.hpp"
#include "kinds/kind.hpp"

namespace dronewall {

namespace {

class ShootLookShoot final : public FirePolicy {
 public:
  [[nodiscard]] std::int64_t rounds(const FireContext&) const override { return 1; }
};

class Salvo final : public FirePolicy {
 public:
  explicit Salvo(std::int64_t rounds) : rounds_(rounds) {}
  [[nodiscard]] std::int64_t rounds(const FireContext&) const override { return rounds_; }

 private:
  std::int64_t rounds_;
};

/// First n, then m at a time.
class ShootShootLook final : public FirePolicy {
 public:
  ShootShootLook(std::int64_t first, std::int64_t then) : first_(first), then_(then) {}
  [[nodiscard]] std::int64_t rounds(const FireContext& context) const override {
    return context.salvos_before == 0 ? first_ : then_;
  }

 private:
  std::int64_t first_, then_;
};

/// Exactly T salvos with a look between, rounds spread evenly over the targets of an instant: how many rounds
/// now and how many kept for later is the optimum of
///     V(k, m, t) = max_s Σ_j P(j of k killed | s rounds spread evenly) [j + V(k − j, m − s, t − 1)],  V(·,
///     ·, 0) = 0,
/// the expected kills of k targets with m rounds and t salvos left.
class SlsOptimal final : public FirePolicy {
 public:
  explicit SlsOptimal(std::uint32_t salvos) : salvos_(salvos) {}
  [[nodiscard]] bool spreads() const override { return true; }

  [[nodiscard]] std::int64_t rounds(const FireContext& context) const override {
    const std::uint32_t k = std::max(context.targets_waiting, 1U);
    if (k > most_targets) return 1;
    const auto m = static_cast<std::uint32_t>(std::min<std::int64_t>(context.rounds_at_instant, most_rounds));
    const std::uint32_t left = salvos_ > context.salvos_before ? salvos_ - context.salvos_before : 1;
    const std::uint32_t salvo = best_salvo(k, m, left, context.pk);
    return std::max(1U, salvo / k + (context.targets_now <= salvo % k ? 1 : 0));
  }

 private:
  // Beyond these a salvo is one round for each target: with so many waiting there is nothing to split.
  static constexpr std::uint32_t most_targets = 32, most_rounds = 128;
  using Values = std::array<std::array<double, most_rounds + 1>, most_targets + 1>;  // V(k, m, t) for one t

  /// P(j of k killed), j = 0 … k, when s rounds are spread evenly: two binomials convolved.
  static void spread(std::uint32_t k, std::uint32_t s, double pk,
                     std::array<double, most_targets + 1>& chance) {
    chance[0] = 1;
    for (std::uint32_t target = 0; target < k; ++target) {
      const double dies = 1 - std::pow(1 - pk, s / k + (target < s % k ? 1 : 0));
      chance[target + 1] = chance[target] * dies;
      for (std::uint32_t j = target; j > 0; --j) chance[j] = chance[j] * (1 - dies) + chance[j - 1] * dies;
      chance[0] *= 1 - dies;
    }
  }

  /// Raises `best` to the value of firing s of m rounds at k targets now, `later` being V(·, ·, t − 1).
  static bool improve(double& best, std::uint32_t k, std::uint32_t left,
                      const std::array<double, most_targets + 1>& chance, const Values& later) {
    constexpr double tie = 1e-12;
    double value = 0;
    for (std::uint32_t j = 0; j <= k; ++j) value += chance[j] * (j + later[k - j][left]);
    if (!(value > best + tie)) return false;
    best = value;
    return true;
  }

  /// The dynamic programme, salvo by salvo from the last one back; the fewest rounds of equal values.
  static std::uint32_t best_salvo(std::uint32_t k, std::uint32_t m, std::uint32_t t, double pk) {
    if (t <= 1) return m;
    Values later{}, now{};
    std::array<double, most_targets + 1> chance{};
    for (std::uint32_t salvo = 1; salvo < t; ++salvo) {
      for (std::uint32_t targets = 1; targets <= k; ++targets) {
        now[targets].fill(-1);
        for (std::uint32_t s = 0; s <= m; ++s) {
          spread(targets, s, pk, chance);
          for (std::uint32_t rounds = s; rounds <= m; ++rounds)
            improve(now[targets][rounds], targets, rounds - s, chance, later);
        }
      }
      later = now;
    }
    double most = -1;
    std::uint32_t best = m;
    for (std::uint32_t s = 0; s <= m; ++s) {
      spread(k, s, pk, chance);
      if (improve(most, k, m - s, chance, later)) best = s;
    }
    return best;
  }

  std::uint32_t salvos_;
};

Key rounds_key(const char* name, const char* help) {
  Key key;
  key.name = name;
  key.dimension = Dimension::count;
  key.low = 1;
  key.required = true;
  key.help = help;
  return key;
}

}  // namespace

Kind shoot_look_shoot_kind() {
  return simple_kind<ShootLookShoot>("fire", "shoot-look-shoot", "One round, a look, the next round.");
}

Kind salvo_kind() {
  Kind kind;
  kind.keys = {"fire",
               "salvo",
               {"salvo",
                "Several rounds at once, one look after the last arrival; may fire again.",
                {rounds_key("n", "Rounds of a salvo.")},
                ""},
               "n"};
  kind.build = [](const KindUse& use, BuildContext&) -> std::unique_ptr<CompiledKind> {
    return std::make_unique<Salvo>(static_cast<std::int64_t>(use.own.number("n", 1)));
  };
  return kind;
}

Kind shoot_shoot_look_kind() {
  Kind kind;
  kind.keys = {"fire",
               "shoot-shoot-look",
               {"shoot-shoot-look",
                "First n rounds, then m at a time, a look between.",
                {rounds_key("n", "Rounds of the first salvo."), rounds_key("m", "Rounds of each later one.")},
                ""},
               "n .. m"};
  kind.build = [](const KindUse& use, BuildContext&) -> std::unique_ptr<CompiledKind> {
    return std::make_unique<ShootShootLook>(static_cast<std::int64_t>(use.own.number("n", 1)),
                                            static_cast<std::int64_t>(use.own.number("m", 1)));
  };
  return kind;
}

Kind sls_optimal_kind() {
  Kind kind;
  kind.keys = {"fire",
               "sls-optimal",
               {"sls-optimal",
                "A given number of salvos with a look between; the magazine is split over them, and each "
                "salvo over the "
                "targets of the moment, so that the expected kills are greatest.",
                {rounds_key("salvos", "Salvos there is time for.")},
                ""},
               "salvos"};
  kind.build = [](const KindUse& use, BuildContext&) -> std::unique_ptr<CompiledKind> {
    return std::make_unique<SlsOptimal>(static_cast<std::uint32_t>(use.own.number("salvos", 1)));
  };
  return kind;
}

}  // namespace dronewall
