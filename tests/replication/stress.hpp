// Scenarios that put strain on what the engine may and may not leave out: everything at once, and all of it
// random.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "replication/runs.hpp"

namespace dronewall::test {

struct Named {
  std::string name;
  std::shared_ptr<const Model> model;
};

/// Two networks that do not know of each other shoot at the same drones, and both see wrongly.
inline const std::string two_networks = R"(scenario: Two networks
time: {duration: 1 h, settle: 10 min}
threats:
  shahed: {class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: uniform(50 m .. 900 m), rcs: 0.05 m2, reliability: 0.9}
  gerbera: {class: decoy, speed: 45 m/s, altitude: 400 m, rcs: 0.02 m2}
weapons:
  missile: {range: [1 km, 18 km], altitude: [0 m, 5 km], speed: 800 m/s, reaction: 4 s + exponential(5 s), reload: exponential(3 min), cycle: 7 s, pk: {drone: 0.5}}
  gun: {range: [0 km, 4 km], altitude: [0 m, 2 km], kill_rate: 0.05 / s, rounds: 15 / s, reaction: uniform(1 s .. 4 s), reload: 20 s, pk: {any: 1}}
  laser: {range: [0 km, 5 km], altitude: [0 m, 2 km], dwell: {drone: exponential(6 s), any: 9 s}, reaction: 1 s, pk: {any: 0.6}}
networks: {north: {coast: 20 s}, south: {}}
sensors:
  one: {network: north, at: {x: 0 km, y: 5 km}, height: 15 m, range: 40 km, period: 4 s, law: {glimpse: 0.4}, confirm: {hits: 2, of: 3}, availability: 0.9, outages: {up: exponential(10 min), repair: exponential(2 min)}}
  two: {network: south, at: {x: 5 km, y: -5 km}, height: 15 m, range: 30 km, sector: {from: 20 deg, to: 150 deg}, law: {delay: exponential(20 s)}, sees: {range: 28 km, rcs: 0.05 m2}}
assets: {depot: {at: {x: 0 km, y: 0 km}, per_hit: $1M}}
attacks:
  swarm: {threat: {mix: {shahed: 0.6, gerbera: 0.4}}, count: poisson(14), launch: {at: 1 min, within: 40 min}, route: [{x: 60 km, y: uniform(-20 km .. 20 km)}], spread: 6 km, goal: {strike: depot}}
  scouts: {threat: gerbera, count: 5, launch: {at: 0 s, spacing: exponential(3 min)}, route: [{x: 50 km, y: 30 km}, {x: 5 km, y: 3 km}, {x: -40 km, y: 10 km}], goal: overfly}
units:
  alpha: {kind: battery, network: north, at: {x: 3 km, y: 3 km}, channels: 2, weapons: {missile: {magazine: 4}, gun: {magazine: 300}}}
  bravo: {kind: battery, network: south, count: 2, along: [{x: 2 km, y: -3 km}, {x: 6 km, y: -1 km}], weapons: {laser: {magazine: unlimited}, missile: {magazine: 3}}, availability: 0.8}
doctrine: {next: random, assign: fastest, fire: salvo(2), at_most: 6, assess: {time: uniform(1 s .. 12 s), dead_seen_alive: 0.3, alive_seen_dead: 0.1}}
prices: {shahed: $35k, gerbera: $10k, missile: $400k, gun: $60, laser: $13}
)";

/// One network, batteries of every mode, a queue at each; a year of raids with pauses.
inline const std::string campaign = R"(scenario: Campaign
time: {duration: 3 d, count_from: 12 h}
threats:
  shahed: {class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: uniform(50 m .. 900 m), rcs: 0.05 m2, endurance: 40 min + exponential(30 min)}
  quad: {class: quadcopter, speed: 20 m/s, altitude: 100 m, rcs: 0.01 m2, reusable: true}
