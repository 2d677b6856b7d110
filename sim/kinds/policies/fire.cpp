// How many rounds before the next look.
#include <algorithm>
#include <cmath>
#include <vector>

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
    const std::int64_t k = std::max<std::uint32_t>(context.targets_waiting, 1);
    const std::int64_t m = std::min<std::int64_t>(context.rounds_at_instant, most_rounds);
    if (k > most_targets) return 1;
    const std::uint32_t left = salvos_ > context.salvos_before ? salvos_ - context.salvos_before : 1;
    const std::int64_t salvo = best_salvo(k, m, left, context.pk);
    return std::max<std::int64_t>(1, salvo / k + (context.targets_now <= salvo % k ? 1 : 0));
  }

 private:
  static constexpr std::int64_t most_targets = 64, most_rounds = 256;

  /// P(j of k killed) when s rounds are spread evenly: two binomials convolved.
  static std::vector<double> kills(std::int64_t k, std::int64_t s, double pk) {
    std::vector<double> chance{1.0};
    for (std::int64_t target = 0; target < k; ++target) {
      const std::int64_t rounds = s / k + (target < s % k ? 1 : 0);
      const double dies = 1 - std::pow(1 - pk, static_cast<double>(rounds));
      chance.push_back(0);
      for (std::size_t j = chance.size() - 1; j > 0; --j)
        chance[j] = chance[j] * (1 - dies) + chance[j - 1] * dies;
      chance[0] *= 1 - dies;
    }
    return chance;
  }

  static double expected(std::int64_t k, std::int64_t m, std::uint32_t t, double pk, std::int64_t* best) {
    if (t == 0 || k == 0 || m == 0) return 0;
    double most = -1;
    for (std::int64_t s = t == 1 ? m : 0; s <= m; ++s) {
      const std::vector<double> chance = kills(k, s, pk);
      double value = 0;
      for (std::int64_t j = 0; j <= k; ++j)
        value += chance[static_cast<std::size_t>(j)] *
                 (static_cast<double>(j) + expected(k - j, m - s, t - 1, pk, nullptr));
      if (value > most + 1e-12) {
        most = value;
        if (best != nullptr) *best = s;
      }
    }
    return most;
  }

  static std::int64_t best_salvo(std::int64_t k, std::int64_t m, std::uint32_t t, double pk) {
    std::int64_t best = m;
    expected(k, m, t, pk, &best);
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