conditions: {clear: 0.6}
weapons:
  missile: {range: [0 km, 15 km], altitude: [0 m, 5 km], speed: 700 m/s, reaction: 4 s + exponential(5 s), reload: exponential(40 min), cycle: 30 s, pk: {drone: beta(6 .. 4), quadcopter: {draw: shot, from: uniform(0.2 .. 0.9)}}}
  laser: {range: [0 km, 6 km], altitude: [0 m, 2 km], dwell: exponential(10 s), reaction: 1 s, cycle: 20 s, pk: {any: {draw: unit, from: beta(3 .. 3)}}}
sensors:
  listeners: {count: 9, along: [{x: 20 km, y: -20 km}, {x: 20 km, y: 20 km}], range: 6 km, law: {glimpse: 0.2}, period: 2 s, availability: 0.9}
  radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 35 km, law: {radar: {snr: 13 dB, at: 20 km, rcs: 0.1 m2, pfa: 1e-5}}, period: 6 s, confirm: {hits: 2, of: 4}, outages: {up: exponential(5 h), repair: 30 min}}
assets: {depot: {at: {x: 0 km, y: 0 km}, per_hit: $1M}}
attacks:
  nights: {threat: shahed, count: poisson(9), launch: {at: 0 s, within: 20 min}, route: [{x: 70 km, y: uniform(-20 km .. 20 km)}], goal: {strike: depot}, repeat: {rate: {"20:00-04:00": 6 / d, "04:00-20:00": 1 / d}}}
  eyes: {threat: quad, count: 3, launch: {at: 5 min, spacing: 2 min}, route: [{x: 15 km, y: 3 km}], goal: {loiter: {x: 3 km, y: 1 km}, for: exponential(10 min)}, with: nights}
  daily: {threat: shahed, count: 4, route: [{x: 50 km, y: 50 km}, {x: 5 km, y: 5 km}, {x: -50 km, y: 0 km}], launch: {at: 0 s, spacing: 30 s}, goal: overfly, repeat: {every: 9 h}}
units:
  site: {kind: battery, count: 2, at: {x: 2 km, y: 0 km}, channels: 2, weapons: {missile: {magazine: 4}}, outages: {up: exponential(20 h), repair: exponential(2 h)}}
  beam: {kind: battery, at: {x: 1 km, y: 1 km}, needs: clear, weapons: {laser: {magazine: unlimited}, missile: {magazine: 1}}, doctrine: {next: {class: [quadcopter]}, assign: highest-pk}}
doctrine: {next: time-left, assign: best-value, fire: shoot-shoot-look(2 .. 1), assess: {time: exponential(8 s), alive_seen_dead: 0.05}}
prices: {shahed: $35k, quad: $5k, quad.sortie: $100, missile: $400k, laser: $13}
)";

/// Fighters and a helicopter: readiness, chases given up, retasking, turn-round with one bay, short
/// endurance.
inline const std::string fighters = R"(scenario: Fighters
time: {duration: 5 h, settle: 30 min}
threats:
  shahed: {class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: uniform(100 m .. 1500 m), reliability: 0.8}
weapons:
  aim: {range: [0 km, 12 km], altitude: [0 m, 15 km], speed: 800 m/s, reaction: exponential(40 s), pk: {drone: 0.5}}
  cannon: {range: [0 km, 1500 m], altitude: [0 m, 15 km], dwell: exponential(60 s), reaction: 20 s, pk: {drone: 0.6}, assess: {time: exponential(60 s)}}
sensors:
  west: {at: {x: 0 km, y: 0 km}, height: 30 m, range: 70 km, law: {delay: exponential(60 s)}, outages: {up: exponential(20 min), repair: exponential(4 min)}}
  east: {at: {x: 160 km, y: 0 km}, height: 30 m, range: 60 km, law: definite}
assets: {depot: {at: {x: 0 km, y: 0 km}, per_hit: $1M}}
attacks:
  raid: {threat: shahed, count: 24, launch: {at: 5 min, within: 3 h}, route: [{x: 230 km, y: uniform(-30 km .. 30 km)}], goal: {strike: depot}}
units:
  viper: {kind: pursuer, base: {x: -60 km, y: 20 km}, count: 3, speed: 270 m/s, endurance: 24 min, readiness: uniform(1 min .. 8 min), turn_round: {time: exponential(20 min), bays: 1}, weapons: {aim: {load: 2}}}
  hind: {kind: pursuer, base: {x: 10 km, y: 5 km}, count: 2, speed: 75 m/s, endurance: 40 min, readiness: 3 min, turn_round: {time: 10 min}, weapons: {cannon: {load: 6}}}
doctrine: {next: time-left, assign: fastest, fire: shoot-look-shoot, assess: {time: exponential(15 s)}}
prices: {shahed: $35k, aim: $450k, cannon: $1k, viper.flight-hour: $20k, hind.flight-hour: $6k}
)";

/// The same without settling time, so that whole engagements are settled when they are assigned.
inline std::string without_settle(std::string text) {
  const std::size_t at = text.find(", settle:");
  return text.erase(at, text.find('}', at) - at);
}

/// Guns of two channels on one magazine, and salvos that the moment's targets share.
inline const std::string guns = R"(scenario: Guns
time: {duration: 30 min}
threats: {shahed: {class: drone, speed: 50 m/s, altitude: 300 m}}
weapons:
  gun: {range: [0 km, 4 km], altitude: [0 m, 2 km], kill_rate: 0.03 / s, rounds: 10 / s, reaction: exponential(4 s), reload: exponential(20 s), pk: {drone: 0.9}}
  missile: {range: [0 km, 12 km], altitude: [0 m, 2 km], speed: 900 m/s, reaction: exponential(12 s), reload: exponential(60 s), pk: {drone: 0.4}}
sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 30 km, law: definite}}
assets: {depot: {at: {x: 0 km, y: 0 km}, per_hit: $1M}}
attacks:
  raid: {threat: shahed, count: 30, launch: {at: 0 s, within: 20 min}, route: [{x: 25 km, y: uniform(-8 km .. 8 km)}], goal: {strike: depot}}
  pack: {threat: shahed, count: 6, launch: {at: 5 min}, route: [{x: 20 km, y: 20 km}], goal: {strike: depot}}
units:
  flak: {kind: battery, at: {x: 1 km, y: 0 km}, channels: 2, weapons: {gun: {magazine: 150}}}
  nest: {kind: battery, at: {x: 0 km, y: 1 km}, channels: 4, weapons: {missile: {magazine: 6}}, doctrine: {fire: sls-optimal(2)}}
doctrine: {assign: nearest, assess: {time: 3 s}}
prices: {shahed: $35k, gun: $60, missile: $100k}
)";

/// Drones and missiles at sensors, batteries and the fighters' base, and formations among them.
inline const std::string struck = R"(scenario: Struck
time: {duration: 2 h, settle: 20 min}
threats:
  shahed: {class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: uniform(50 m .. 900 m), rcs: 0.05 m2, reliability: 0.9}
  cruiser: {class: cruise-missile, speed: 220 m/s, altitude: uniform(30 m .. 80 m), rcs: 0.1 m2}
weapons:
  missile: {range: [1 km, 18 km], altitude: [0 m, 5 km], speed: 800 m/s, reaction: 4 s + exponential(5 s), reload: exponential(3 min), pk: {drone: 0.5, cruise-missile: 0.3}}
  gun: {range: [0 km, 4 km], altitude: [0 m, 2 km], kill_rate: 0.05 / s, rounds: 15 / s, reaction: 2 s, reload: 20 s, pk: {any: 1}}
  laser: {range: [0 km, 5 km], altitude: [0 m, 2 km], dwell: exponential(20 s), reaction: 1 s, pk: {any: 0.6}}
  aim: {range: [0 km, 12 km], altitude: [0 m, 15 km], speed: 800 m/s, reaction: exponential(20 s), pk: {drone: 0.5}}
networks: {default: {coast: 20 s}}
sensors:
  radar: {at: {x: 0 km, y: 5 km}, height: 15 m, range: 45 km, period: 4 s, law: {glimpse: 0.4}, confirm: {hits: 2, of: 3}}
  ears: {count: 3, along: [{x: 12 km, y: -9 km}, {x: 12 km, y: 9 km}], range: 12 km, law: {delay: exponential(20 s)}}
attacks:
  swarm: {threat: shahed, count: poisson(14), launch: {at: 1 min, within: 70 min}, route: [{x: 60 km, y: uniform(-20 km .. 20 km)}], goal: {strike: alpha}}
  wedge: {threat: {mix: {shahed: 0.5, cruiser: 0.5}}, count: 4, formation: true, launch: {at: uniform(0 min .. 40 min)}, route: [{x: 60 km, y: uniform(-20 km .. 20 km)}], spread: 10 km, goal: {strike: bravo}}
  arrows: {threat: cruiser, count: 3, launch: {at: 10 min, spacing: exponential(10 min)}, route: [{x: 70 km, y: 0 km}], goal: {strike: ears}}
  eye: {threat: cruiser, count: 1, launch: {at: uniform(0 min .. 60 min)}, route: [{x: 70 km, y: 20 km}], goal: {strike: radar}}
  base: {threat: cruiser, count: 2, launch: {at: 20 min, spacing: 10 min}, route: [{x: 70 km, y: -20 km}], goal: {strike: viper}}
units:
  alpha: {kind: battery, count: 2, along: [{x: 2 km, y: -3 km}, {x: 6 km, y: -1 km}], channels: 2, weapons: {missile: {magazine: 4}, gun: {magazine: 300}}}
  bravo: {kind: battery, siting: random, zone: town, weapons: {laser: {magazine: unlimited}, missile: {magazine: 3}}, availability: 0.8}
  viper: {kind: pursuer, base: {x: -40 km, y: 20 km}, count: 3, speed: 270 m/s, endurance: 40 min, readiness: uniform(1 min .. 8 min), turn_round: {time: exponential(20 min), bays: 1}, weapons: {aim: {load: 2}}}
zones: {town: {circle: {x: 0 km, y: 0 km, radius: 8 km}}}
doctrine: {next: time-left, assign: fastest, fire: salvo(2), assess: {time: uniform(1 s .. 12 s), dead_seen_alive: 0.2, alive_seen_dead: 0.05}}
prices: {shahed: $35k, cruiser: $1M, missile: $400k, gun: $60, laser: $13, aim: $450k, viper.flight-hour: $20k}
)";

/// Three posts over two networks that take things for others, with desks, outages, zones and coasting tracks.
inline const std::string posts = R"(scenario: Posts
time: {duration: 2 h, settle: 20 min}
threats:
  shahed: {class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: uniform(50 m .. 900 m), reliability: 0.9}
  gerbera: {class: decoy, speed: 45 m/s, altitude: 400 m}
  airliner: {class: civil, speed: 200 m/s, altitude: 900 m}
  bomber: {class: aircraft, speed: 220 m/s, altitude: 800 m}
zones:
  core: {circle: {x: 0 km, y: 0 km, radius: 9 km}}
  east: {vertices: [{x: 5 km, y: -30 km}, {x: 45 km, y: -30 km}, {x: 45 km, y: 30 km}, {x: 5 km, y: 30 km}]}
defended: [core, east]
networks: {north: {coast: 40 s}, south: {}}
weapons:
  missile: {range: [1 km, 18 km], altitude: [0 m, 5 km], speed: 800 m/s, reaction: 4 s + exponential(5 s), pk: {drone: 0.5, aircraft: 0.7}}
  gun: {range: [0 km, 4 km], altitude: [0 m, 2 km], kill_rate: 0.05 / s, rounds: 15 / s, reaction: uniform(1 s .. 4 s), pk: {any: 1}}
  laser: {range: [0 km, 6 km], altitude: [0 m, 2 km], dwell: {drone: exponential(6 s), aircraft: 9 s}, pk: {drone: 0.6, aircraft: 0.3}}
  aim: {range: [0 km, 12 km], altitude: [0 m, 15 km], speed: 800 m/s, reaction: exponential(20 s), pk: {drone: 0.5, civil: 0.9}}
sensors:
  one: {network: north, at: {x: 0 km, y: 5 km}, height: 15 m, range: 40 km, period: 4 s, law: {glimpse: 0.4}, outages: {up: exponential(4 min), repair: exponential(1 min)}}
  two: {network: south, at: {x: 5 km, y: -5 km}, height: 15 m, range: 30 km, law: {delay: exponential(20 s)}}
assets: {depot: {at: {x: 0 km, y: 0 km}, per_hit: $2M}}
attacks:
  swarm: {threat: {mix: {shahed: 0.6, gerbera: 0.4}}, count: poisson(14), launch: {at: 1 min, within: 80 min}, route: [{x: 60 km, y: uniform(-20 km .. 20 km)}], spread: 6 km, goal: {strike: depot}}
  traffic: {threat: {mix: {airliner: 0.7, bomber: 0.3}}, count: 8, launch: {at: 0 s, spacing: exponential(9 min)}, route: [{x: 50 km, y: 30 km}, {x: 5 km, y: 3 km}, {x: -40 km, y: 10 km}], goal: overfly}
units:
  alpha: {kind: battery, nation: NL, network: north, at: {x: 3 km, y: 3 km}, channels: 2, weapons: {missile: {magazine: 14}, gun: {magazine: 600}}}
  viper: {kind: pursuer, nation: PL, network: north, base: {x: -30 km, y: 10 km}, count: 2, speed: 250 m/s, endurance: 1 h, readiness: exponential(3 min), turn_round: {time: 10 min}, weapons: {aim: {load: 4}}}
  bravo: {kind: battery, network: south, count: 2, along: [{x: 2 km, y: -3 km}, {x: 6 km, y: -1 km}], weapons: {laser: {magazine: unlimited}, missile: {magazine: 9}}}
command:
  dutch: {network: north, by: NL, desks: 1, decision: exponential(30 s), next: time-left, outages: {up: exponential(30 min), repair: exponential(5 min)}, rules: [{engage: [drone, decoy], where: core, ahead: 1 min}, {engage: [drone], where: east, after: detected, decision: 2 min}, {watch: any}]}
  polish: {network: north, desks: 2, decision: triangular(10 s .. 20 s .. 60 s), down: [{from: 20 min, to: 30 min}], identify: {time: exponential(40 s), desks: 1, confusion: {decoy: {decoy: 0.5, drone: 0.5}, civil: {civil: 0.9, drone: 0.1}}}, rules: [{engage: [drone, civil], where: [core, east]}]}
  coastal: {network: south, decision: {draw: raid, from: uniform(0 s .. 40 s)}, identify: {time: 5 s, confusion: {aircraft: {aircraft: 0.5, drone: 0.5}}}, rules: [{engage: [drone, aircraft], where: core}, {engage: drone, where: east}]}
doctrine: {next: {class: [aircraft, drone]}, assign: fastest, at_most: 6, assess: {time: uniform(1 s .. 12 s), dead_seen_alive: 0.3, alive_seen_dead: 0.1}}
prices: {shahed: $35k, gerbera: $10k, airliner: $1, bomber: $1, missile: $400k, gun: $60, laser: $13, aim: $450k, viper.flight-hour: $20k}
)";

/// Jammers of both manners compete with missiles and guns; false tracks and airliners keep them busy.
inline const std::string airport = R"(scenario: Airport
time: {duration: 2 d, settle: 20 min}
threats:
  shahed: {class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: 300 m, navigation: gnss, reliability: 0.9}
  quad: {class: quadcopter, speed: 15 m/s, altitude: 100 m, navigation: radio, warhead: 0 kg, reusable: true}
conditions: {clear: 0.7}
networks: {default: {coast: 20 s}}
weapons:
  gun: {range: [0 km, 4 km], altitude: [0 m, 2 km], kill_rate: 0.02 / s, rounds: 10 / s, reaction: exponential(4 s), reload: exponential(20 s), pk: {any: 0.9}}
  missile: {range: [0 km, 12 km], altitude: [0 m, 2 km], speed: 300 m/s, reaction: exponential(12 s), reload: exponential(20 min), pk: {drone: 0.4, quadcopter: 0.2}}
  net: {range: [0 km, 1 km], altitude: [0 m, 1 km], dwell: {quadcopter: exponential(30 s), drone: 9 s}, pk: {quadcopter: 0.6, drone: 0.3}}
sensors: {radar: {at: {x: 0 km, y: 0 km}, height: 20 m, range: 15 km, law: {glimpse: 0.3}, period: 3 s, outages: {up: exponential(5 h), repair: 20 min}}}
zones: {town: {circle: {x: 3 km, y: 2 km, radius: 6 km}, debris: {chance: beta(2 .. 5), cost: $40k}}}
assets:
  field: {at: {x: 0 km, y: 0 km}, flights: 30 / h, closes: {within: 9 km, reopens_after: 10 min, per_closure: $1k, per_hour: $1M}, debris: {chance: 0.5, radius: 3 km}, per_hit: $1M}
attacks:
  raids: {threat: {mix: {shahed: 0.5, quad: 0.5}}, count: poisson(6), repeat: {rate: 8 / d}, launch: {at: 0 s, within: 10 min}, route: [{x: 25 km, y: uniform(-8 km .. 8 km)}], goal: {strike: field}}
  eyes: {threat: quad, count: 2, repeat: {rate: 6 / d}, route: [{x: 9 km, y: 3 km}], launch: {at: 0 s, spacing: 2 min}, goal: {loiter: {x: 2 km, y: 1 km}, for: exponential(10 min)}}
false_tracks:
  birds: {rate: {"06:00-20:00": 40 / d, "20:00-06:00": 10 / d}, zone: town, lasts: exponential(8 min), class: quadcopter}
  sightings: {rate: 10 / d, at: {x: uniform(0 km .. 5 km), y: 1 km}, lasts: uniform(1 min .. 9 min), class: drone}
traffic:
  liners: {rate: 60 / d, route: [{x: -40 km, y: 0 km}, {x: 0 km, y: 0 km}, {x: 40 km, y: 5 km}], speed: uniform(80 m/s .. 120 m/s), altitude: 1500 m}
  strays: {rate: 12 / d, route: [{x: -20 km, y: 3 km}, {x: 20 km, y: 3 km}], speed: 60 m/s, altitude: 500 m, class: drone}
units:
  flak: {kind: battery, at: {x: 1 km, y: 0 km}, channels: 2, weapons: {gun: {magazine: 600}}}
  nest: {kind: battery, at: {x: 0 km, y: 1 km}, channels: 2, weapons: {missile: {magazine: 6}}}
  police: {kind: pursuer, base: {x: -2 km, y: 0 km}, count: 2, speed: 60 m/s, endurance: 40 min, readiness: 2 min, turn_round: {time: 10 min}, weapons: {net: {load: 3}}}
  mast: {kind: area, at: {x: 0 km, y: 0 km}, radius: 4 km, emits: on-track, hazard: {radio: exponential(0.2 / min)}, outages: {up: exponential(3 h), repair: 1 h}, collateral: true}
  spoofers: {kind: area, along: [{x: 2 km, y: -4 km}, {x: 2 km, y: 4 km}], count: 3, radius: 3 km, at_entry: {gnss: 0.2, any: 0.05}, availability: 0.8, needs: clear}
doctrine: {next: time-left, assign: fastest, fire: salvo(2), at_most: 8, assess: {time: exponential(8 s), alive_seen_dead: 0.05}}
prices: {shahed: $35k, quad: $5k, quad.sortie: $100, gun: $60, missile: $100k, net: $500, police.flight-hour: $4k}
)";

/// Crews that are looked at, escorted and turned back, alone and in formation, beside drones that are shot at
/// and strike what sees and engages them.
inline const std::string escorts = R"(scenario: Escorts
time: {duration: 5 h, settle: 1 h}
defended: [inside, neighbour]
zones:
  outer: {circle: {x: 0 km, y: 0 km, radius: 220 km}}
  inside: {circle: {x: 0 km, y: 0 km, radius: 80 km}}
  neighbour: {vertices: [{x: 60 km, y: -70 km}, {x: 130 km, y: -60 km}, {x: 120 km, y: 60 km}, {x: 60 km, y: 70 km}]}
threats:
  mig: {class: aircraft, speed: uniform(180 m/s .. 260 m/s), altitude: uniform(5 km .. 11 km), rcs: 5 m2, navigation: crew, reliability: 0.9, reusable: true}
  liner: {class: civil, speed: 220 m/s, altitude: 10 km, rcs: 20 m2}
  shahed: {class: drone, speed: uniform(40 m/s .. 60 m/s), altitude: uniform(300 m .. 2 km), rcs: 0.2 m2}
weapons:
  missile: {range: [1 km, 18 km], altitude: [0 m, 5 km], speed: 800 m/s, reaction: 4 s + exponential(5 s), reload: exponential(3 min), pk: {drone: 0.5}}
  aim: {range: [0 km, 15 km], altitude: [0 m, 15 km], speed: 800 m/s, reaction: exponential(20 s), pk: {drone: 0.5, aircraft: 0.5}}
networks: {default: {coast: 40 s}}
sensors:
  radar: {at: {x: 0 km, y: 5 km}, height: 40 m, range: 300 km, period: 8 s, law: {glimpse: 0.5}, confirm: {hits: 2, of: 3}, outages: {up: exponential(50 min), repair: exponential(3 min)}}
  second: {at: {x: 90 km, y: 0 km}, height: 30 m, range: 150 km, period: 8 s, law: {delay: exponential(30 s)}}
attacks:
  flight: {threat: mig, count: 3, formation: true, turns_back: 0.5, launch: {at: uniform(0 min .. 2 h)}, route: [{x: 300 km, y: uniform(-90 km .. 90 km)}, {x: -200 km, y: uniform(-90 km .. 90 km)}, {x: 250 km, y: 100 km}], spread: 10 km, goal: overfly}
  pairs: {threat: mig, count: 2, formation: true, turns_back: 0.3, route: [{x: 300 km, y: 0 km}], goal: {loiter: {x: uniform(-60 km .. 130 km), y: 20 km}, for: exponential(30 min)}, repeat: {rate: 6 / d}}
  lone: {threat: mig, count: poisson(3), turns_back: beta(2 .. 3), launch: {at: 0 s, within: 4 h}, route: [{x: 280 km, y: uniform(-150 km .. 150 km)}, {x: -280 km, y: uniform(-150 km .. 150 km)}], goal: overfly}
  traffic: {threat: liner, count: 4, launch: {at: 0 s, within: 4 h}, route: [{x: -280 km, y: uniform(-100 km .. 100 km)}, {x: 280 km, y: uniform(-100 km .. 100 km)}], goal: overfly}
  swarm: {threat: shahed, count: 6, launch: {at: 20 min, within: 3 h}, route: [{x: 160 km, y: uniform(-60 km .. 60 km)}], goal: {strike: second}}
  hunt: {threat: shahed, count: 3, launch: {at: 40 min, spacing: 40 min}, route: [{x: 120 km, y: -90 km}], goal: {strike: qra}}
units:
  qra: {kind: pursuer, base: {x: -60 km, y: -40 km}, count: 3, speed: 300 m/s, endurance: 70 min, readiness: uniform(2 min .. 8 min), turn_round: {time: exponential(20 min), bays: 1}, weapons: {aim: {load: 2}}}
  watch: {kind: pursuer, base: {x: 70 km, y: 10 km}, count: 2, speed: 230 m/s, endurance: 50 min, readiness: 3 min, turn_round: {time: 10 min}, availability: 0.9, outages: {up: exponential(2 h), repair: exponential(20 min)}}
  site: {kind: battery, at: {x: 80 km, y: 0 km}, channels: 2, weapons: {missile: {magazine: 6}}}
command:
  crc:
    desks: 2
    decision: exponential(1 min)
    identify: {time: exponential(40 s), desks: 2, confusion: {aircraft: {aircraft: 0.7, civil: 0.1, drone: 0.2}, civil: {civil: 0.8, aircraft: 0.2}, drone: {drone: 0.9, aircraft: 0.1}}}
    rules:
      - {escort: [aircraft], where: [outer, inside], after: classified}
      - {engage: [drone], where: [inside], after: visual}
      - {engage: [drone], where: [neighbour], after: classified}
      - {watch: [any], where: any}
doctrine: {next: time-left, assign: nearest, assess: {time: uniform(1 s .. 12 s), dead_seen_alive: 0.1, alive_seen_dead: 0.05}}
prices: {mig: $35M, mig.sortie: $30k, liner: $1, shahed: $35k, missile: $400k, aim: $450k, qra.flight-hour: $20k, watch.flight-hour: $20k}
)";

/// Everything that flies at once: patrols, pairs and a tanker beside escorts and looks under a command,
/// jammers of both manners among formations that turn back, and drones that strike what has a price.
inline std::string together() {
  std::string text = escorts;
  const auto put = [&](const std::string& before, const std::string& what) {
    text.insert(text.find(before) + before.size(), what);
  };
  put("qra: {",
      "scramble: 2, patrol: {keep: 1, sortie: uniform(40 min .. 60 min), at: {x: 60 km, y: 30 km}}, ");
  put("watch: {", "retask: false, ");
  put("units:\n",
      "  fuel: {kind: tanker, base: {x: -60 km, y: 0 km}, gives: 15 min, refuels: 1, time: 2 min}\n"
      "  mast: {kind: area, at: {x: 60 km, y: 0 km}, radius: 50 km, emits: on-track, needs: clear, hazard: "
      "{any: 0.1 / "
      "min}}\n"
      "  spoofer: {kind: area, at: {x: -20 km, y: 0 km}, radius: 70 km, hazard: {crew: 0.02 / min, any: 0.1 "
      "/ min}}\n");
  put("networks:",
      " {}\nconditions: {clear: 0.7}\nassets: {depot: {at: {x: 75 km, y: 5 km}, per_hit: $1M}}\n#");
  text.replace(text.find("networks: {}\n"), 13, "networks: {default: {coast: 40 s}}\n");
  put("attacks:\n",
      "  bolt: {threat: shahed, count: 8, launch: {at: 10 min, within: 4 h}, route: [{x: 170 km, y: "
      "uniform(-60 km .. 60 "
      "km)}], goal: {strike: depot}}\n");
  put("prices: {", "fuel.flight-hour: $1k, ");
  return text;
}

/// All of them, with the scenarios that are published.
inline std::vector<Named> stress_scenarios() {
  return {{"minimal", model_of_file("scenarios/minimal.yaml")},
          {"ad20", model_of_file("tests/bench/ad20.yaml")},
          {"poland", model_of_file("scenarios/poland-2025-09-10.yaml")},
          {"two networks", model_of(two_networks)},
          {"two networks, no settling", model_of(without_settle(two_networks))},
          {"campaign", model_of(campaign)},
          {"fighters", model_of(fighters)},
          {"fighters, no settling", model_of(without_settle(fighters))},
          {"guns", model_of(guns)},
          {"escorts", model_of(escorts)},
          {"together", model_of(together())},
          {"struck", model_of(struck)},
          {"struck, no settling", model_of(without_settle(struck))},
          {"posts", model_of(posts)},
          {"airport", model_of(airport)},
          {"airport, no settling", model_of(without_settle(airport))}};
}

}  // namespace dronewall::test
